"""When the steps of the grid sound: a tempo that may change on the way, and swing."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from generator.melody.metre import STEPS_PER_QUARTER

EVEN_EIGHTH = 2
"""Steps after which the second eighth of a beat comes when it is not swung."""


@dataclass(frozen=True)
class TempoMap:
    """Grid steps to seconds and back.

    Attributes:
        anchors: steps with the seconds at which they sound, in order of both, at least two, no step twice. Between
            two the tempo holds; after the last it goes on as before it. Nothing sounds before the first.

    Raises:
        ValueError: the anchors are fewer than two or not in order.
    """

    anchors: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        rising = all(a < c and b < d for (a, b), (c, d) in pairwise(self.anchors))
        if len(self.anchors) < 2 or not rising:
            raise ValueError("the anchors of a tempo map are two or more, in order of steps and of seconds")

    @classmethod
    def even(cls, tempo: float, first_step: float = 0.0) -> "TempoMap":
        """The map of one `tempo`, in quarter notes a minute, whose `first_step` sounds at once."""
        return cls(((first_step, 0.0), (first_step + STEPS_PER_QUARTER, 60 / tempo)))

    @property
    def first_step(self) -> float:
        """The step that sounds at once."""
        return self.anchors[0][0]

    @property
    def tempi(self) -> tuple[tuple[float, float], ...]:
        """The steps from which a tempo holds, with that tempo in quarter notes a minute."""
        return tuple(
            (step, (following - step) / STEPS_PER_QUARTER * 60 / (then - second))
            for (step, second), (following, then) in pairwise(self.anchors)
        )

    @property
    def tempo(self) -> float:
        """Quarter notes a minute of the stretch that lasts longest."""
        lengths = [then - second for (_, second), (_, then) in pairwise(self.anchors)]
        return self.tempi[lengths.index(max(lengths))][1]

    def at(self, step: float) -> float:
        """The second of a step."""
        number = self._stretch([step for step, _ in self.anchors], step)
        (from_step, from_second), (to_step, to_second) = self.anchors[number : number + 2]
        return from_second + (to_second - from_second) * (step - from_step) / (to_step - from_step)

    def step_at(self, second: float) -> float:
        """The step, with fractions, of a second."""
        number = self._stretch([second for _, second in self.anchors], second)
        (from_step, from_second), (to_step, to_second) = self.anchors[number : number + 2]
        return from_step + (to_step - from_step) * (second - from_second) / (to_second - from_second)

    def _stretch(self, borders: list[float], place: float) -> int:
        return min(max(0, bisect_right(borders, place) - 1), len(borders) - 2)


@dataclass(frozen=True)
class Timing:
    """When what is written on the grid sounds.

    Attributes:
        tempo_map: of the even grid.
        swing: 0 even to 1 triplets.
        steps_per_beat: only beats of two eighths can be swung.
    """

    tempo_map: TempoMap
    swing: float = 0.0
    steps_per_beat: int = 4

    @property
    def first_step(self) -> int:
        """The step that sounds at once: what stands before a pick-up is left out."""
        return int(self.tempo_map.first_step)

    def at(self, step: float) -> float:
        """The second of a step; a swung eighth comes at up to two thirds of its beat, the rest in proportion."""
        beat, place = divmod(step, self.steps_per_beat)
        return self.tempo_map.at(beat * self.steps_per_beat + place + self._late * (1 - abs(place / EVEN_EIGHTH - 1)))

    def step_at(self, second: float) -> float:
        """The step, with fractions, that is written for what sounds at a second: the inverse of `at`."""
        beat, place = divmod(self.tempo_map.step_at(second), self.steps_per_beat)
        slope = self._late / EVEN_EIGHTH
        if place <= EVEN_EIGHTH + self._late:
            return beat * self.steps_per_beat + place / (1 + slope)
        return beat * self.steps_per_beat + (place - 2 * self._late) / (1 - slope)

    @property
    def _late(self) -> float:
        """Steps by which the second eighth of a beat comes late."""
        return self.swing * EVEN_EIGHTH / 3 if self.steps_per_beat == 2 * EVEN_EIGHTH else 0.0
