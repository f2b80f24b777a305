"""The convolution and the stacked LSTMs side by side (the merged network of AI_generate_music)."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork, Recipe
from generator.networks.context import Context
from generator.networks.conv1d import Conv1DConfig, PooledConvolution
from generator.networks.lstm import StackedLSTM, StackedLSTMConfig


@dataclass(frozen=True)
class Conv1DLSTMConfig:
    """The sizes of its two halves, as they have them alone."""

    units: int = 512
    dropout: float = 0.1
    filters: int = 256
    dense: int = 64
    window: int = 40


class Conv1DLSTM(MelodyNetwork):
    """Both halves on the last event, laid side by side, dense 64, softmax over events; learned with Adamax."""

    name: ClassVar[str] = "conv1d_lstm"
    recipe: ClassVar[Recipe] = Recipe("adamax", 4e-3)

    def __init__(self, config: Conv1DLSTMConfig) -> None:
        super().__init__(asdict(config))
        self.convolution = PooledConvolution(Conv1DConfig(config.filters, config.dense, config.window))
        self.lstm = StackedLSTM(StackedLSTMConfig(config.units, config.dropout))
        self.dense = nn.Linear(config.filters + config.units // 2, config.dense)
        self.event = nn.Linear(config.dense, EVENT_COUNT)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        convolved_state, lstm_state = state or (None, None)
        x = inputs.last_event(context)
        convolved, convolved_state = self.convolution(x, convolved_state)
        hidden, lstm_state = self.lstm(x, lstm_state)
        merged = self.dense(torch.cat([convolved, hidden], dim=-1)).relu()
        return self.event(merged), (convolved_state, lstm_state)  # (B, T, EVENT_COUNT)
