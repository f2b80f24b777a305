"""All networks of the bench on one device, side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from generator.benchmarking.reading import readings_a_second
from generator.benchmarking.stepping import Effort, steps_a_second
from generator.benchmarking.windows import WINDOWED, WINDOWS, windows_a_second
from generator.composing.sampling import one_thread
from generator.networks.checkpoint import NETWORK_NAMES, build_network

BATCHES = (1, 32)
SERVED_NETWORK = "lb_attention"
RIVAL = "conv1d_lstm"

Speeds = dict[int, float]
"""Steps a second by the number of melodies that are written at once."""


@dataclass(frozen=True)
class DeviceSpeeds:
    """What was measured on a device, in steps a second.

    Attributes:
        device: its name for people, such as "CPU".
        carried: every network by name, its state carried on.
        windowed: the networks of AI_generate_music by name and window, the window read again for every event.
        bound: what the served network could reach if a step took no longer than reading its weights once.
    """

    device: str
    carried: dict[str, Speeds]
    windowed: dict[tuple[str, int], Speeds]
    bound: Speeds

    def times_the_rival(self, window: int) -> Speeds:
        """How many times as quick the served network is as its rival that reads so long a window."""
        return _ratio(self.carried[SERVED_NETWORK], self.windowed[RIVAL, window])

    @property
    def share_of_bound(self) -> Speeds:
        return _ratio(self.carried[SERVED_NETWORK], self.bound)

    @property
    def facts(self) -> dict[str, Any]:
        """All of it as JSON takes it."""
        return {
            "device": self.device,
            "steps_a_second": {name: _rounded(speeds) for name, speeds in self.carried.items()},
            "window_read_again": {
                f"{name}, {window}": _rounded(speeds) for (name, window), speeds in self.windowed.items()
            },
            "times_the_rival": {str(window): _rounded(self.times_the_rival(window)) for window in WINDOWS},
            "bound": _rounded(self.bound),
            "share_of_bound": _rounded(self.share_of_bound),
        }


def devices() -> dict[str, torch.device]:
    """The devices of this machine by their names for people."""
    found = {"CPU": torch.device("cpu")}
    return found | ({"GPU": torch.device("cuda")} if torch.cuda.is_available() else {})


def tasks() -> int:
    """How often `measure` tells of something done."""
    return len(NETWORK_NAMES) + len(WINDOWED) * len(WINDOWS)


def measure(name: str, device: torch.device, effort: Effort, done: Callable[[], None]) -> DeviceSpeeds:
    """Measure freshly made networks of the default sizes, as speed does not hang on what they have learned."""
    with one_thread():
        carried = {}
        for network_name in NETWORK_NAMES:
            network = build_network(network_name).eval().to(device)
            carried[network_name] = {batch: steps_a_second(network, batch, device, effort) for batch in BATCHES}
            done()
        windowed = {}
        for network_name in WINDOWED:
            network = build_network(network_name).eval().to(device)
            for window in WINDOWS:
                windowed[network_name, window] = {
                    batch: windows_a_second(network, batch, device, window, effort) for batch in BATCHES
                }
                done()
        readings = readings_a_second(build_network(SERVED_NETWORK).parameter_count, device, effort)
    return DeviceSpeeds(name, carried, windowed, {batch: batch * readings for batch in BATCHES})


def _rounded(speeds: Speeds) -> dict[str, float]:
    return {str(batch): round(speed, 4) for batch, speed in speeds.items()}


def _ratio(speeds: Speeds, others: Speeds) -> Speeds:
    return {batch: speed / others[batch] for batch, speed in speeds.items()}
