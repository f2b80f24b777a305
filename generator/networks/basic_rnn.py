"""The basic melody LSTM: two layers on the last event alone (Magenta's basic_rnn)."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork
from generator.networks.context import Context


@dataclass(frozen=True)
class BasicRNNConfig:
    """The sizes of the network: `units` of each of `layers` LSTM layers, `dropout` between them."""

    units: int = 256
    layers: int = 2
    dropout: float = 0.3


class BasicRNN(MelodyNetwork):
    """What LB-Attention is measured against."""

    name: ClassVar[str] = "basic_rnn"

    def __init__(self, config: BasicRNNConfig) -> None:
        super().__init__(asdict(config))
        self.lstm = nn.LSTM(inputs.EVENT_WIDTH, config.units, config.layers, dropout=config.dropout, batch_first=True)
        self.dropout = nn.Dropout(config.dropout)
        self.event = nn.Linear(config.units, EVENT_COUNT)

    def forward(self, context: Context, state: tuple[Tensor, Tensor] | None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        hidden, state = self.lstm(inputs.last_event(context), state)  # (B, T, units)
        return self.event(self.dropout(hidden)), state  # (B, T, EVENT_COUNT)

    @staticmethod
    def detach(state: Any) -> tuple[Tensor, Tensor]:
        return state[0].detach(), state[1].detach()
