"""Two LSTMs of 512 with batch normalisation and a dense layer (Munkhbat et al., the largest of their three)."""

from typing import ClassVar

from torch import nn

from generator.melody.events import EVENT_COUNT
from generator.networks.lstm_1 import MunkhbatConfig
from generator.networks.lstm_2 import LSTM2


class LSTM3(LSTM2):
    """As `lstm_2`, with a dense layer of half the units, ReLU and dropout before the softmax."""

    name: ClassVar[str] = "lstm_3"

    @staticmethod
    def head(config: MunkhbatConfig) -> nn.Module:
        dense = config.units // 2
        return nn.Sequential(
            nn.Linear(config.units, dense), nn.ReLU(), nn.Dropout(config.dropout), nn.Linear(dense, EVENT_COUNT)
        )
