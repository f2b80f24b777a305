"""Melodies sampled from the network, many candidates in one pass, the same for the same seed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor

from generator.composing.fixed import BEGINS, ENDS, Fixed
from generator.composing.originality import RunIndex
from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.events import FIRST_PITCH_EVENT, NO_EVENT, event_pitch, events_to_melody
from generator.melody.melody import Melody, Mode
from generator.melody.metre import METRE_NAMES
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import NOTHING, Conditions, look
from generator.plan import MusicPlan

TEMPERATURE = 1.0
SMALLEST_SHARE = 0.01
"""Events less likely than this share of the likeliest are not drawn."""
REPORT_EVERY = 16


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
) -> list[Candidate]:
    """Melodies for the plan; `progress` is told the share that is done, 0..1.

    A note that would be the ninth in a row of a training tune is not drawn. The result hangs on the
    arguments alone. Arithmetic runs on one thread: with another number of rows or threads a matrix product may
    be summed in another order, and up to 32 rows one is no slower than two.
    """
    generator = torch.Generator().manual_seed(how.seed)
    asked = asked_conditions(plan, how.count)
    rows = asked.and_also(asked.without_attributes()) if how.guidance else asked
    copies = 2 if how.guidance else 1
    events = torch.zeros(copies * how.count, plan.steps + len(fixed.model), dtype=torch.int64)
    events[:, plan.steps :] = torch.from_numpy(fixed.model)
    join, joined, any_drawn = torch.zeros(how.count), 0, False
    notes: list[list[tuple[int, int]]] = [[] for _ in range(how.count)]
    state = None
    with torch.inference_mode(), one_thread():
        for step, given in enumerate(fixed.events.tolist()):
            context = look(events, torch.tensor([step]), rows)
            logits, state = network(context, state)
            predicted = event_log_probabilities(logits, context)[:, 0]
            told = predicted[: how.count]
            if how.guidance:
                predicted = told + how.guidance * (told - predicted[how.count :])
            chance = torch.rand(how.count, 1, generator=generator)
            if given >= 0:
                chosen = torch.full((how.count,), given)
                if given >= FIRST_PITCH_EVENT:
                    for written in notes:
                        written.append((step, event_pitch(given)))
                if any_drawn:
                    join, joined = join + told[:, given], joined + 1
            else:
                any_drawn = True
                if given in (BEGINS, ENDS):
                    predicted[:, NO_EVENT : FIRST_PITCH_EVENT if given == BEGINS else NO_EVENT + 1] = float("-inf")
                chosen = _draw_original(predicted / TEMPERATURE, chance, notes, step, index)
            events[:, step] = chosen.repeat(copies)
            if step % REPORT_EVERY == 0:
                progress(step / plan.steps)
    return [
        Candidate(events_to_melody(row.numpy(), plan.metre, 0, plan.mode), float(value) / max(1, joined))
        for row, value in zip(events[: how.count, : plan.steps], join, strict=True)
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
    for row, written in enumerate(notes):
        event = int(chosen[row])
        while event >= FIRST_PITCH_EVENT and index.completes_copy(written, step, event_pitch(event)):
            log_weights[row, event] = float("-inf")
            event = int(draw(log_weights[row : row + 1], chance[row : row + 1]))
        if event >= FIRST_PITCH_EVENT:
            written.append((step, event_pitch(event)))
        chosen[row] = event
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
