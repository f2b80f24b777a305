"""Melodies sampled from the network, many candidates in one pass, the same for the same seed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from generator.composing.originality import RunIndex
from generator.melody.emotion import asked_place
from generator.melody.events import FIRST_PITCH_EVENT, event_pitch, events_to_melody
from generator.melody.melody import Melody, Mode
from generator.melody.metre import METRE_NAMES
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import Conditions, look
from generator.plan import MusicPlan

GUIDANCE = 0.5
"""How far the prediction with the emotion is driven beyond the one without: logits move by this many
times their difference (Ho & Salimans 2022, classifier-free guidance)."""
TEMPERATURE = 0.9
SMALLEST_SHARE = 0.01
"""Events less likely than this share of the likeliest are not drawn."""
REPORT_EVERY = 16


@dataclass(frozen=True)
class Candidate:
    """A sampled melody in the common tonic C, and its mean log probability in nats a step."""

    melody: Melody
    log_probability: float


def sample(
    network: MelodyNetwork,
    index: RunIndex,
    plan: MusicPlan,
    count: int,
    seed: int,
    progress: Callable[[float], None],
) -> list[Candidate]:
    """`count` melodies for the plan; `progress` is told the share that is done, 0..1.

    A note that would be the ninth in a row of a training tune is not drawn. The result hangs on the
    arguments alone. Arithmetic runs on one thread: with another number of rows or threads a matrix
    product may be summed in another order.
    """
    steps = plan.bars * plan.metre.steps_per_bar
    generator = torch.Generator().manual_seed(seed)
    asked = asked_conditions(plan, count)
    both = _stacked(asked, asked.untold())
    events = torch.zeros(2 * count, steps, dtype=torch.int64)
    total = torch.zeros(count)
    notes: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    state = None
    with torch.inference_mode(), _one_thread():
        for step in range(steps):
            context = look(events, torch.tensor([step]), both)
            logits, state = network(context, state)
            log_told, log_untold = event_log_probabilities(logits, context)[:, 0].chunk(2)
            guided = log_told + GUIDANCE * (log_told - log_untold)
            chance = torch.rand(count, 1, generator=generator)
            chosen = _draw_original(guided / TEMPERATURE, chance, notes, step, index)
            events[:, step] = chosen.repeat(2)
            total += log_told.gather(1, chosen.unsqueeze(1)).squeeze(1)
            if step % REPORT_EVERY == 0:
                progress(step / steps)
    return [
        Candidate(events_to_melody(row.numpy(), plan.metre, 0, plan.mode), float(value) / steps)
        for row, value in zip(events[:count], total, strict=True)
    ]


def asked_conditions(plan: MusicPlan, count: int) -> Conditions:
    """What the plan asks of each of `count` melodies."""
    valence, arousal = asked_place(*plan.request.mood.direction(plan.request.intensity), plan.mode)
    emotion = torch.tensor([[valence, arousal, max(abs(valence), abs(arousal))]])
    return Conditions(
        metre=torch.full((count,), METRE_NAMES.index(plan.metre.name)),
        minor=torch.full((count,), float(plan.mode is Mode.MINOR)),
        bars=torch.full((count,), plan.bars),
        emotion=emotion.repeat(count, 1),
        told=torch.ones(count),
    )


def _stacked(first: Conditions, second: Conditions) -> Conditions:
    return replace(
        first,
        **{name: torch.cat([getattr(first, name), getattr(second, name)]) for name in vars(first)},
    )


def _draw(log_weights: Tensor, chance: Tensor) -> Tensor:
    """One event a row (B,) by the inverse of the cumulated probability at `chance` (B, 1) in [0, 1)."""
    weights = torch.softmax(log_weights, dim=-1)
    weights = torch.where(weights >= SMALLEST_SHARE * weights.amax(-1, keepdim=True), weights, 0.0)
    cumulated = weights.double().cumsum(-1)
    return torch.searchsorted(cumulated, chance.double() * cumulated[:, -1:], right=True).squeeze(1)


def _draw_original(
    log_weights: Tensor, chance: Tensor, notes: list[list[tuple[int, int]]], step: int, index: RunIndex
) -> Tensor:
    """One event a row that completes no copy; `notes` (onset and pitch each) grow by what was drawn."""
    chosen = _draw(log_weights, chance)
    for row, written in enumerate(notes):
        event = int(chosen[row])
        while event >= FIRST_PITCH_EVENT and index.completes_copy(written, step, event_pitch(event)):
            log_weights[row, event] = float("-inf")
            event = int(_draw(log_weights[row : row + 1], chance[row : row + 1]))
        if event >= FIRST_PITCH_EVENT:
            written.append((step, event_pitch(event)))
        chosen[row] = event
    return chosen


@contextmanager
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
