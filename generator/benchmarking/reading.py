"""How often a device can read a network's weights in a second: no step that reads them all can be quicker."""

import torch

from generator.benchmarking.stepping import Effort, seconds_of

COLUMNS = 1024


def readings_a_second(parameters: int, device: torch.device, effort: Effort) -> float:
    """Times a second that so many 32-bit numbers are read, again and again as a network's weights are.

    They stay in whatever cache holds them, as the weights do. Read by summing and by a product with a vector; the
    quicker counts.
    """
    numbers = torch.ones(parameters, device=device)
    matrix = numbers[: parameters // COLUMNS * COLUMNS].view(-1, COLUMNS)
    vector = torch.ones(COLUMNS, device=device)

    def summed() -> None:
        for _ in range(effort.steps):
            numbers.sum()

    def multiplied() -> None:
        for _ in range(effort.steps):
            matrix @ vector

    with torch.inference_mode():
        # The first time of each warms up.
        seconds = min(seconds_of(way, device) for _ in range(effort.runs + 1) for way in (summed, multiplied))
    return effort.steps / seconds
