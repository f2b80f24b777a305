"""One LSTM of 512 with batch normalisation (Munkhbat et al., the smallest of their three)."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork, Recipe
from generator.networks.context import Context
from generator.networks.recurrent import SteppingLSTM


@dataclass(frozen=True)
class MunkhbatConfig:
    """The sizes of the network: `units` of each LSTM layer, the share `dropout` of them left out in learning."""

    units: int = 512
    dropout: float = 0.3


class LSTM1(MelodyNetwork):
    """LSTM, batch normalisation, dropout, softmax over events; learned with RMSprop and cross-entropy."""

    name: ClassVar[str] = "lstm_1"
    recipe: ClassVar[Recipe] = Recipe("rmsprop", 1e-3)
    layers: ClassVar[int] = 1

    def __init__(self, config: MunkhbatConfig) -> None:
        super().__init__(asdict(config))
        dropout = config.dropout if self.layers > 1 else 0.0
        self.lstm = SteppingLSTM(inputs.EVENT_WIDTH, config.units, self.layers, dropout)
        self.normalise = nn.BatchNorm1d(config.units)
        self.dropout = nn.Dropout(config.dropout)
        self.event = self.head(config)

    @staticmethod
    def head(config: MunkhbatConfig) -> nn.Module:
        """From the normalised units to EVENT_COUNT logits."""
        return nn.Linear(config.units, EVENT_COUNT)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        hidden, state = self.lstm(inputs.last_event(context), state)  # (B, T, units)
        normal = self.normalise(hidden.flatten(0, 1)).view_as(hidden)
        return self.event(self.dropout(normal)), state  # (B, T, EVENT_COUNT)
