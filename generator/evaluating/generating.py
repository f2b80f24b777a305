"""Melodies as a network writes them by itself: one for each of people's, of the same metre, mode and length."""

from collections.abc import Sequence

import torch

from generator.composing.choosing import closes
from generator.composing.sampling import TEMPERATURE, draw
from generator.evaluating.measured import CANDIDATES
from generator.evaluating.progress import Told, silent
from generator.melody.attributes import AttributeScale
from generator.melody.events import events_to_melody
from generator.melody.melody import Melody
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import Places
from generator.training.dataset import conditions_of, examples_of

BATCH = 64
WRONG_CLOSE = 0.3
"""What a close on the tonic where people have none, or none where they have one, counts beside mean standings."""


def write_like(
    network: MelodyNetwork,
    melodies: Sequence[Melody],
    scale: AttributeScale,
    *,
    told: bool = True,
    candidates: int = CANDIDATES,
    seed: int = 0,
    progress: Told = silent,
) -> list[Melody]:
    """A melody of the network for each of `melodies`, in their order and in the common tonic.

    Drawn event by event as the composer draws, without guidance and with nothing refused. With `told` the network is
    told all that a request for the counterpart would tell, without only metre, mode and length. Of so many
    `candidates` the one is kept whose attributes stand nearest to the counterpart's and that closes as it does. The
    same seed gives the same melodies; `progress` is told the share that is done, 0..1.
    """
    network.eval()
    chance = torch.Generator().manual_seed(seed)
    order = sorted(range(len(melodies)), key=lambda index: melodies[index].steps)
    written: dict[int, Melody] = {}
    for start in range(0, len(order), BATCH):
        group = order[start : start + BATCH]
        models = [melodies[index] for index in group]
        drawn = _write(network, [model for model in models for _ in range(candidates)], scale, told, chance)
        for place, index in enumerate(group):
            choices = drawn[place * candidates : (place + 1) * candidates]
            written[index] = min(choices, key=lambda melody: _apart(melody, melodies[index], scale))
        progress(len(written) / len(order))
    return [written[index] for index in range(len(melodies))]


def _apart(melody: Melody, model: Melody, scale: AttributeScale) -> float:
    if not melody.notes:
        return float("inf")
    standing, asked = scale.place(melody), scale.place(model)
    apart = sum(abs(standing[name] - value) for name, value in asked.items()) / len(asked)
    return apart + WRONG_CLOSE * (closes(melody) != closes(model))


def _write(
    network: MelodyNetwork, models: list[Melody], scale: AttributeScale, told: bool, chance: torch.Generator
) -> list[Melody]:
    """A melody for each of `models`."""
    conditions = conditions_of(examples_of(models, scale))
    if not told:
        conditions = conditions.untold()
    events = torch.zeros(len(models), max(model.steps for model in models), dtype=torch.int64)
    with torch.inference_mode():
        places = Places.of(torch.arange(events.shape[1]), conditions)
        state = network.opening(places)
        for step, place in enumerate(places.each()):
            context = place.look(events)
            logits, state = network(context, state)
            predicted = event_log_probabilities(logits, context)[:, 0] / TEMPERATURE
            events[:, step] = draw(predicted, torch.rand(len(models), 1, generator=chance))
    return [
        events_to_melody(own[: model.steps].numpy(), model.metre, 0, model.mode)
        for own, model in zip(events, models, strict=True)
    ]
