"""LSTM layers that are quick both over many steps and one step at a time."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding_bag, linear

USUAL_ROWS = 32
"""What the weights of a step are laid out for; other numbers of rows are reckoned as well, a little slower."""


class SteppingLSTM(nn.LSTM):
    """`nn.LSTM` over (B, T, features), with a way of its own for a single step when not learning.

    Over many steps torch hands the layer to oneDNN, which lays out the weights anew at every call; so does a single
    step by `torch.lstm_cell`, with two products. Here they are laid out once and make one product.
    """

    def __init__(
        self, width: int, units: int, layers: int = 1, dropout: float = 0.0, table: Tensor | None = None
    ) -> None:
        """Of the given sizes. The rows of `table` (R, columns) are what may stand in the first columns of an input."""
        super().__init__(width, units, layers, dropout=dropout, batch_first=True)
        self._table = table
        self._laid_out: list[Product] | None = None
        self._looked_up: Tensor | None = None

    def forward(  # type: ignore[override]  # only batches of one form, and no packed ones
        self, x: Tensor, state: Any = None, spelling: Tensor | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """(B, T, width) and the state to (B, T, units) and the state after.

        The state is the outputs and the memories, (B, layers, units) each, or None at the start. A single step's x
        comes without the columns of the table, if there is one: the sum of its rows `spelling` (B, 1, K) stands there.
        What each row makes of the gates is looked up, which is a tenth of the work of a product with zeros and ones.
        """
        if not self.steps(x, state):
            self._laid_out = None
            before = None if state is None else (_layers_first(state[0]), _layers_first(state[1]))
            after_all, (output, memory) = super().forward(x, before)
            return after_all, (output.transpose(0, 1), memory.transpose(0, 1))
        laid_out, outputs, memories = self._laid_out or self._lay_out(), [], []
        for product, output, memory in zip(laid_out, state[0].split(1, dim=1), state[1].split(1, dim=1), strict=True):
            gates = product(torch.cat([x, output], dim=-1))
            if spelling is not None:
                assert self._looked_up is not None
                gates += embedding_bag(spelling[:, 0], self._looked_up, mode="sum").unsqueeze(1)
                spelling = None
            let_in, keep, new, let_out = gates.sigmoid_().chunk(4, dim=-1)
            memory = (keep * memory).sub_(let_in).addcmul_(let_in, new, value=2)
            x = let_out * torch.tanh(memory)
            outputs.append(x)
            memories.append(memory)
        return x, (_along_layers(outputs), _along_layers(memories))

    def steps(self, x: Tensor, state: Any) -> bool:
        """Whether (B, T, features) is one step after others, and not to be learned from."""
        return x.shape[1] == 1 and state is not None and not self.training

    def _lay_out(self) -> list["Product"]:
        left_out = 0
        if self._table is not None:
            left_out = self._table.shape[1]
            of_x = self.all_weights[0][0]
            rows = self._table.to(of_x.device) @ of_x[:, :left_out].T
            self._looked_up = self._doubled(rows.T).T.contiguous().detach()
        self._laid_out = []
        for of_x, of_output, bias, other_bias in self.all_weights:
            weight = torch.cat([of_x[:, left_out:], of_output], dim=1)
            self._laid_out.append(Product(self._doubled(weight), self._doubled(bias + other_bias)))
            left_out = 0
        return self._laid_out

    def _doubled(self, rows: Tensor) -> Tensor:
        """The rows (4 * units, ...) with those of what is new doubled, so that one sigmoid serves all four gates."""
        factor = rows.new_ones(4).index_fill(0, torch.tensor(2, device=rows.device), 2.0)
        return rows * factor.repeat_interleave(self.hidden_size).reshape(-1, *[1] * (rows.dim() - 1))


class SteppingLinear(nn.Linear):
    """`nn.Linear` over (B, T, width) that has its weights laid out once for single steps when not learning."""

    _laid_out: "Product | None" = None

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, width) to (B, T, units)."""
        if self.training or torch.is_grad_enabled() or x.shape[1] != 1:
            self._laid_out = None
            return super().forward(x)
        if self._laid_out is None:
            self._laid_out = Product(self.weight, self.bias)
        return self._laid_out(x)


class Product:
    """A linear layer with fixed weights, laid out for the processor once where oneDNN can."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        self.bias = None if bias is None else bias.detach()
        self.weight = weight.detach()
        self.laid_out = None
        if weight.device.type == "cpu" and torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
            self.laid_out = torch.ops.mkldnn._reorder_linear_weight(self.weight, USUAL_ROWS)

    def __call__(self, x: Tensor) -> Tensor:
        """(..., width) to (..., units)."""
        if self.laid_out is None:
            return linear(x, self.weight, self.bias)
        product: Tensor = torch.ops.mkldnn._linear_pointwise(x, self.laid_out, self.bias, "none", [], "")
        return product


def _along_layers(parts: list[Tensor]) -> Tensor:
    """(B, 1, units) of each layer to (B, layers, units)."""
    return parts[0] if len(parts) == 1 else torch.cat(parts, dim=1)


def _layers_first(state: Tensor) -> Tensor:
    return state.transpose(0, 1).contiguous()
