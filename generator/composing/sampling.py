"""Melodies sampled from the network, many candidates in one pass, the same for the same seed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from generator.composing.fixed import BEGINS, ENDS, Fixed
from generator.composing.originality import RunIndex
from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.events import FIRST_PITCH_EVENT, NO_EVENT, event_pitch, events_to_melody
from generator.melody.melody import Melody, Mode
from generator.melody.metre import METRE_NAMES
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import NOTHING, Conditions, Places
from generator.networks.state import of_rows
from generator.plan import MusicPlan

TEMPERATURE = 1.0
SMALLEST_SHARE = 0.01
"""Events less likely than this share of the likeliest are not drawn."""
REPORT_EVERY = 16
THINNED_AT = (1 / 3, 2 / 3)
"""Shares of the piece at which the worse half of the candidates is given up (successive halving: Jamieson &
Talwalkar 2016, arXiv 1502.07943)."""


@dataclass(frozen=True)
class Sampling:
    """How candidates are drawn.

    Attributes:
        count: of candidates.
        seed: of the chances.
        guidance: how far the prediction with the attributes is driven beyond the one without them: log
            probabilities move by this many times their difference (Ho & Salimans 2022, arXiv 2207.12598,
            classifier-free guidance). 0 needs half of the work.
    """

    count: int
    seed: int
    guidance: float


@dataclass(frozen=True)
class Candidate:
    """A sampled melody in the common tonic C.

    Attributes:
        melody: the whole, kept bars included.
        join: mean log probability, in nats, of the fixed events after the first drawn one: how well kept bars
            follow from composed ones; 0 if none are kept there.
    """

    melody: Melody
    join: float


def sample(
    network: MelodyNetwork,
    index: RunIndex,
    plan: MusicPlan,
    fixed: Fixed,
    how: Sampling,
    progress: Callable[[float], None],
    unfit: Callable[[Melody], float] | None = None,
) -> list[Candidate]:
    """Melodies for the plan; `progress` is told the share that is done, 0..1.

    Where `unfit` tells how far an unfinished melody is from what is asked, the half that is farther is given up at
    each of THINNED_AT. Without it all are finished.

    A note that would be the ninth in a row of a training tune is not drawn. The result hangs on the
    arguments alone. Arithmetic runs on one thread: with another number of rows or threads a matrix product may
    be summed in another order, and up to 32 rows one is no slower than two.
    """
    thinned_at = {round(share * plan.bars) * plan.metre.steps_per_bar for share in THINNED_AT if unfit}
    with torch.inference_mode(), one_thread():
        drafts = _Drafts(network, index, plan, fixed, how)
        for step in range(plan.steps):
            if unfit and step in thinned_at:
                drafts.thin(unfit, step)
            drafts.advance(step)
            if step % REPORT_EVERY == 0:
                progress(step / plan.steps)
        return drafts.finished()


class _Drafts:
    """Candidates on their way, with what guidance needs of each: the row without attributes, after all with them."""

    def __init__(self, network: MelodyNetwork, index: RunIndex, plan: MusicPlan, fixed: Fixed, how: Sampling) -> None:
        self.network, self.index, self.plan, self.guidance = network, index, plan, how.guidance
        self.fixed = fixed.events.tolist()
        asked = asked_conditions(plan, how.count)
        asked = asked.and_also(asked.without_attributes()) if how.guidance else asked
        self.events = torch.zeros(len(asked.metre), plan.steps + len(fixed.model), dtype=torch.int64)
        self.events[:, plan.steps :] = torch.from_numpy(fixed.model)
        self.places = Places.of(torch.arange(plan.steps), asked)
        self.state: Any = network.opening(self.places)
        self.by_step = list(self.places.each())
        self.chances = torch.rand(plan.steps, how.count, 1, generator=torch.Generator().manual_seed(how.seed))
        self.notes: list[list[tuple[int, int]]] = [[] for _ in range(how.count)]
        self.join, self.joined, self.any_drawn = torch.zeros(how.count), 0, False

    def advance(self, step: int) -> None:
        """Draw the event of the step, or take the fixed one, for every candidate."""
        context = self.by_step[step].look(self.events)
        logits, self.state = self.network(context, self.state)
        predicted = event_log_probabilities(logits, context)[:, 0]
        count, given = len(self.notes), self.fixed[step]
        told = predicted[:count]
        if given >= 0:
            self.events[:, step] = given
            if given >= FIRST_PITCH_EVENT:
                for written in self.notes:
                    written.append((step, event_pitch(given)))
            if self.any_drawn:
                self.join, self.joined = self.join + told[:, given], self.joined + 1
            return
        self.any_drawn = True
        if self.guidance:
            predicted = told + self.guidance * (told - predicted[count:])
        if given in (BEGINS, ENDS):
            predicted[:, NO_EVENT : FIRST_PITCH_EVENT if given == BEGINS else NO_EVENT + 1] = float("-inf")
        chosen = _draw_original(predicted / TEMPERATURE, self.chances[step], self.notes, step, self.index)
        self.events[:, step] = chosen.repeat(len(self.events) // count)

    def thin(self, unfit: Callable[[Melody], float], step: int) -> None:
        """Give up the half that is less fit as it stands before `step`, the later of equals."""
        by_fitness = sorted(range(len(self.notes)), key=[unfit(melody) for melody in self._melodies(step)].__getitem__)
        kept = sorted(by_fitness[: -(-len(by_fitness) // 2)])
        rows = torch.tensor(
            [row + copy * len(self.notes) for copy in range(len(self.events) // len(self.notes)) for row in kept]
        )
        self.events, self.places = self.events[rows], self.places.rows(rows)
        self.by_step = list(self.places.each())
        self.state = of_rows(self.state, rows)
        self.chances, self.join = self.chances[:, kept], self.join[kept]
        self.notes = [self.notes[row] for row in kept]

    def finished(self) -> list[Candidate]:
        """The candidates."""
        joins = (self.join / max(1, self.joined)).tolist()
        return [Candidate(melody, join) for melody, join in zip(self._melodies(self.plan.steps), joins, strict=True)]

    def _melodies(self, steps: int) -> list[Melody]:
        """The first `steps` of every candidate."""
        return [
            events_to_melody(row.numpy(), self.plan.metre, 0, self.plan.mode)
            for row in self.events[: len(self.notes), :steps]
        ]


def asked_conditions(plan: MusicPlan, count: int) -> Conditions:
    """What the plan asks of each of `count` melodies."""
    told = torch.tensor([[float(name in plan.asked) for name in ATTRIBUTE_NAMES]])
    attributes = torch.tensor([[plan.asked.get(name, 0.0) for name in ATTRIBUTE_NAMES]])
    models = torch.tensor([[NOTHING if echo.model is None else echo.model for echo in plan.form]])
    return Conditions(
        metre=torch.full((count,), METRE_NAMES.index(plan.metre.name)),
        minor=torch.full((count,), float(plan.mode is Mode.MINOR)),
        bars=torch.full((count,), plan.bars),
        attributes=attributes.repeat(count, 1),
        told=told.repeat(count, 1),
        likeness=torch.tensor([[int(echo.likeness) for echo in plan.form]]).repeat(count, 1),
        model=models.repeat(count, 1),
    )


def draw(log_weights: Tensor, chance: Tensor) -> Tensor:
    """One event a row (B,) by the inverse of the cumulated probability at `chance` (B, 1) in [0, 1).

    Events less likely than SMALLEST_SHARE of the likeliest are never drawn.
    """
    weights = torch.softmax(log_weights, dim=-1)
    weights = torch.where(weights >= SMALLEST_SHARE * weights.amax(-1, keepdim=True), weights, 0.0)
    cumulated = weights.double().cumsum(-1)
    return torch.searchsorted(cumulated, chance.double() * cumulated[:, -1:], right=True).squeeze(1)


def _draw_original(
    log_weights: Tensor, chance: Tensor, notes: list[list[tuple[int, int]]], step: int, index: RunIndex
) -> Tensor:
    """One event a row that completes no copy; `notes` (onset and pitch each) grow by what was drawn."""
    chosen = draw(log_weights, chance)
    for row, (event, written) in enumerate(zip(chosen.tolist(), notes, strict=True)):
        while event >= FIRST_PITCH_EVENT and index.completes_copy(written, step, event_pitch(event)):
            log_weights[row, event] = float("-inf")
            chosen[row] = event = int(draw(log_weights[row : row + 1], chance[row : row + 1]))
        if event >= FIRST_PITCH_EVENT:
            written.append((step, event_pitch(event)))
    return chosen


@contextmanager
def one_thread() -> Iterator[None]:
    """Arithmetic on one thread, as sampling has it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
