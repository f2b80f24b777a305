"""When the steps of the grid sound."""

from dataclasses import dataclass

EVEN_EIGHTH = 2
"""Steps after which the second eighth of a beat comes when it is not swung."""


@dataclass(frozen=True)
class Timing:
    """Steps to seconds.

    Attributes:
        seconds_per_step: of the even grid.
        silent_steps: at the start, left out.
        swing: 0 even to 1 triplets.
        steps_per_beat: only beats of two eighths can be swung.
    """

    seconds_per_step: float
    silent_steps: int
    swing: float = 0.0
    steps_per_beat: int = 4

    def at(self, step: float) -> float:
        """The second of a step; a swung eighth comes at up to two thirds of its beat, the rest in proportion."""
        if self.swing and self.steps_per_beat == 2 * EVEN_EIGHTH:
            beat, place = divmod(step, self.steps_per_beat)
            late = self.swing * EVEN_EIGHTH / 3 * (1 - abs(place / EVEN_EIGHTH - 1))
            step = beat * self.steps_per_beat + place + late
        return (step - self.silent_steps) * self.seconds_per_step
