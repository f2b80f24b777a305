"""The sixteen moods: where each stands on the plane of valence and arousal, and what it asks of music.

Valence and arousal come from the Glasgow Norms (Scott et al. 2019, doi 10.3758/s13428-018-1099-3, CC BY
4.0; ratings 1..9, here (rating - 5) / 4) where the word is rated there and falls into the mood's
quadrant; the other points are ours and marked so. Tempo, register, loudness and articulation follow the
directions that listening studies agree on (Eerola, Friberg & Bresin 2013; Gabrielsson & Lindström 2010).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.melody.melody import Mode

NEUTRAL_TEMPO = 96.0
NEUTRAL_LOUDNESS = 78.0
NEUTRAL_ARTICULATION = 0.92


@dataclass(frozen=True)
class Mood:
    """A mood and its full musical character, at intensity 1.

    Attributes:
        name: the word that the user picks.
        valence: -1..1, from unpleasant to pleasant.
        arousal: -1..1, from calm to excited.
        tempo: quarter notes a minute.
        transposition: semitones that the melody is moved against the middle of the grid; of blends with fractions.
        loudness: MIDI velocity of an unaccented note.
        articulation: sounding share of a note's written length; above 1 notes overlap.
        metres: names of the metres that suit it, the best first.
        instruments: General MIDI program numbers (0..127) that suit it.
        sentence: what it is like, for the page.
    """

    name: str
    valence: float
    arousal: float
    tempo: float
    transposition: float
    loudness: float
    articulation: float
    metres: tuple[str, ...]
    instruments: tuple[int, ...]
    sentence: str

    @property
    def mode(self) -> Mode:
        """Major for pleasant moods, minor for the others."""
        return Mode.MAJOR if self.valence >= 0 else Mode.MINOR

    @property
    def shares(self) -> Mapping[str, float]:
        """The moods that it is made of, by name, with shares above 0 that add up to 1."""
        return {self.name: 1.0}

    @property
    def spelling(self) -> str:
        """How it is asked for in writing, such as "happy" or, blended, "happy:0.6,peaceful:0.4"."""
        return self.name

    def point(self, intensity: float) -> tuple[float, float]:
        """Valence and arousal at `intensity` 0..1: on the way from neutral to the mood's own point."""
        return intensity * self.valence, intensity * self.arousal

    def tempo_at(self, intensity: float) -> float:
        """Quarter notes a minute."""
        return NEUTRAL_TEMPO + intensity * (self.tempo - NEUTRAL_TEMPO)

    def loudness_at(self, intensity: float) -> float:
        """MIDI velocity of an unaccented note."""
        return NEUTRAL_LOUDNESS + intensity * (self.loudness - NEUTRAL_LOUDNESS)

    def articulation_at(self, intensity: float) -> float:
        """Sounding share of a note's written length."""
        return NEUTRAL_ARTICULATION + intensity * (self.articulation - NEUTRAL_ARTICULATION)


_QUICK = ("4/4", "2/4", "6/8")
_SONG = ("4/4", "3/4")
_FLOWING = ("3/4", "6/8", "4/4")

# Instruments by their General MIDI names: 0 piano, 4 electric piano, 8 celesta, 9 glockenspiel, 10 music
# box, 11 vibraphone, 12 marimba, 13 xylophone, 24 nylon guitar, 25 steel guitar, 40 violin, 42 cello,
# 44 tremolo strings, 45 pizzicato, 46 harp, 48 strings, 56 trumpet, 57 trombone, 60 horn, 61 brass,
# 68 oboe, 70 bassoon, 71 clarinet, 73 flute, 75 pan flute.
MOODS: dict[str, Mood] = {
    mood.name: mood
    for mood in (
        Mood("happy", 0.81, 0.48, 132, 3, 92, 0.80, _QUICK, (0, 25), "Bright, light-footed, smiling."),
        Mood("playful", 0.62, 0.59, 138, 5, 86, 0.55, ("6/8", "2/4", "4/4"), (13, 45, 71), "Skipping and teasing."),
        Mood("energetic", 0.60, 0.70, 152, 2, 104, 0.72, ("4/4", "2/4"), (0, 61, 25), "Fast, driving, ready to run."),
        Mood("triumphant", 0.80, 0.46, 120, 0, 108, 0.95, ("4/4",), (56, 61, 60), "Proud, wide and victorious."),
        Mood("hopeful", 0.63, 0.29, 106, 1, 82, 0.95, ("4/4", "3/4"), (0, 73, 24), "Looking up, slowly opening."),
        Mood("tense", -0.51, 0.20, 116, -5, 90, 0.60, _SONG, (44, 45, 0), "Held breath, something is coming."),
        Mood("scary", -0.47, 0.23, 108, -10, 96, 0.70, _SONG, (44, 70, 0), "Dark, low and uneasy."),
        Mood("angry", -0.65, 0.23, 148, -7, 112, 0.62, ("4/4", "2/4"), (57, 61, 0), "Hard, fast and unforgiving."),
        Mood("mysterious", -0.20, 0.22, 88, -3, 70, 0.98, _FLOWING, (8, 11, 68), "Half-lit, asking questions."),
        Mood("sad", -0.70, -0.26, 62, -5, 60, 1.0, _SONG, (0, 42, 68), "Heavy-hearted and slow."),
        Mood("melancholic", -0.45, -0.25, 70, -4, 62, 1.0, _FLOWING, (42, 71, 0), "Wistful, sorrow with some warmth."),
        Mood("lonely", -0.79, -0.34, 60, -1, 56, 1.0, _SONG, (68, 73, 0), "One voice in an empty room."),
        Mood("peaceful", 0.71, -0.15, 72, 0, 60, 1.0, _FLOWING, (46, 24, 73), "Still water, an easy breath."),
        Mood("dreamy", 0.50, -0.25, 70, 4, 58, 1.0, _FLOWING, (11, 8, 46), "Floating, soft at the edges."),
        Mood("romantic", 0.67, -0.20, 76, 0, 68, 1.0, _FLOWING, (0, 40, 48), "Warm and close."),
        Mood("nostalgic", 0.30, -0.20, 80, 0, 64, 0.97, _FLOWING, (0, 10, 24), "A fond look back."),
    )
}
"""Every mood by its name. Points of our own: energetic, melancholic, dreamy, nostalgic (not rated);
mysterious, romantic and the arousal of tense (the ratings fall outside the quadrant or on its edge)."""


class UnknownMood(ValueError):
    """A word that is none of the moods."""


def mood_named(name: str) -> Mood:
    """The mood of that name.

    Raises:
        UnknownMood: with the names that there are.
    """
    try:
        return MOODS[name]
    except KeyError:
        raise UnknownMood(f"there is no mood named {name!r}; choose one of {', '.join(MOODS)}") from None
