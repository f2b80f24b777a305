"""Two stacked LSTMs, 512 and 256 (the LSTM of AI_generate_music)."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork, Recipe
from generator.networks.context import Context
from generator.networks.recurrent import SteppingLSTM


@dataclass(frozen=True)
class StackedLSTMConfig:
    """The sizes of the network: the second LSTM has half of the first one's `units`; `dropout` after each."""

    units: int = 512
    dropout: float = 0.1


class StackedLSTM(nn.Module):
    """Two LSTMs, the second half as wide as the first, with dropout after each."""

    def __init__(self, config: StackedLSTMConfig) -> None:
        super().__init__()
        self.first = SteppingLSTM(inputs.EVENT_WIDTH, config.units)
        self.second = SteppingLSTM(config.units, config.units // 2)
        self.dropout = nn.Dropout(config.dropout)
        for layer in (self.first, self.second):
            # As its authors' library does; with closed forget gates it hardly learned in two epochs.
            _, forget, _, _ = layer.get_parameter("bias_ih_l0").chunk(4)
            nn.init.ones_(forget)

    def forward(self, x: Tensor, state: Any) -> tuple[Tensor, Any]:
        """(B, T, EVENT_WIDTH) to (B, T, units / 2), and the state after."""
        first_state, second_state = state or (None, None)
        x, first_state = self.first(x, first_state)
        x, second_state = self.second(self.dropout(x), second_state)
        return self.dropout(x), (first_state, second_state)


class LSTM(MelodyNetwork):
    """LSTM 512, LSTM 256, a dense layer as wide as the last, softmax over events; learned with Adamax.

    Its authors drop symbols that occur fewer than ten times. Of the grid's events only one is that rare
    (C sharp 3), and it stays: all networks here are measured on one alphabet.
    """

    name: ClassVar[str] = "lstm"
    recipe: ClassVar[Recipe] = Recipe("adamax", 4e-3)

    def __init__(self, config: StackedLSTMConfig) -> None:
        super().__init__(asdict(config))
        width = config.units // 2
        self.body = StackedLSTM(config)
        self.dense = nn.Linear(width, width)
        self.event = nn.Linear(width, EVENT_COUNT)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        hidden, state = self.body(inputs.last_event(context), state)
        return self.event(self.dense(hidden).relu()), state  # (B, T, EVENT_COUNT)
