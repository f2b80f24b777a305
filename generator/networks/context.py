"""What a network may look at when it predicts the event of a step: lookback, position, emotion.

The same function serves training, where all steps of a batch are known, and sampling, where one step
after the other is added; so the two cannot come apart.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from generator.melody.metre import METRE_NAMES, METRES

NOTHING = -1
"""Stands for an event before the first."""
PHRASE_BARS = 8
"""Bars of a phrase and its answer; the bar's place in it is told as a binary counter of three bits."""
FARTHEST_END = 8
"""With this many bars or more to come the end is equally far."""

BAR_STEPS = torch.tensor([METRES[name].steps_per_bar for name in METRE_NAMES])


@dataclass(frozen=True)
class Conditions:
    """What is asked of each melody of a batch of B.

    Attributes:
        metre: (B,) index into METRE_NAMES.
        minor: (B,) 1.0 for minor, 0.0 for major.
        bars: (B,) length in bars.
        emotion: (B, 3) valence and arousal in [-1, 1], intensity in [0, 1].
        told: (B,) 1.0 where the emotion is told, 0.0 where the network must do without.
    """

    metre: Tensor
    minor: Tensor
    bars: Tensor
    emotion: Tensor
    told: Tensor

    def untold(self) -> "Conditions":
        """The same request with the emotion withheld."""
        return Conditions(
            self.metre, self.minor, self.bars, torch.zeros_like(self.emotion), torch.zeros_like(self.told)
        )


@dataclass(frozen=True)
class Context:
    """The view of B melodies at T steps; events are NOTHING before the first.

    Attributes:
        last: (B, T) the event before each step.
        one_bar: (B, T) the event one bar before each step.
        two_bars: (B, T) the event two bars before each step.
        repeats_one: (B, T) 1.0 where the last event equals what stood one bar before it.
        repeats_two: (B, T) the same for two bars.
        position: (B, T) steps since the bar line.
        bar: (B, T) bars since the start.
        bars_left: (B, T) bars to come after this one, FARTHEST_END at most.
        conditions: what is asked of each melody.
    """

    last: Tensor
    one_bar: Tensor
    two_bars: Tensor
    repeats_one: Tensor
    repeats_two: Tensor
    position: Tensor
    bar: Tensor
    bars_left: Tensor
    conditions: Conditions


def look(events: Tensor, steps: Tensor, conditions: Conditions) -> Context:
    """The context of `steps` (T,) in `events` (B, S); only events before a step are looked at."""
    bar_steps = BAR_STEPS[conditions.metre].unsqueeze(1)

    def before(distance: Tensor | int) -> Tensor:
        index = (steps - distance).expand(len(events), -1)
        found = torch.gather(events, 1, index.clamp(0, events.shape[1] - 1))
        return torch.where(index >= 0, found, NOTHING)

    last = before(1)
    bar = steps // bar_steps
    return Context(
        last=last,
        one_bar=before(bar_steps),
        two_bars=before(2 * bar_steps),
        repeats_one=_same(last, before(bar_steps + 1)),
        repeats_two=_same(last, before(2 * bar_steps + 1)),
        position=steps % bar_steps,
        bar=bar,
        bars_left=(conditions.bars.unsqueeze(1) - 1 - bar).clamp(0, FARTHEST_END),
        conditions=conditions,
    )


def _same(first: Tensor, second: Tensor) -> Tensor:
    return ((first == second) & (second != NOTHING)).float()
