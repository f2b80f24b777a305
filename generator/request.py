"""What a user can ask for, and what is refused."""

from dataclasses import dataclass
from math import isfinite

from generator.mood import Mood, mood_named

SHORTEST_SECONDS = 10.0
LONGEST_SECONDS = 180.0
LARGEST_SEED = 2**32 - 1


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

    Raises:
        BadRequest: a number lies outside its range.
    """

    mood: Mood
    intensity: float
    seconds: float
    seed: int

    def __post_init__(self) -> None:
        if not 0 <= self.intensity <= 1:
            raise BadRequest(f"intensity must lie between 0 and 1, not {self.intensity:g}")
        if not (isfinite(self.seconds) and SHORTEST_SECONDS <= self.seconds <= LONGEST_SECONDS):
            raise BadRequest(
                f"seconds must lie between {SHORTEST_SECONDS:g} and {LONGEST_SECONDS:g}, not {self.seconds:g}"
            )
        if not 0 <= self.seed <= LARGEST_SEED:
            raise BadRequest(f"seed must be a whole number from 0 to {LARGEST_SEED}, not {self.seed}")

    @classmethod
    def of(cls, mood: str, intensity: float, seconds: float, seed: int) -> "Request":
        """The request for a mood named in words.

        Raises:
            BadRequest: as above, or there is no such mood.
        """
        try:
            return cls(mood_named(mood), intensity, seconds, seed)
        except BadRequest:
            raise
        except ValueError as fault:
            raise BadRequest(str(fault)) from None
