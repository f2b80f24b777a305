"""A network's speed the way AI_generate_music samples: no state, the whole window read again for every event."""

from dataclasses import replace

import torch

from generator.benchmarking.stepping import Effort, conditions, drawn, seconds_of
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import look

WINDOWED = ("lstm", "conv1d", "conv1d_lstm")
"""Its networks."""
WINDOWS = (100, 40)
"""Events before the next one that are read: the hundred that programs of its kind commonly take, and the forty that
its convolution looks over on this bench."""
WARM_UP = 2
FEWER = 20
"""A pass reads tens of events: so many times fewer passes are timed than steps elsewhere."""


def windows_a_second(network: MelodyNetwork, batch: int, device: torch.device, window: int, effort: Effort) -> float:
    """Events that all melodies of a batch get together in a second, each by a pass over `window` events."""
    passes = max(1, effort.steps // FEWER)
    events = torch.zeros(batch, window + WARM_UP + passes, dtype=torch.int64, device=device)
    # These networks read the last event of each step alone: the rest of the view is made once, outside the clock.
    view = look(events, torch.arange(window, device=device), conditions(batch, device))

    def write(first: int, end: int) -> None:
        for number in range(first, end):
            context = replace(view, seen=events[:, number - window : number, None])
            logits, _ = network(context, None)
            events[:, number] = drawn(event_log_probabilities(logits[:, -1:], context)[:, 0])

    with torch.inference_mode():
        write(window, window + WARM_UP)
        seconds = min(seconds_of(lambda: write(window + WARM_UP, events.shape[1]), device) for _ in range(effort.runs))
    return batch * passes / seconds
