"""Metres and the grid of sixteenths that melodies stand on."""

from dataclasses import dataclass

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

    def is_strong(self, step: int) -> bool:
        """Whether `step`, counted from the first bar line, falls on a strong beat.

        Strong are the downbeat and, in the metres that have one, the middle of the bar.
        """
        position = step % self.steps_per_bar
        if position == 0:
            return True
        return self.name in ("4/4", "6/8") and position * 2 == self.steps_per_bar


METRES: dict[str, Metre] = {
    metre.name: metre for metre in (Metre("2/4", 8, 4), Metre("3/4", 12, 4), Metre("4/4", 16, 4), Metre("6/8", 12, 6))
}
"""The metres that the composer knows, by name. The order is that of their one-hot code."""

METRE_NAMES = tuple(METRES)
