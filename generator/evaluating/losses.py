"""How well a network foresees melodies that it has not learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import torch
from torch import Tensor

from generator.melody.attributes import AttributeScale
from generator.melody.events import FIRST_PITCH_EVENT
from generator.melody.melody import Melody
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import look
from generator.training.dataset import Batch, batches, examples_of

CHUNK_STEPS = 256


@dataclass(frozen=True)
class Losses:
    """What a network reaches on a part.

    Attributes:
        nats_a_step: mean negative log probability of an event.
        bits_a_note: that of all events together, in bits, over the number of notes; rests, lengths and silence are
            paid for by the notes, so that the figure does not hang on how fine the grid is.
        event_accuracy: share of the steps whose likeliest event is the right one, 0..1; most steps hold no event.
        note_accuracy: share of the onsets whose likeliest pitch, of all that could begin there, is right, 0..1.
    """

    nats_a_step: float
    bits_a_note: float
    event_accuracy: float
    note_accuracy: float


def measure_losses(
    network: MelodyNetwork, melodies: Sequence[Melody], scale: AttributeScale, *, told: bool = False
) -> Losses:
    """The losses over whole melodies, which must hold at least one note.

    The network is told metre, mode and length alone, so that none is measured by what it was told of the answer; with
    `told`, all that a request for each melody would tell.
    """
    network.eval()
    sums = torch.zeros(5, dtype=torch.float64)
    with torch.inference_mode():
        for batch in batches(examples_of(melodies, scale), 64):
            sums += _sums(network, batch, told)
    nats, steps, notes, right_events, right_notes = sums.tolist()
    return Losses(nats / steps, nats / log(2) / notes, right_events / steps, right_notes / notes)


def _sums(network: MelodyNetwork, batch: Batch, told: bool) -> Tensor:
    """Over a batch: nats, steps, notes, steps foreseen and notes foreseen."""
    conditions = batch.conditions if told else batch.conditions.untold()
    sums = torch.zeros(5, dtype=torch.float64)
    state = None
    for steps in torch.split(torch.arange(batch.events.shape[1]), CHUNK_STEPS):
        context = look(batch.events, steps, conditions)
        logits, state = network(context, state)
        chances = event_log_probabilities(logits, context)  # (B, T, events)
        events, inside = batch.events[:, steps], batch.inside[:, steps]
        onset = inside & (events >= FIRST_PITCH_EVENT)
        right = (chances.argmax(-1) == events) & inside
        right_pitch = (chances[..., FIRST_PITCH_EVENT:].argmax(-1) + FIRST_PITCH_EVENT == events) & onset
        nats = -chances.gather(-1, events.unsqueeze(-1)).squeeze(-1)[inside]
        sums += torch.stack(
            [nats.double().sum(), *(hit.sum().double() for hit in (inside, onset, right, right_pitch))]
        )
    return sums
