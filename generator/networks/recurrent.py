"""LSTM layers that are quick both over many steps and one step at a time."""

from typing import Any

import torch
from torch import Tensor, nn


class SteppingLSTM(nn.LSTM):
    """`nn.LSTM` over (B, T, features), with a way of its own for a single step when not learning.

    Over many steps torch hands the layer to oneDNN, which lays out the weights anew at every call: a single step
    of 256 units then takes 0.86 ms for 16 rows, most of it in the laying out.
    """

    def __init__(self, width: int, units: int, layers: int = 1, dropout: float = 0.0) -> None:
        super().__init__(width, units, layers, dropout=dropout, batch_first=True)

    def forward(  # type: ignore[override]  # only batches of one form, and no packed ones
        self, x: Tensor, state: Any = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """(B, T, width) and the state, None at the start, to (B, T, units) and the state after."""
        if self.training or x.shape[1] != 1 or state is None:
            output, after = super().forward(x, state)
            return output, after
        step, outputs, memories = x[:, 0], [], []
        for weights, output, memory in zip(self.all_weights, *state, strict=True):
            step, memory = torch.lstm_cell(step, (output, memory), *weights)
            outputs.append(step)
            memories.append(memory)
        return step.unsqueeze(1), (torch.stack(outputs), torch.stack(memories))
