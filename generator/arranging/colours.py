"""How moods colour harmony: which kinds of chord each seeks out or shuns.

Plain triads with joy and peace, sevenths and borrowed chords with longing, dissonance with fear: consonant and
simple harmony goes with pleasant and calm, dissonant and complex harmony with tension, sadness and fear (Gabrielsson &
Lindström 2010, "The role of structure in the musical expression of emotions", in Juslin & Sloboda, Handbook of Music
and Emotion). Added sevenths with nostalgia: listeners hear it in single minor and, above all, major sevenths (Lahdelma
& Eerola 2016, doi 10.1177/0305735614552006). The signs are theirs, the sizes are ours, and so is what the moods make
of the other kinds.
"""

from dataclasses import astuple, dataclass, fields
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from generator.arranging.palette import CHORDS, QUALITIES
from generator.chords import Quality
from generator.melody.melody import Mode
from generator.mood import Mood


@dataclass(frozen=True)
class Colour:
    """By how many nats a kind of chord is likelier than the composers of the songs had it; negative is less likely.

    Attributes:
        secondary: the key's other triads and their sevenths than those on its first, fourth and fifth degree.
        sevenths: on triads other than the dominant.
        dominants: dominant sevenths, on any degree.
        borrowed: from the other mode, and the lowered second degree.
        suspended: fourths in place of the third.
        diminished: triads and diminished sevenths.
        half_diminished: sevenths.
        augmented: triads.
        clusters: of the root, the minor ninth, the tritone and the fifth.
        foreign: all other chords with notes from outside the key.
    """

    secondary: float = 0.0
    sevenths: float = 0.0
    dominants: float = 0.0
    borrowed: float = 0.0
    suspended: float = -20.0
    diminished: float = 0.0
    half_diminished: float = 0.0
    augmented: float = 0.0
    clusters: float = -20.0
    foreign: float = 0.0


AS_LEARNED = Colour()
"""The songs' own harmony, without the two kinds of chord that were not learned."""
_NEUTRAL = Colour(0.3, -0.5, 0.0, -1.0, -3.5, -0.5, -0.5, -1.5, -9.0, -1.0)
_COLOURS = {
    #                     2nd   7ths  dom7  borr  sus   dim   half  aug   clus  foreign
    "happy":       Colour( 0.7, -2.5, -0.8, -3.0, -4.0, -3.0, -3.0, -4.0, -20., -2.5),
    "playful":     Colour( 0.5, -1.5,  0.6, -2.0, -4.0, -1.5, -2.0, -1.5, -20., -0.5),
    "energetic":   Colour( 0.9, -2.0, -0.3,  0.3, -1.5, -3.0, -3.0, -4.0, -20., -2.0),
    "triumphant":  Colour( 0.6, -2.5, -0.3,  0.8, -1.5, -3.0, -3.0, -2.5, -20., -1.5),
    "hopeful":     Colour( 1.2, -0.5, -0.5, -1.5, -0.8, -2.5, -2.0, -2.5, -20., -1.5),
    "tense":       Colour( 0.0,  0.0,  0.3,  0.5, -0.5,  2.2,  0.8,  0.8, -2.0,  0.5),
    "scary":       Colour(-0.5, -0.5, -1.5,  1.0, -3.0,  3.2,  0.8,  1.8,  4.5,  0.8),
    "angry":       Colour( 0.5, -1.0,  0.0,  1.0, -2.5,  1.5,  0.3,  0.5, -1.5,  0.6),
    "mysterious":  Colour( 0.3,  0.5, -0.5,  1.0, -1.0,  1.2,  1.0,  1.5, -4.0,  1.0),
    "sad":         Colour( 0.5,  0.3, -0.2, -0.5, -0.8,  0.0,  0.3, -1.5, -20., -1.0),
    "melancholic": Colour( 0.8,  1.2,  0.0,  0.3, -0.8,  0.0,  0.8, -0.5, -20., -0.5),
    "lonely":      Colour( 0.5,  0.5, -1.0, -0.5, -0.3, -0.5, -0.3, -1.5, -20., -1.5),
    "peaceful":    Colour( 0.8, -1.5, -1.2, -3.0, -2.0, -3.5, -3.0, -4.0, -20., -3.0),
    "dreamy":      Colour( 0.8,  1.8, -0.8,  0.8, -0.2, -1.5,  0.0,  0.3, -20., -0.5),
    "romantic":    Colour( 1.0,  1.2,  0.3,  0.6, -0.8,  0.0,  0.5,  0.0, -20.,  0.2),
    "nostalgic":   Colour( 1.0,  1.0,  0.1,  0.6, -1.0, -0.5,  0.0, -0.5, -20., -0.5),
}  # fmt: skip

_DIATONIC = {
    Mode.MAJOR: {0: "IM", 2: "im", 4: "im", 5: "IM", 7: "ID", 9: "im", 11: "oh"},
    Mode.MINOR: {0: "im", 2: "oh", 3: "IM", 5: "im", 7: "ID", 8: "IM", 10: "ID"},
}
"""The chords of the key by their degree: triads and sevenths, with the dominant of the minor as it cadences."""
_SECONDARY = {Mode.MAJOR: (2, 4, 9), Mode.MINOR: (3, 8, 10)}
_BORROWED = {
    Mode.MAJOR: {0: "im", 1: "IM", 2: "oh", 3: "IM", 5: "im", 7: "im", 8: "IM", 10: "IM"},
    Mode.MINOR: {0: "I", 1: "IM", 2: "im", 5: "IM", 7: "im", 9: "oh"},
}
_LETTERS = {
    "I": Quality.MAJOR,
    "M": Quality.MAJOR_SEVENTH,
    "D": Quality.DOMINANT_SEVENTH,
    "i": Quality.MINOR,
    "m": Quality.MINOR_SEVENTH,
    "o": Quality.DIMINISHED,
    "h": Quality.HALF_DIMINISHED,
}


def colour_of(mood: Mood, intensity: float) -> Colour:
    """The colour of a mood at an intensity 0..1: on the way from neutral to the mean of its moods, by their shares."""
    full = sum(share * np.array(astuple(_COLOURS[name])) for name, share in mood.shares.items())
    neutral = np.array(astuple(_NEUTRAL))
    return Colour(*(neutral + intensity * (full - neutral)).tolist())


def bonuses(colour: Colour, mode: Mode) -> npt.NDArray[np.float64]:
    """(C,) what the colour adds to the logarithm of each chord's probability."""
    values = np.array(astuple(colour))
    return np.asarray(_kinds(mode) @ values)


@lru_cache(maxsize=2)
def _kinds(mode: Mode) -> npt.NDArray[np.float64]:
    """(C, kinds) 1 where a chord is of a kind, in the order of Colour's fields."""
    names = [field.name for field in fields(Colour)]
    kinds = np.zeros((CHORDS, len(names)))
    for number in range(CHORDS):
        for kind in _kinds_of(number % 12, QUALITIES[number // 12], mode):
            kinds[number, names.index(kind)] = 1
    return kinds


def _kinds_of(degree: int, quality: Quality, mode: Mode) -> list[str]:
    if quality in (Quality.SUSPENDED, Quality.CLUSTER):
        kinds = ["suspended" if quality is Quality.SUSPENDED else "clusters"]
        return kinds if degree in _DIATONIC[mode] or quality is Quality.CLUSTER else [*kinds, "foreign"]
    kinds = ["secondary"] if degree in _SECONDARY[mode] and quality in _qualities(_DIATONIC[mode][degree]) else []
    if quality in (Quality.MAJOR_SEVENTH, Quality.MINOR_SEVENTH):
        kinds.append("sevenths")
    if quality is Quality.DOMINANT_SEVENTH:
        kinds.append("dominants")
    if quality.triad is Quality.DIMINISHED:
        return ["half_diminished" if quality is Quality.HALF_DIMINISHED else "diminished"]
    if quality is Quality.AUGMENTED:
        return ["augmented"]
    if quality not in _qualities(_DIATONIC[mode].get(degree, "")):
        kinds.append("borrowed" if quality in _qualities(_BORROWED[mode].get(degree, "")) else "foreign")
    return kinds


def _qualities(letters: str) -> list[Quality]:
    return [_LETTERS[letter] for letter in letters]
