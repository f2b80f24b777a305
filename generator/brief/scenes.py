"""The mood of what a description shows: places, deeds, weather, light and people, read with a lexicon of our own.

Word norms say more about scenes than models of opinions do, since a heron in the reeds is no opinion. Every word that
the lexicon knows asks for some of the sixteen moods; negation, degree, turns and the place in the text weigh it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, hypot

from generator.brief import scenes_chinese, scenes_english, scenes_korean
from generator.brief.scenes_marks import Marked
from generator.brief.scenes_weighing import Weighed, weighed
from generator.mood import MOODS

MOST_WORDS = 8
LONGEST = 50_000
"""Characters of a text that are read; of a longer one the first and the last, and what lies between is left unread."""
_REMEMBERED = 4_000
"""Characters of the longest text whose reading is kept for when it is asked for again."""

_READERS: Mapping[str, Callable[[str], Marked]] = {
    "en": scenes_english.marked,
    "ko": scenes_korean.marked,
    "zh": scenes_chinese.marked,
}
_NOT: Mapping[str, tuple[tuple[str, float], ...]] = {
    "happy": (("sad", 1.0),),
    "playful": (("sad", 0.5), ("tense", 0.5)),
    "energetic": (("peaceful", 1.0),),
    "triumphant": (("sad", 1.0),),
    "hopeful": (("sad", 1.0),),
    "tense": (("peaceful", 1.0),),
    "scary": (("peaceful", 0.8), ("hopeful", 0.2)),
    "angry": (("peaceful", 1.0),),
    "mysterious": (),
    "sad": (("hopeful", 0.5), ("happy", 0.5)),
    "melancholic": (("hopeful", 0.5), ("happy", 0.5)),
    "lonely": (("peaceful", 0.6), ("happy", 0.4)),
    "peaceful": (("tense", 1.0),),
    "dreamy": (),
    "romantic": (("lonely", 1.0),),
    "nostalgic": (),
}
"""What it means that something is not so: the opposite, or nothing."""
_OF_NOT = {"feel": 0.7, "event": 0.4, "deed": 0.25, "pace": 0.4}
_OF_NOT_ELSE = 0.1
"""How much of its weight the opposite gets, by kind: "not sad" says something, "no lake" next to nothing."""
_OTHERS = 0.02
"""The share that every mood has before the point is looked at."""
_PULL = 1.4
"""How strongly moods that lie towards the point are preferred."""


def _away_from_0(value: float) -> float:
    """A coordinate of a mood, so that mild ones weigh nearly as much as strong ones when words are added up."""
    return min(1.0, abs(value) + 0.3) * (1 if value >= 0 else -1)


_CORNERS = {name: (_away_from_0(mood.valence), _away_from_0(mood.arousal)) for name, mood in MOODS.items()}


@dataclass(frozen=True)
class SceneReading:
    """What a description asks for.

    Attributes:
        moods: a share for each of the sixteen; together 1, all the same if nothing was found.
        valence, arousal: -1..1; in the quadrant of the heaviest mood, 0 if nothing was found.
        intensity: 0..1, how strongly it is felt, 0 if nothing was found.
        coverage: 0..1, the share of its content words that the lexicon knows.
        why: the words that decided, as they stand in the text, the weightiest first, at most MOST_WORDS.
        said: every word that says something, as it stands in the text, with the valence and the arousal it adds.
    """

    moods: Mapping[str, float]
    valence: float
    arousal: float
    intensity: float
    coverage: float
    why: tuple[str, ...]
    said: tuple[tuple[str, float, float], ...] = ()

    def words_for(self, mood: str) -> tuple[str, ...]:
        """The words that speak for one of the sixteen, the weightiest first, at most MOST_WORDS."""
        return _speaking(self.said, (MOODS[mood].valence, MOODS[mood].arousal))

    @property
    def mood(self) -> str:
        """The heaviest mood, the first of the sixteen if none is."""
        return max(self.moods, key=lambda name: self.moods[name])


def read_scene(text: str, language: str) -> SceneReading:
    """What a description in "en", "ko" or "zh", in either script, asks for.

    Takes any text, and time in proportion to its length up to LONGEST.

    Raises:
        ValueError: it is no language of these.
    """
    if language not in _READERS:
        raise ValueError(f"descriptions are read in {', '.join(_READERS)}, not in {language!r}")
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
    return _read_short(text, language) if len(text) <= _REMEMBERED else _read(text, language)


def _read(text: str, language: str) -> SceneReading:
    found = _READERS[language](text)
    words = weighed(text, found.marks, language)
    coverage = found.known / found.content if found.content else 0.0
    evidence: dict[str, float] = dict.fromkeys(MOODS, 0.0)
    east = north = mass = 0.0
    for word in words:
        moods, valence, arousal = _said(word)
        for name, weight in moods:
            evidence[name] += weight
            east += weight * _CORNERS[name][0]
            north += weight * _CORNERS[name][1]
        east += valence
        north += arousal
        mass += sum(weight for _, weight in moods)
    if not mass and not (east or north):
        return SceneReading(dict.fromkeys(MOODS, 1 / len(MOODS)), 0.0, 0.0, 0.0, coverage, ())
    point = (east / (mass or 1.0), north / (mass or 1.0))
    shares = _shares(evidence, mass, point)
    heaviest = MOODS[max(shares, key=lambda name: shares[name])]
    valence = _on_the_side_of(heaviest.valence, sum(share * MOODS[name].valence for name, share in shares.items()))
    arousal = _on_the_side_of(heaviest.arousal, sum(share * MOODS[name].arousal for name, share in shares.items()))
    said = _said_by_words(text, words)
    return SceneReading(
        moods=shares,
        valence=round(valence, 4),
        arousal=round(arousal, 4),
        intensity=round(_intensity(words, point), 4),
        coverage=coverage,
        why=_speaking(said, point),
        said=said,
    )


_read_short = lru_cache(maxsize=512)(_read)


def _said(word: Weighed) -> tuple[list[tuple[str, float]], float, float]:
    """The moods a word asks for with their weights, and what it adds to the point besides."""
    entry = word.mark.entry
    if entry.kind == "backing":
        sign = -0.5 if word.negated else 1.0
        return [], sign * word.weight * entry.valence, sign * word.weight * entry.arousal
    factor = word.weight / entry.weight
    if not word.negated:
        # A nudge counts as much as the word itself.
        moods = [(name, factor * weight) for name, weight in entry.moods]
        return moods, word.weight * entry.valence, word.weight * entry.arousal
    factor *= _part_of_not(word)
    opposite = [(other, factor * weight * part) for name, weight in entry.moods for other, part in _NOT[name]]
    return opposite, 0.0, 0.0


def _part_of_not(word: Weighed) -> float:
    return _OF_NOT.get(word.mark.entry.kind, _OF_NOT_ELSE)


def _shares(evidence: Mapping[str, float], mass: float, point: tuple[float, float]) -> dict[str, float]:
    """The evidence as shares, with the moods preferred that lie in the direction in which all of it points."""
    length = hypot(*point)
    certain = _PULL * min(1.0, 2 * length)
    weights = {
        name: (evidence[name] / (mass or 1.0) + _OTHERS) * exp(certain * _towards(_CORNERS[name], point))
        for name in MOODS
    }
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _towards(corner: tuple[float, float], point: tuple[float, float]) -> float:
    """The cosine between two directions, 0 if one is none."""
    length = hypot(*corner) * hypot(*point)
    return (corner[0] * point[0] + corner[1] * point[1]) / length if length else 0.0


def _on_the_side_of(sign: float, value: float) -> float:
    return max(value, 0.02) if sign > 0 else min(value, -0.02)


def _intensity(words: list[Weighed], point: tuple[float, float]) -> float:
    """From how much was found, how strong it is by itself and by its degree, and how far it agrees."""
    masses = [word.weight * (_part_of_not(word) if word.negated else 1.0) for word in words]
    mass = sum(masses) or 1.0
    strengths = (min(3.0, word.mark.entry.weight * word.degree) / 3.0 for word in words)
    strength = sum(one * strength for one, strength in zip(masses, strengths, strict=True)) / mass
    agreement = min(1.0, hypot(*point))
    return min(1.0, (1 - exp(-mass / 3)) * (0.25 + 0.5 * strength + 0.25 * agreement))


def _said_by_words(text: str, words: list[Weighed]) -> tuple[tuple[str, float, float], ...]:
    """The words as they stand in the text, with the valence and the arousal that each adds."""
    said = []
    for word in words:
        moods, valence, arousal = _said(word)
        valence += sum(weight * _CORNERS[name][0] for name, weight in moods)
        arousal += sum(weight * _CORNERS[name][1] for name, weight in moods)
        said.append((text[word.start : word.end].strip(), valence, arousal))
    return tuple(said)


def _speaking(said: tuple[tuple[str, float, float], ...], point: tuple[float, float]) -> tuple[str, ...]:
    """The words that speak for the point, each once."""
    spoken: dict[str, float] = {}
    for shown, valence, arousal in said:
        speaks = valence * point[0] + arousal * point[1]
        if speaks > 0:
            spoken[shown] = spoken.get(shown, 0.0) + speaks
    decided: list[str] = []
    for shown in sorted(spoken, key=lambda shown: -spoken[shown]):
        if len(decided) < MOST_WORDS and not any(shown in other for other in decided):
            decided.append(shown)
    return tuple(decided)
