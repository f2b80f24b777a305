"""The basic melody LSTM: two layers on the last event alone (Magenta's basic_rnn)."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork
from generator.networks.context import Context
from generator.networks.recurrent import SteppingLSTM


@dataclass(frozen=True)
class BasicRNNConfig:
    """The sizes of the network: `units` of each of `layers` LSTM layers, `dropout` between them."""

    units: int = 256
    layers: int = 2
    dropout: float = 0.3


class BasicRNN(MelodyNetwork):
    """What all others are measured against."""

    name: ClassVar[str] = "basic_rnn"
    width: ClassVar[int] = inputs.EVENT_WIDTH
    labels: ClassVar[int] = EVENT_COUNT

    def __init__(self, config: BasicRNNConfig) -> None:
        super().__init__(asdict(config))
        self.lstm = SteppingLSTM(self.width, config.units, config.layers, config.dropout)
        self.dropout = nn.Dropout(config.dropout)
        self.event = nn.Linear(config.units, self.labels)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        hidden, state = self.lstm(self.encode(context), state)  # (B, T, units)
        return self.event(self.dropout(hidden)), state  # (B, T, labels)

    @staticmethod
    def encode(context: Context) -> Tensor:
        """(B, T, width): the last event."""
        return inputs.last_event(context)
