"""Melodies as a network writes them by itself: one for each of people's, of the same metre, mode and length."""

from collections.abc import Sequence

import torch
from torch import Tensor

from generator.evaluating.progress import Told, silent
from generator.melody.attributes import AttributeScale
from generator.melody.events import events_to_melody
from generator.melody.melody import Melody
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import look
from generator.training.dataset import conditions_of, examples_of

BATCH = 64


def write_like(
    network: MelodyNetwork,
    melodies: Sequence[Melody],
    scale: AttributeScale,
    *,
    told: bool = True,
    seed: int = 0,
    progress: Told = silent,
) -> list[Melody]:
    """A melody of the network for each of `melodies`, in their order and in the common tonic.

    Drawn event by event with the network's own probabilities: no temperature, no guidance, nothing refused, nothing
    chosen. With `told` the network is told all that a request for the counterpart would tell, without only metre,
    mode and length. The same seed gives the same melodies; `progress` is told the share that is done, 0..1.
    """
    network.eval()
    chance = torch.Generator().manual_seed(seed)
    order = sorted(range(len(melodies)), key=lambda index: melodies[index].steps)
    written: dict[int, Melody] = {}
    for start in range(0, len(order), BATCH):
        group = order[start : start + BATCH]
        models = [melodies[index] for index in group]
        for index, model, events in zip(group, models, _write(network, models, scale, told, chance), strict=True):
            written[index] = events_to_melody(events[: model.steps].numpy(), model.metre, 0, model.mode)
        progress(len(written) / len(order))
    return [written[index] for index in range(len(melodies))]


def _write(
    network: MelodyNetwork, models: list[Melody], scale: AttributeScale, told: bool, chance: torch.Generator
) -> Tensor:
    """(B, longest): the events drawn for one batch."""
    conditions = conditions_of(examples_of(models, scale))
    if not told:
        conditions = conditions.untold()
    events = torch.zeros(len(models), max(model.steps for model in models), dtype=torch.int64)
    state = None
    with torch.inference_mode():
        for step in range(events.shape[1]):
            context = look(events, torch.tensor([step]), conditions)
            logits, state = network(context, state)
            cumulated = event_log_probabilities(logits, context)[:, 0].double().exp().cumsum(-1)  # (B, events)
            drawn = torch.rand(len(models), 1, generator=chance, dtype=torch.float64) * cumulated[:, -1:]
            events[:, step] = torch.searchsorted(cumulated, drawn, right=True).squeeze(1)
    return events
