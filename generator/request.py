"""What a user can ask for, and what is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Any

from generator.blend import mood_at, spelled
from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.melody import Key
from generator.melody.metre import METRE_NAMES
from generator.mood import Mood
from generator.styles import STYLES

SHORTEST_SECONDS = 10.0
LONGEST_SECONDS = 180.0
LARGEST_SEED = 2**32 - 1
SLOWEST_TEMPO = 40.0
FASTEST_TEMPO = 220.0
USUAL_CANDIDATES = 24
MOST_CANDIDATES = 64
MOST_CURVE_POINTS = 64
MOST_HITS = 32


class Ending(StrEnum):
    """How a piece ends: with a cadence that rings out, not at all so that it can go round, or by growing silent."""

    RING = "ring"
    LOOP = "loop"
    FADE = "fade"


class BadRequest(ValueError):
    """Something was asked for that cannot be made; the message says what would be right."""


@dataclass(frozen=True)
class Request:
    """One piece to be composed.

    Attributes:
        mood: one of the sixteen, or a blend of some.
        intensity: 0 (neutral) to 1 (the mood's full character).
        seconds: length of the finished audio, SHORTEST_SECONDS..LONGEST_SECONDS.
        seed: 0..LARGEST_SEED; the same request with the same seed gives the same piece.
        metre: name of the metre; chosen by mood and seed if None.
        key: the key; chosen by mood and seed if None.
        tempo: quarter notes a minute, SLOWEST_TEMPO..FASTEST_TEMPO, met but for what makes a whole number of
            bars fill the length; chosen by mood if None.
        candidates: melodies that are begun and the best of which is kept, 1..MOST_CANDIDATES; more take longer and
            fit better.
        style: name of the style that the melody is arranged in; the mood's own if None.
        curve: how full the arrangement is, as points (second, energy 0..1) in order of time, joined by straight lines;
            an arc of its own if there are none.
        hits: seconds, in order, at each of which a bar begins with an accent.
        ending: how the piece ends.
        attributes: for some of ATTRIBUTE_NAMES the share 0..1 of the training tunes that have less of it, in
            place of what the mood asks for.

    Raises:
        BadRequest: a number lies outside its range, or a name is unknown.
    """

    mood: Mood
    intensity: float
    seconds: float
    seed: int
    metre: str | None = None
    key: Key | None = None
    tempo: float | None = None
    candidates: int = USUAL_CANDIDATES
    style: str | None = None
    curve: tuple[tuple[float, float], ...] = ()
    hits: tuple[float, ...] = ()
    ending: Ending = Ending.RING
    attributes: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _within("intensity", self.intensity, 0, 1)
        _within("seconds", self.seconds, SHORTEST_SECONDS, LONGEST_SECONDS)
        if not 0 <= self.seed <= LARGEST_SEED:
            raise BadRequest(f"seed must be a whole number from 0 to {LARGEST_SEED}, not {self.seed}")
        if self.metre is not None and self.metre not in METRE_NAMES:
            raise BadRequest(f"metre must be one of {', '.join(METRE_NAMES)}, not {self.metre!r}")
        if self.tempo is not None:
            _within("tempo", self.tempo, SLOWEST_TEMPO, FASTEST_TEMPO)
        if not 1 <= self.candidates <= MOST_CANDIDATES:
            raise BadRequest(f"candidates must be a whole number from 1 to {MOST_CANDIDATES}, not {self.candidates}")
        if self.style is not None and self.style not in STYLES:
            raise BadRequest(f"style must be one of {', '.join(STYLES)}, not {self.style!r}")
        self._check_curve()
        self._check_hits()
        for name, share in self.attributes.items():
            if name not in ATTRIBUTE_NAMES:
                raise BadRequest(f"there is no attribute {name!r}; known are {', '.join(ATTRIBUTE_NAMES)}")
            _within(f"attribute {name}", share, 0, 1)

    def _check_curve(self) -> None:
        if len(self.curve) > MOST_CURVE_POINTS:
            raise BadRequest(f"a curve has at most {MOST_CURVE_POINTS} points, not {len(self.curve)}")
        for second, energy in self.curve:
            _within("the time of a point of the curve, in seconds,", second, 0, self.seconds)
            _within("the energy of a point of the curve", energy, 0, 1)
        for (before, _), (after, _) in pairwise(self.curve):
            if after <= before:
                raise BadRequest(f"the points of a curve come in order of time, but {after:g} s follows {before:g} s")

    def _check_hits(self) -> None:
        if len(self.hits) > MOST_HITS:
            raise BadRequest(f"there can be at most {MOST_HITS} hits, not {len(self.hits)}")
        for hit in self.hits:
            _within("a hit, in seconds,", hit, 0, self.seconds)
        for before, after in pairwise(self.hits):
            if after <= before:
                raise BadRequest(f"hits come in order of time, but {after:g} s follows {before:g} s")

    @classmethod
    def of(
        cls, mood: str, intensity: float, seconds: float, seed: int, *, key: str | None = None, **choices: Any
    ) -> "Request":
        """The request for a mood, and a key, in words; `choices` are any further attributes.

        A mood is named, or blended such as "happy:0.6,peaceful:0.4".

        Raises:
            BadRequest: as above, or there is no such mood or key.
        """
        with _refusing():
            return cls(spelled(mood), intensity, seconds, seed, key=_key(key), **choices)

    @classmethod
    def at(
        cls, valence: float, arousal: float, seconds: float, seed: int, *, key: str | None = None, **choices: Any
    ) -> "Request":
        """The request for the mood and the intensity at a point of the plane, each coordinate in -1..1.

        Raises:
            BadRequest: as above, or there is no such point or key.
        """
        with _refusing():
            mood, intensity = mood_at(valence, arousal)
            return cls(mood, intensity, seconds, seed, key=_key(key), **choices)


@contextmanager
def _refusing() -> Iterator[None]:
    """What is wrong with a word becomes a refusal."""
    try:
        yield
    except BadRequest:
        raise
    except ValueError as fault:
        raise BadRequest(str(fault)) from None


def _key(name: str | None) -> Key | None:
    return None if name is None else Key.named(name)


def _within(what: str, value: float, low: float, high: float) -> None:
    if not (isfinite(value) and low <= value <= high):
        raise BadRequest(f"{what} must lie between {low:g} and {high:g}, not {value:g}")
