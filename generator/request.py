"""What a user can ask for, and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.melody import Key
from generator.melody.metre import METRE_NAMES
from generator.mood import Mood, mood_named

SHORTEST_SECONDS = 10.0
LONGEST_SECONDS = 180.0
LARGEST_SEED = 2**32 - 1
SLOWEST_TEMPO = 40.0
FASTEST_TEMPO = 220.0
USUAL_CANDIDATES = 12
MOST_CANDIDATES = 64


class BadRequest(ValueError):
    """Something was asked for that cannot be made; the message says what would be right."""


@dataclass(frozen=True)
class Request:
    """One piece to be composed.

    Attributes:
        mood: one of the sixteen.
        intensity: 0 (neutral) to 1 (the mood's full character).
        seconds: length of the finished audio, SHORTEST_SECONDS..LONGEST_SECONDS.
        seed: 0..LARGEST_SEED; the same request with the same seed gives the same piece.
        metre: name of the metre; chosen by mood and seed if None.
        key: the key; chosen by mood and seed if None.
        tempo: quarter notes a minute, SLOWEST_TEMPO..FASTEST_TEMPO, met but for what makes a whole number of
            bars fill the length; chosen by mood if None.
        candidates: melodies to choose the best from, 1..MOST_CANDIDATES; more take longer and fit better.
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
        for name, share in self.attributes.items():
            if name not in ATTRIBUTE_NAMES:
                raise BadRequest(f"there is no attribute {name!r}; known are {', '.join(ATTRIBUTE_NAMES)}")
            _within(f"attribute {name}", share, 0, 1)

    @classmethod
    def of(
        cls, mood: str, intensity: float, seconds: float, seed: int, *, key: str | None = None, **choices: Any
    ) -> "Request":
        """The request for a mood, and a key, named in words; `choices` are any further attributes.

        Raises:
            BadRequest: as above, or there is no such mood or key.
        """
        try:
            named = None if key is None else Key.named(key)
            return cls(mood_named(mood), intensity, seconds, seed, key=named, **choices)
        except BadRequest:
            raise
        except ValueError as fault:
            raise BadRequest(str(fault)) from None


def _within(what: str, value: float, low: float, high: float) -> None:
    if not (isfinite(value) and low <= value <= high):
        raise BadRequest(f"{what} must lie between {low:g} and {high:g}, not {value:g}")
