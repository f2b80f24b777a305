"""The melody LSTM with attention and key-aware inputs (Magenta's attention_rnn).

Attention is equations 1 to 3 of Cho & Hwang, whose result goes into the output and into the next step's
input; so each step must wait for the one before.
"""

from dataclasses import asdict, dataclass
from typing import ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from generator.networks import inputs
from generator.networks.base import LOOKBACK_LABEL_COUNT, MelodyNetwork
from generator.networks.context import Context


@dataclass(frozen=True)
class AttentionRNNConfig:
    """The sizes of the body.

    `units` of each of its two layers; attention over the last `attention_steps` outputs, compared in
    `attention_units` dimensions; `input_dropout` on the inputs, `dropout` before each layer and on the outputs,
    there with one mask for all steps of a call (Gal & Ghahramani 2016).
    """

    units: int = 256
    attention_steps: int = 40
    attention_units: int = 64
    dropout: float = 0.3
    input_dropout: float = 0.1


class Cell(NamedTuple):
    """An LSTM layer's output and memory, (B, units) each."""

    output: Tensor
    memory: Tensor


class State(NamedTuple):
    """What is carried from step to step.

    Attributes:
        lower: the first layer's cell.
        upper: the second layer's cell.
        attended: (B, units) the attention's last result, h' in equation 3.
        outputs: (B, N, units) the last N <= attention_steps outputs, h_i.
        keys: (B, N, attention_units) the same through W1.
    """

    lower: Cell
    upper: Cell
    attended: Tensor
    outputs: Tensor
    keys: Tensor


class AttentiveLSTM(nn.Module):
    """Two layers that read inputs of `width`, and what they attend to."""

    def __init__(self, width: int, config: AttentionRNNConfig) -> None:
        super().__init__()
        units = config.units
        self.sizes = config
        self.read = nn.Linear(width, 4 * units)
        self.lower = nn.Linear(2 * units, 4 * units, bias=False)
        self.upper = nn.Linear(2 * units, 4 * units)
        self.w1 = nn.Linear(units, config.attention_units, bias=False)
        self.w2 = nn.Linear(4 * units, config.attention_units, bias=False)
        self.v = nn.Parameter(torch.randn(config.attention_units) / config.attention_units**0.5)
        self.merge = nn.Linear(2 * units, units)
        self.dropout = nn.Dropout(config.dropout)
        self.input_dropout = nn.Dropout(config.input_dropout)

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """(B, T, width) to outputs merged with what was attended to, (B, T, units), and the state after."""
        x = self.read(self.input_dropout(x))  # (B, T, 4 units)
        state = state or self.start(x)
        ones = torch.ones_like(state.attended)
        masks = (self.dropout(ones), self.dropout(ones))
        outputs, attended = [], []
        for step in x.unbind(dim=1):
            state = self.step(step, state, masks)
            outputs.append(state.upper.output)
            attended.append(state.attended)
        both = torch.cat([torch.stack(outputs, dim=1), torch.stack(attended, dim=1)], dim=-1)
        return self.dropout(torch.tanh(self.merge(both))), state

    def start(self, x: Tensor) -> State:
        """The state before the first step, with as many rows as x."""
        zero = x.new_zeros(len(x), self.sizes.units)
        return State(
            lower=Cell(zero, zero.float()),
            upper=Cell(zero, zero.float()),
            attended=zero,
            outputs=x.new_zeros(len(x), 0, self.sizes.units),
            keys=x.new_zeros(len(x), 0, self.sizes.attention_units),
        )

    def step(self, x: Tensor, state: State, masks: tuple[Tensor, Tensor]) -> State:
        """One step: x (B, 4 units) in, the state after it out; a dropout mask (B, units) a layer."""
        below = torch.cat([state.attended * masks[0], state.lower.output], dim=-1)
        lower = _lstm(x + self.lower(below), state.lower)
        upper = _lstm(self.upper(torch.cat([lower.output * masks[1], state.upper.output], dim=-1)), state.upper)
        keep = self.sizes.attention_steps - 1
        return State(
            lower,
            upper,
            self.attend(torch.cat([*lower, *upper], dim=-1), state),
            torch.cat([state.outputs[:, -keep:], upper.output.unsqueeze(1)], dim=1),
            torch.cat([state.keys[:, -keep:], self.w1(upper.output).unsqueeze(1)], dim=1),
        )

    def attend(self, c: Tensor, state: State) -> Tensor:
        """(B, units): the last outputs, weighted by how well each answers to the cells' state c.

        u_i = v . tanh(W1 h_i + W2 c)   (1)
        a   = softmax(u)                (2)
        h'  = sum_i a_i h_i             (3)
        """
        if state.outputs.shape[1] == 0:
            return state.attended
        u = torch.tanh(state.keys + self.w2(c).unsqueeze(1)) @ self.v  # (B, N)
        a = torch.softmax(u, dim=-1).to(state.outputs.dtype)
        return (a.unsqueeze(1) @ state.outputs).squeeze(1)


class AttentionRNN(MelodyNetwork):
    """Lookback inputs and labels, attention, and what the sounding note is in the key."""

    name: ClassVar[str] = "attention_rnn"

    def __init__(self, config: AttentionRNNConfig) -> None:
        super().__init__(asdict(config))
        width = inputs.EVENT_WIDTH + inputs.LOOKBACK_WIDTH + inputs.POSITION_BITS + inputs.KEY_WIDTH
        self.body = AttentiveLSTM(width, config)
        self.label = nn.Linear(config.units, LOOKBACK_LABEL_COUNT)

    def forward(self, context: Context, state: State | None) -> tuple[Tensor, State]:
        read = [
            inputs.last_event(context),
            inputs.lookback(context),
            inputs.place_in_bar(context.places),
            inputs.key_awareness(context),
        ]
        merged, state = self.body(torch.cat(read, dim=-1), state)
        return self.label(merged), state  # (B, T, labels)


def _lstm(gates: Tensor, cell: Cell) -> Cell:
    """The cell after a step; gates (B, 4 units): input, forget, candidate, output, before their squashing."""
    enter, forget, candidate, leave = gates.chunk(4, dim=-1)
    memory = torch.sigmoid(forget + 1) * cell.memory + torch.sigmoid(enter) * torch.tanh(candidate)
    return Cell((torch.sigmoid(leave) * torch.tanh(memory)).to(gates.dtype), memory)
