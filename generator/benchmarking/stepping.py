"""A network's speed when it writes melodies event by event, its state carried on from step to step."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from generator.composing.editing import plan_anew
from generator.composing.sampling import TEMPERATURE, asked_conditions
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.context import Conditions, Places
from generator.request import Request

WARM_UP = 20
"""Steps before the clock starts: the first ones also choose the matrix products' kernels."""


@dataclass(frozen=True)
class Effort:
    """How long is measured: the best of `runs` times `steps` steps."""

    steps: int = 300
    runs: int = 3


def steps_a_second(network: MelodyNetwork, batch: int, device: torch.device, effort: Effort) -> float:
    """Steps that all melodies of a batch make together in a second.

    What counts is all that sampling a step takes: the view of what stands there, the network, the events'
    chances and the draw. What composing adds, guidance and the search for copies, is not in it.
    """
    asked = conditions(batch, device)
    events = torch.zeros(batch, WARM_UP + effort.steps, dtype=torch.int64, device=device)
    places = Places.of(torch.arange(events.shape[1], device=device), asked)
    by_step = list(places.each())

    def run() -> Callable[[], None]:
        state = network.opening(places)

        def step(number: int) -> None:
            nonlocal state
            context = by_step[number].look(events)
            logits, state = network(context, state)
            events[:, number] = drawn(event_log_probabilities(logits, context)[:, 0])

        for number in range(WARM_UP):
            step(number)

        def timed() -> None:
            for number in range(WARM_UP, WARM_UP + effort.steps):
                step(number)

        return timed

    with torch.inference_mode():
        seconds = min(seconds_of(run(), device) for _ in range(effort.runs))
    return batch * effort.steps / seconds


def conditions(batch: int, device: torch.device) -> Conditions:
    """What a request for a happy minute asks of each melody; the speed does not hang on it."""
    plan, _ = plan_anew(Request.of("happy", 0.8, 60.0, 1))
    return asked_conditions(plan, batch).each(lambda part: part.to(device))


def drawn(log_probabilities: Tensor) -> Tensor:
    """One event a row, (B, events) to (B,), by the inverse of the cumulated probability."""
    cumulated = torch.softmax(log_probabilities / TEMPERATURE, dim=-1).double().cumsum(-1)
    chance = torch.rand(len(cumulated), 1, dtype=torch.float64, device=cumulated.device)
    return torch.searchsorted(cumulated, chance * cumulated[:, -1:], right=True).squeeze(1)


def seconds_of(work: Callable[[], None], device: torch.device) -> float:
    """How long the work takes, up to the end of what it set going on the device."""
    _wait_for(device)
    start = time.perf_counter()
    work()
    _wait_for(device)
    return time.perf_counter() - start


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
