"""A convolution over the last events and their maximum (the Conv1D of AI_generate_music)."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn.functional import max_pool1d

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork, Recipe
from generator.networks.context import Context

KERNEL = 3


@dataclass(frozen=True)
class Conv1DConfig:
    """The sizes of the network: `filters` three events wide, their maximum over `window` steps, `dense` units."""

    filters: int = 256
    dense: int = 64
    window: int = 40


class PooledConvolution(nn.Module):
    """Filters over the last three events, and the maximum of each over a window that ends at each step.

    A network that is given one window and predicts one event takes the global maximum; gliding along, the
    same numbers come out for all steps of a melody at once.
    """

    def __init__(self, config: Conv1DConfig) -> None:
        super().__init__()
        self.window = config.window
        self.filters = nn.Conv1d(inputs.EVENT_WIDTH, config.filters, KERNEL)

    def forward(self, x: Tensor, state: Tensor | None) -> tuple[Tensor, Tensor]:
        """(B, T, EVENT_WIDTH) to (B, T, filters), and the last events of the window."""
        x = x.transpose(1, 2)
        seen = x.new_zeros(len(x), x.shape[1], self.window + KERNEL - 2) if state is None else state
        x = torch.cat([seen, x], dim=-1)
        pooled = max_pool1d(self.filters(x).relu(), self.window, stride=1)
        return pooled.transpose(1, 2), x[..., -seen.shape[-1] :]


class Conv1D(MelodyNetwork):
    """Conv1D 256 of kernel 3, global max pooling, dense 64, softmax over events; learned with Adamax."""

    name: ClassVar[str] = "conv1d"
    recipe: ClassVar[Recipe] = Recipe("adamax", 4e-3)
    tiny: ClassVar[dict[str, Any]] = {"filters": 16}

    def __init__(self, config: Conv1DConfig) -> None:
        super().__init__(asdict(config))
        self.body = PooledConvolution(config)
        self.dense = nn.Linear(config.filters, config.dense)
        self.event = nn.Linear(config.dense, EVENT_COUNT)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        pooled, state = self.body(inputs.last_event(context), state)
        return self.event(self.dense(pooled).relu()), state  # (B, T, EVENT_COUNT)
