"""LB-Attention: the melody LSTM with lookback, attention, note position and emotion (Wang & Li).

Lookback is Magenta's (events one and two bars before the next, repeat flags, repeat labels); attention
is equations 1 to 3 of Cho & Hwang, whose result goes into the output and into the next step's input.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from generator.networks import inputs
from generator.networks.base import LABEL_COUNT, MelodyNetwork
from generator.networks.context import Context


@dataclass(frozen=True)
class LBAttentionConfig:
    """The sizes of the network.

    `units` of each of `layers` LSTM layers; attention over the last `attention_steps` outputs, compared
    in `attention_units` dimensions; `input_dropout` on the inputs, `dropout` before each layer and the
    labels, there with one mask for all steps of a call (Gal & Ghahramani 2016).
    """

    units: int = 256
    layers: int = 2
    attention_steps: int = 40
    attention_units: int = 64
    dropout: float = 0.3
    input_dropout: float = 0.1


@dataclass(frozen=True)
class State:
    """What is carried from step to step.

    Attributes:
        cells: a hidden and a cell state, (B, units) each, for every layer.
        attended: (B, units) the attention's last result, h' in equation 3.
        outputs: (B, N, units) the last N <= attention_steps outputs, h_i.
        keys: (B, N, attention_units) the same through W1.
    """

    cells: tuple[tuple[Tensor, Tensor], ...]
    attended: Tensor
    outputs: Tensor
    keys: Tensor


class LBAttention(MelodyNetwork):
    """The served composer."""

    name: ClassVar[str] = "lb_attention"

    def __init__(self, config: LBAttentionConfig) -> None:
        super().__init__(asdict(config))
        self.sizes = config
        width = (
            inputs.EVENT_WIDTH
            + inputs.LOOKBACK_WIDTH
            + inputs.POSITION_WIDTH
            + inputs.METRE_WIDTH
            + inputs.EMOTION_WIDTH
        )
        self.read = nn.Linear(width, config.units)
        self.recall = nn.Linear(config.units, config.units, bias=False)
        self.cells = nn.ModuleList(nn.LSTMCell(config.units, config.units) for _ in range(config.layers))
        self.w1 = nn.Linear(config.units, config.attention_units, bias=False)
        self.w2 = nn.Linear(2 * config.layers * config.units, config.attention_units, bias=False)
        self.v = nn.Parameter(torch.randn(config.attention_units) / config.attention_units**0.5)
        self.merge = nn.Linear(2 * config.units, config.units)
        self.label = nn.Linear(config.units, LABEL_COUNT)
        self.dropout = nn.Dropout(config.dropout)
        self.input_dropout = nn.Dropout(config.input_dropout)

    def forward(self, context: Context, state: State | None) -> tuple[Tensor, State]:
        x = self.read(self.input_dropout(self.encode(context)))  # (B, T, units)
        state = state or self.start(len(x))
        masks = [self.dropout(torch.ones_like(x[:, 0])) for _ in self.cells]
        merged = []
        for step in x.unbind(dim=1):
            output, state = self.step(step, state, masks)
            merged.append(output)
        return self.label(self.dropout(torch.stack(merged, dim=1))), state  # (B, T, labels)

    @staticmethod
    def encode(context: Context) -> Tensor:
        """(B, T, width): last event, lookback, note position, metre, emotion and mode."""
        return torch.cat(
            [
                inputs.last_event(context),
                inputs.lookback(context),
                inputs.note_position(context),
                inputs.metre(context),
                inputs.emotion(context),
            ],
            dim=-1,
        )

    def start(self, batch: int) -> State:
        """The state before the first step."""
        zero = self.v.new_zeros(batch, self.sizes.units)
        return State(
            cells=tuple((zero, zero) for _ in self.cells),
            attended=zero,
            outputs=self.v.new_zeros(batch, 0, self.sizes.units),
            keys=self.v.new_zeros(batch, 0, self.sizes.attention_units),
        )

    def step(self, x: Tensor, state: State, masks: list[Tensor]) -> tuple[Tensor, State]:
        """One step: x (B, units) in, the merged output (B, units) out; a dropout mask a layer."""
        below = x + self.recall(state.attended)  # the attention's last result joins the input
        cells = []
        for cell, held, mask in zip(self.cells, state.cells, masks, strict=True):
            hidden, memory = cell(below * mask, held)
            cells.append((hidden, memory))
            below = hidden
        attended = self.attend(torch.cat([part for held in cells for part in held], dim=-1), state)
        merged = torch.tanh(self.merge(torch.cat([below, attended], dim=-1)))
        keep = self.sizes.attention_steps - 1
        return merged, State(
            cells=tuple(cells),
            attended=attended,
            outputs=torch.cat([state.outputs[:, -keep:], below.unsqueeze(1)], dim=1),
            keys=torch.cat([state.keys[:, -keep:], self.w1(below).unsqueeze(1)], dim=1),
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
        a = torch.softmax(u, dim=-1)
        return (a.unsqueeze(1) @ state.outputs).squeeze(1)

    @staticmethod
    def detach(state: Any) -> State:
        return State(
            tuple((hidden.detach(), memory.detach()) for hidden, memory in state.cells),
            state.attended.detach(),
            state.outputs.detach(),
            state.keys.detach(),
        )
