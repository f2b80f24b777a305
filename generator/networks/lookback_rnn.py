"""The melody LSTM with lookback: it sees and may say what stood one and two bars ago (Magenta's lookback_rnn)."""

from typing import ClassVar

import torch
from torch import Tensor

from generator.networks import inputs
from generator.networks.base import LOOKBACK_LABEL_COUNT
from generator.networks.basic_rnn import BasicRNN
from generator.networks.context import Context


class LookbackRNN(BasicRNN):
    """Basic RNN with lookback inputs, counters of the place in the bar, and the repeat labels."""

    name: ClassVar[str] = "lookback_rnn"
    width: ClassVar[int] = inputs.EVENT_WIDTH + inputs.LOOKBACK_WIDTH + inputs.POSITION_BITS
    labels: ClassVar[int] = LOOKBACK_LABEL_COUNT

    @staticmethod
    def encode(context: Context) -> Tensor:
        """(B, T, width): last event, events one and two bars before, repeat flags, binary counters of the step."""
        return torch.cat(
            [inputs.last_event(context), inputs.lookback(context), inputs.place_in_bar(context.places)], dim=-1
        )
