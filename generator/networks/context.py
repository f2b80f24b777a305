"""What a network may look at when it predicts the event of a step: lookback, position, what is asked.

The same function serves training, where all steps of a batch are known, and sampling, where one step
after the other is added; so the two cannot come apart.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from generator.melody.events import FIRST_PITCH_EVENT
from generator.melody.metre import METRE_NAMES, METRES

NOTHING = -1
"""Stands for an event before the first."""
PHRASE_BARS = 8
"""Bars of a phrase and its answer; the bar's place in it is told as a binary counter of three bits."""
FARTHEST_END = 8
"""With this many bars or more to come the end is equally far."""
UNTOLD = -1
"""Stands for the likeness of a bar to its model where it is not told."""

BAR_STEPS = torch.tensor([METRES[name].steps_per_bar for name in METRE_NAMES])


@dataclass(frozen=True)
class Conditions:
    """What is asked of each melody of a batch of B.

    Attributes:
        metre: (B,) index into METRE_NAMES.
        minor: (B,) 1.0 for minor, 0.0 for major.
        bars: (B,) length in bars.
        attributes: (B, K) where each attribute is to stand in the corpus, -1..1; 0 where untold.
        told: (B, K) 1.0 where the attribute is told, 0.0 where the network must do without.
        likeness: (B, bars) how closely each bar takes up an earlier one (melody.form.Likeness), or UNTOLD.
        model: (B, bars) the bar that it takes up, or NOTHING.
    """

    metre: Tensor
    minor: Tensor
    bars: Tensor
    attributes: Tensor
    told: Tensor
    likeness: Tensor
    model: Tensor

    def without_attributes(self) -> "Conditions":
        """The same request with all attributes withheld."""
        return replace(self, attributes=torch.zeros_like(self.attributes), told=torch.zeros_like(self.told))

    def without_form(self) -> "Conditions":
        """The same request with all models of bars withheld."""
        return replace(
            self,
            likeness=torch.full_like(self.likeness, UNTOLD),
            model=torch.full_like(self.model, NOTHING),
        )

    def untold(self) -> "Conditions":
        """The same metre, mode and length, and nothing else told."""
        return self.without_attributes().without_form()

    def each(self, change: Callable[[Tensor], Tensor]) -> "Conditions":
        """The conditions with every part changed alike."""
        return Conditions(*(change(getattr(self, field.name)) for field in fields(self)))

    def and_also(self, other: "Conditions") -> "Conditions":
        """Both batches as one; their forms must be of equally many bars."""
        return Conditions(
            *(torch.cat([getattr(self, field.name), getattr(other, field.name)]) for field in fields(self))
        )


@dataclass(frozen=True)
class Places:
    """Where B melodies are to be looked at for T steps, which hangs on what is asked of them alone.

    Attributes:
        index: (B, T, 7) the steps of what `Context.seen` has, and of those that stood before the last three; 0 where
            there is none.
        there: (B, T, 7) whether there is one.
        likeness: (B, T) how closely this bar is to take up its model, or UNTOLD.
        position: (B, T) steps since the bar line.
        bar: (B, T) bars since the start.
        bars_left: (B, T) bars to come after this one, FARTHEST_END at most.
        conditions: what is asked of each melody.
        steps: (T,) the steps.
    """

    index: Tensor
    there: Tensor
    likeness: Tensor
    position: Tensor
    bar: Tensor
    bars_left: Tensor
    conditions: Conditions
    steps: Tensor

    @classmethod
    def of(cls, steps: Tensor, conditions: Conditions) -> "Places":
        """The places for `steps` (T,)."""
        bar_steps = BAR_STEPS.to(steps.device)[conditions.metre].unsqueeze(1)
        bar, position, before = steps // bar_steps, steps % bar_steps, steps - 1
        echo, echo_before = _modelled(
            conditions.model,
            torch.stack([bar, before // bar_steps]),
            torch.stack([position, before % bar_steps]),
            bar_steps,
        )
        one, two = steps - bar_steps, steps - 2 * bar_steps
        index = torch.stack([before.expand_as(bar), one, two, echo, one - 1, two - 1, echo_before], dim=-1)
        return cls(
            index=index.clamp(min=0),
            there=index >= 0,
            likeness=torch.gather(conditions.likeness, 1, bar.clamp(max=conditions.likeness.shape[1] - 1)),
            position=position,
            bar=bar,
            bars_left=(conditions.bars.unsqueeze(1) - 1 - bar).clamp(0, FARTHEST_END),
            conditions=conditions,
            steps=steps,
        )

    def each(self) -> Iterator["Places"]:
        """The places for one step after the other."""
        by_step = (self.index, self.there, self.likeness, self.position, self.bar, self.bars_left)
        parts = (torch.split(part, 1, dim=1) for part in by_step)
        for index, there, likeness, position, bar, bars_left, step in zip(
            *parts, torch.split(self.steps, 1), strict=True
        ):
            yield Places(index, there, likeness, position, bar, bars_left, self.conditions, step)

    def rows(self, rows: Tensor) -> "Places":
        """The places of some of the melodies."""
        return Places(
            self.index[rows],
            self.there[rows],
            self.likeness[rows],
            self.position[rows],
            self.bar[rows],
            self.bars_left[rows],
            self.conditions.each(lambda part: part[rows]),
            self.steps,
        )

    def look(self, events: Tensor) -> "Context":
        """What stands there in `events` (B, S)."""
        found = events.unsqueeze(1).expand(-1, len(self.steps), -1).gather(2, self.index)
        found = torch.where(self.there, found, NOTHING)
        seen, before = found[..., :4], found[..., 4:]
        return Context(seen, (before == found[..., :1]) & (before != NOTHING), self, events)


@dataclass(frozen=True)
class Context:
    """The view of B melodies at T steps; events are NOTHING before the first.

    Attributes:
        seen: (B, T, 4) the event before each step, those one and two bars before it, and the one at the same place
            of the bar that this one takes up, NOTHING if it takes up none.
        repeats: (B, T, 3) whether the last event equals what stood before the last three of `seen`.
        places: where this is, and what is asked.
        events: (B, S) all events, those to come among them.
    """

    seen: Tensor
    repeats: Tensor
    places: Places
    events: Tensor

    @property
    def last(self) -> Tensor:
        """(B, T): the event before each step."""
        return self.seen[..., 0]

    @property
    def one_bar(self) -> Tensor:
        """(B, T): the event one bar before each step."""
        return self.seen[..., 1]

    @property
    def two_bars(self) -> Tensor:
        """(B, T): the event two bars before each step."""
        return self.seen[..., 2]

    @property
    def echo(self) -> Tensor:
        """(B, T): the event in the bar that this one takes up."""
        return self.seen[..., 3]

    def last_onset(self) -> Tensor:
        """(B, T): the last event before each step that began a note, NOTHING where there is none."""
        steps = self.places.steps
        until = self.events[:, : int(steps[-1])]
        places = torch.where(until >= FIRST_PITCH_EVENT, torch.arange(until.shape[1], device=until.device), NOTHING)
        none = torch.full_like(self.events[:, :1], NOTHING)
        latest = torch.cat([none, places.cummax(dim=1).values if until.shape[1] else places], dim=1)[:, steps]
        return torch.where(latest >= 0, self.events.gather(1, latest.clamp(min=0)), NOTHING)


def look(events: Tensor, steps: Tensor, conditions: Conditions) -> Context:
    """The context of `steps` (T,) in `events` (B, S).

    Only events before a step are looked at, those of the bar that it takes up among them: a model must
    come before its bar, or lie beyond the melody's end (another melody, laid there to be varied).
    """
    return Places.of(steps, conditions).look(events)


def _modelled(model: Tensor, bars: Tensor, positions: Tensor, bar_steps: Tensor) -> Tensor:
    """(2, B, T): the steps at the same positions of the models of `bars`, NOTHING where there is none."""
    models = torch.gather(model.expand(2, -1, -1), 2, bars.clamp(0, model.shape[1] - 1))
    return torch.where(models >= 0, models * bar_steps + positions, NOTHING)
