"""What is composed to measure the moods: by mood, by intensity, by attribute, by candidates."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.mood import MOODS
from generator.request import USUAL_CANDIDATES, Request

QUADRANT_MOODS = ("happy", "peaceful", "sad", "scary")
"""One mood for each quadrant of the plane, those of Eerola, Friberg & Bresin (2013)."""
NEUTRAL_MOOD = "hopeful"
"""The mood in which single attributes are asked for."""
TENTHS = tuple(tenths / 10 for tenths in range(1, 11))
FIFTHS = TENTHS[1::2]
"""The intensities at which quadrant and order are judged; the others are for the curve."""
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
CANDIDATES = (1, 4, 12, 32)


@dataclass(frozen=True)
class Survey:
    """What is composed to be measured.

    Attributes:
        count: melodies for each mood, at least two.
        intensity: of them, 0..1.
        seconds: length of every melody.
        candidates: of which each is the best.
        steps: intensities asked of the moods of the four quadrants.
        step_seeds: melodies for each of them.
        levels: shares of the training tunes asked for of each attribute.
        level_seeds: melodies for each of them.
        counts: numbers of candidates that are compared.
        count_seeds: melodies for each quadrant's mood and number.
    """

    count: int = 200
    intensity: float = 0.8
    seconds: float = 30.0
    candidates: int = USUAL_CANDIDATES
    steps: tuple[float, ...] = TENTHS
    step_seeds: int = 50
    levels: tuple[float, ...] = LEVELS
    level_seeds: int = 20
    counts: tuple[int, ...] = CANDIDATES
    count_seeds: int = 10

    @classmethod
    def of_size(cls, count: int, intensity: float, seconds: float) -> "Survey":
        """The survey of so many melodies a mood, everything else in proportion."""
        usual = cls()
        seeds = (max(1, count * number // usual.count) for number in (50, 20, 10))
        step_seeds, level_seeds, count_seeds = seeds
        return cls(count, intensity, seconds, step_seeds=step_seeds, level_seeds=level_seeds, count_seeds=count_seeds)

    def of_mood(self, mood: str) -> list[Request]:
        """The melodies of a mood."""
        return [self._request(mood, seed) for seed in range(self.count)]

    def at_step(self, mood: str, intensity: float) -> list[Request]:
        """The melodies of a mood at one of the steps."""
        return [self._request(mood, seed, intensity=intensity) for seed in range(self.step_seeds)]

    def at_level(self, attribute: str, level: float) -> list[Request]:
        """The melodies that an attribute is asked of by itself."""
        asked = {attribute: level}
        return [self._request(NEUTRAL_MOOD, seed, attributes=asked) for seed in range(self.level_seeds)]

    def best_of(self, candidates: int) -> list[Request]:
        """The melodies that are the best of so many candidates."""
        return [
            self._request(mood, seed, candidates=candidates)
            for mood in QUADRANT_MOODS
            for seed in range(self.count_seeds)
        ]

    @property
    def requests(self) -> list[Request]:
        """All there is to compose, some of it more than once."""
        return [
            *(request for mood in MOODS for request in self.of_mood(mood)),
            *(request for mood in QUADRANT_MOODS for step in self.steps for request in self.at_step(mood, step)),
            *(request for name in ATTRIBUTE_NAMES for level in self.levels for request in self.at_level(name, level)),
            *(request for candidates in self.counts for request in self.best_of(candidates)),
        ]

    def _request(
        self,
        mood: str,
        seed: int,
        *,
        intensity: float | None = None,
        candidates: int | None = None,
        attributes: Mapping[str, float] | None = None,
    ) -> Request:
        return Request.of(
            mood,
            self.intensity if intensity is None else intensity,
            self.seconds,
            seed,
            candidates=candidates or self.candidates,
            attributes=attributes or {},
        )
