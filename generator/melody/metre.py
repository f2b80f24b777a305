"""Metres and the grid of sixteenths that melodies stand on."""

from dataclasses import dataclass
from functools import lru_cache

STEPS_PER_QUARTER = 4
"""Grid steps in a quarter note, so that a bar of 4/4 has 16 (Magenta's melody_rnn)."""


@dataclass(frozen=True)
class Metre:
    """A time signature on the grid.

    `steps_per_bar` and `steps_per_beat` count sixteenths; the beat of 6/8 is the dotted quarter.
    """

    name: str
    steps_per_bar: int
    steps_per_beat: int

    @property
    def numerator(self) -> int:
        return int(self.name.split("/")[0])

    @property
    def denominator(self) -> int:
        return int(self.name.split("/")[1])

    @property
    def quarters_per_bar(self) -> float:
        return self.steps_per_bar / STEPS_PER_QUARTER

    @property
    def weights(self) -> tuple[int, ...]:
        """How much each step of a bar weighs: 4 the downbeat, 3 its middle, 2 beats, 1 eighths, 0 the rest."""
        return _weights(self)

    def is_strong(self, step: int) -> bool:
        """Whether `step`, counted from the first bar line, falls on a strong beat.

        Strong are the downbeat and, in the metres that have one, the middle of the bar.
        """
        position = step % self.steps_per_bar
        if position == 0:
            return True
        return self.name in ("4/4", "6/8") and position * 2 == self.steps_per_bar


@lru_cache
def _weights(metre: Metre) -> tuple[int, ...]:
    return tuple(
        4 if step == 0
        else 3 if metre.is_strong(step)
        else 2 if step % metre.steps_per_beat == 0
        else 1 if step % 2 == 0
        else 0
        for step in range(metre.steps_per_bar)
    )  # fmt: skip


METRES: dict[str, Metre] = {
    metre.name: metre for metre in (Metre("2/4", 8, 4), Metre("3/4", 12, 4), Metre("4/4", 16, 4), Metre("6/8", 12, 6))
}
"""The metres that the composer knows, by name. The order is that of their one-hot code."""

METRE_NAMES = tuple(METRES)


def bar_number(onset: int, first_onset: int, steps_per_bar: int) -> int:
    """The number, from 1, that people give the bar of a note, in a melody whose first note stands at `first_onset`.

    A pick-up before the first whole bar counts with it.
    """
    return max(1, onset // steps_per_bar + (0 if first_onset else 1))
