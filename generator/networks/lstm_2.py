"""Two LSTMs of 512 with batch normalisation (Munkhbat et al.)."""

from typing import ClassVar

from generator.networks.lstm_1 import LSTM1


class LSTM2(LSTM1):
    """As `lstm_1`, with a second LSTM on the first."""

    name: ClassVar[str] = "lstm_2"
    layers: ClassVar[int] = 2
