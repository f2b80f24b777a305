"""What the words of a text, the networks that read it and the pictures say of its mood, weighed together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Protocol

from generator.mood import MOODS

EVEN = 1 / len(MOODS)
POINT_WEIGHT = 0.1
NAMED_WEIGHT = 0.15
"""Of the networks' point on the plane and of the emotions that they name, where the lexicon knows nothing; with the
words that it knows they soon count little: on descriptions of scenes they alone find the quadrant of 32 to 41 %,
hardly more than chance."""
PICTURE_WEIGHT, PICTURE_ALONE = 0.15, 1.0
"""Of colour and motion, which are weak evidence, beside words and where there are none."""
SPREAD = 0.35
"""Distance on the plane of emotion at which a mood becomes unlikely."""
LEAST_SHARE = 0.01
"""No mood is ever quite impossible."""
MOST_WORDS = 8
"""That are named as reasons."""


class Scene(Protocol):
    """What the scene lexicon found: see `generator.brief.scenes.SceneReading`."""

    @property
    def moods(self) -> Mapping[str, float]: ...
    @property
    def intensity(self) -> float: ...
    @property
    def coverage(self) -> float: ...
    def words_for(self, mood: str) -> tuple[str, ...]: ...


class Learned(Protocol):
    """What descriptions taught of a text: see `generator.brief.taught.Taught`."""

    @property
    def trust(self) -> float: ...
    @property
    def odds(self) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class Point:
    """A place on the plane of emotion, each -1..1."""

    valence: float
    arousal: float


@dataclass(frozen=True)
class Feeling:
    """What something feels like.

    Attributes:
        moods: all sixteen with their shares, the likeliest first; they add up to 1.
        intensity: 0..1.
        why: the words, or the pictures, that decided, the weightiest first.
    """

    moods: Mapping[str, float]
    intensity: float
    why: tuple[str, ...] = ()

    @property
    def mood(self) -> str:
        """The likeliest of the sixteen."""
        return next(iter(self.moods))

    @property
    def confidence(self) -> float:
        """The share of the likeliest mood, 0..1."""
        return self.moods[self.mood]

    @property
    def point(self) -> Point:
        """Where the moods together lie."""
        return Point(
            sum(share * MOODS[name].valence for name, share in self.moods.items()),
            sum(share * MOODS[name].arousal for name, share in self.moods.items()),
        )


NEUTRAL = Feeling(dict.fromkeys(MOODS, EVEN), 0.0)


def felt(
    scene: Scene | None = None,
    point: Point | None = None,
    named: Mapping[str, float] | None = None,
    picture: Point | None = None,
    taught: Learned | None = None,
) -> Feeling:
    """All evidence together, each piece as odds of the moods; what is missing says nothing.

    Args:
        scene: of the lexicon.
        point: of the networks that read texts.
        named: shares of moods by the emotions that the networks named.
        picture: of colour and motion.
        taught: what n-grams of descriptions add to the lexicon's odds.
    """
    odds = dict.fromkeys(MOODS, 0.0)
    shown = PICTURE_ALONE if scene is None and point is None else PICTURE_WEIGHT
    trust = taught.trust if taught is not None else 1.0
    unknown = 1.0 if scene is None else (1 - scene.coverage) ** 2
    for name in MOODS:
        if scene is not None:
            odds[name] += trust * log(max(scene.moods.get(name, 0.0), LEAST_SHARE) / EVEN)
        if point is not None:
            odds[name] += unknown * POINT_WEIGHT * _nearness(name, point)
        if named is not None:
            odds[name] += unknown * NAMED_WEIGHT * log(max(named.get(name, 0.0), LEAST_SHARE) / EVEN)
        if taught is not None:
            odds[name] += taught.odds[name]
        if picture is not None:
            odds[name] += shown * _nearness(name, picture)
    moods = _shares(odds)
    reason = scene.words_for(next(iter(moods))) if scene is not None else ()
    strong = scene.intensity if scene is not None else 0.5 if point or picture else 0.0
    return Feeling(moods, strong, reason)


def together(feelings: Sequence[tuple[Feeling, float]]) -> Feeling:
    """Several feelings as one, each with its weight above 0."""
    whole = sum(weight for _, weight in feelings)
    shares = {name: sum(feeling.moods[name] * weight for feeling, weight in feelings) / whole for name in MOODS}
    ordered = dict(sorted(shares.items(), key=lambda pair: -pair[1]))
    first = next(iter(ordered))
    telling = sorted(feelings, key=lambda pair: -pair[0].moods[first] * pair[1])
    why = tuple(dict.fromkeys(word for feeling, _ in telling for word in feeling.why))[:MOST_WORDS]
    return Feeling(ordered, sum(feeling.intensity * weight for feeling, weight in feelings) / whole, why)


def _nearness(name: str, point: Point) -> float:
    """The logarithm of how likely a mood is at a point, up to a constant."""
    mood = MOODS[name]
    apart = (mood.valence - point.valence) ** 2 + (mood.arousal - point.arousal) ** 2
    return -apart / (2 * SPREAD**2)


def _shares(odds: Mapping[str, float]) -> dict[str, float]:
    highest = max(odds.values())
    weights = {name: exp(value - highest) for name, value in odds.items()}
    whole = sum(weights.values())
    return dict(sorted(((name, weight / whole) for name, weight in weights.items()), key=lambda pair: -pair[1]))
