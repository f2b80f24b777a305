"""LB-Attention: the melody LSTM with lookback, attention, note position and emotion (Wang & Li).

Lookback is Magenta's (events one and two bars before the next, repeat flags, repeat labels), and goes on
to the bar that the form has this one take up. Emotion comes as musical attributes (EmoGen). Attention
weighs the last outputs as in equations 1 to 3 of Cho & Hwang, but its result goes on to the second layer
of the same step instead of the first layer of the next: all steps of a chunk can then be learned at once.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import LABEL_COUNT, MelodyNetwork
from generator.networks.context import Context
from generator.networks.recurrent import SteppingLinear, SteppingLSTM, quick_tanh


@dataclass(frozen=True)
class LBAttentionConfig:
    """The sizes of the network, and what it goes without in an ablation.

    `units` of each of its two layers; attention over the last `attention_steps` outputs of the first, compared
    in `attention_units` dimensions; `input_dropout` on the inputs, `dropout` before and after the second layer.

    Without `lookback` it has neither its inputs nor the echo's nor any repeat label; without `attention` nothing
    to look back with; without `position` neither the places in bar, phrase and piece nor the metre; without
    `emotion` neither attributes nor mode.
    """

    units: int = 256
    attention_steps: int = 40
    attention_units: int = 64
    dropout: float = 0.3
    input_dropout: float = 0.1
    lookback: bool = True
    attention: bool = True
    position: bool = True
    emotion: bool = True

    @property
    def width(self) -> int:
        """Of the input vector."""
        return (
            inputs.EVENT_WIDTH
            + (inputs.LOOKBACK_WIDTH + inputs.ECHO_WIDTH) * self.lookback
            + (inputs.POSITION_WIDTH + inputs.METRE_WIDTH) * self.position
            + (inputs.ATTRIBUTES_WIDTH + inputs.MODE_WIDTH) * self.emotion
        )


class Memory(NamedTuple):
    """The last N = attention_steps outputs of the first layer, zeros where there were none yet.

    They lie in a ring, so that a single step overwrites the oldest and moves none.

    Attributes:
        outputs: (B, N, units) h_i.
        keys: (B, N, attention_units) the same through W1.
        seen: (B, N) 1.0 where there was one.
        oldest: the place of the oldest of them, 0..N - 1.
    """

    outputs: Tensor
    keys: Tensor
    seen: Tensor
    oldest: int

    def in_order(self) -> tuple[Tensor, Tensor, Tensor]:
        """Outputs, keys and seen, the oldest first."""
        outputs, keys, seen = (part.roll(-self.oldest, 1) for part in self[:3])
        return outputs, keys, seen


class Attention(nn.Module):
    """Looks back over the last outputs from each step.

    u_i = v . tanh(W1 h_i + W2 h_t)   (1)
    a   = softmax(u)                  (2), with a further u = 0 that stands for nothing at all
    h'  = sum_i a_i h_i               (3)
    """

    def __init__(self, config: LBAttentionConfig) -> None:
        super().__init__()
        self.reach = config.attention_steps
        self.w1 = SteppingLinear(config.units, config.attention_units, bias=False)
        self.w2 = SteppingLinear(config.units, config.attention_units, bias=False)
        self.v = nn.Parameter(torch.randn(config.attention_units) / config.attention_units**0.5)

    def forward(self, outputs: Tensor, memory: Memory | None) -> tuple[Tensor, Memory]:
        """(B, T, units) to what each step attends to among the `reach` outputs before it, (B, T, units).

        A single step writes into `memory` itself when not learning.
        """
        memory = memory or self.empty(outputs)
        if outputs.shape[1] == 1 and not torch.is_grad_enabled():
            return self._step(outputs, memory)
        batch, steps, _ = outputs.shape
        added = outputs, self.w1(outputs), outputs.new_ones(batch, steps)
        known, keys, seen = (torch.cat(parts, dim=1) for parts in zip(memory.in_order(), added, strict=True))
        near = keys[:, :-1].unfold(1, self.reach, 1).transpose(2, 3)  # (B, T, N, attention_units)
        a = self._weights(near, self.w2(outputs).unsqueeze(2), seen[:, :-1].unfold(1, self.reach, 1))
        place = torch.arange(steps, device=a.device).unsqueeze(1) + torch.arange(self.reach, device=a.device)
        band = a.new_zeros(batch, steps, steps + self.reach).scatter(2, place.expand(batch, -1, -1), a)
        last = slice(-self.reach, None)
        return band.to(known.dtype) @ known, Memory(known[:, last], keys[:, last], seen[:, last], oldest=0)

    def _step(self, output: Tensor, memory: Memory) -> tuple[Tensor, Memory]:
        """The same for one step, (B, 1, units), whose output takes the place of the oldest."""
        a = self._weights(memory.keys, self.w2(output), memory.seen)
        attended = a.unsqueeze(1) @ memory.outputs
        memory.outputs[:, memory.oldest] = output[:, 0]
        memory.keys[:, memory.oldest] = self.w1(output)[:, 0]
        memory.seen[:, memory.oldest] = 1.0
        return attended, memory._replace(oldest=(memory.oldest + 1) % self.reach)

    def _weights(self, keys: Tensor, query: Tensor, seen: Tensor) -> Tensor:
        """Equations 1 and 2: (..., N, attention_units), (..., 1, attention_units) and (..., N) to a, (..., N)."""
        u = quick_tanh(keys + query) @ self.v
        u = u.masked_fill(seen == 0, float("-inf"))
        return torch.softmax(torch.cat([u, torch.zeros_like(u[..., :1])], dim=-1), dim=-1)[..., :-1]

    def empty(self, outputs: Tensor) -> Memory:
        """The memory before the first output."""
        batch, _, units = outputs.shape
        return Memory(
            outputs.new_zeros(batch, self.reach, units),
            outputs.new_zeros(batch, self.reach, len(self.v)),
            outputs.new_zeros(batch, self.reach),
            oldest=0,
        )


class LBAttention(MelodyNetwork):
    """The served composer."""

    name: ClassVar[str] = "lb_attention"

    def __init__(self, config: LBAttentionConfig) -> None:
        super().__init__(asdict(config))
        self.parts = config
        units = config.units
        self.lower = SteppingLSTM(config.width, units)
        self.attention = Attention(config) if config.attention else None
        self.upper = SteppingLSTM(2 * units if config.attention else units, units)
        self.merge = SteppingLinear(2 * units if config.attention else units, units)
        self.label = SteppingLinear(units, LABEL_COUNT if config.lookback else EVENT_COUNT)
        self.dropout = nn.Dropout(config.dropout)
        self.input_dropout = nn.Dropout(config.input_dropout)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        lower_state, memory, upper_state = state or (None, None, None)
        below, lower_state = self.lower(self.input_dropout(self.encode(context)), lower_state)  # (B, T, units)
        if self.attention is None:
            above, upper_state = self.upper(self.dropout(below), upper_state)
            merged = self.merge(above)
        else:
            attended, memory = self.attention(below, memory)
            above, upper_state = self.upper(self.dropout(torch.cat([below, attended], dim=-1)), upper_state)
            merged = self.merge(torch.cat([above, attended], dim=-1))
        return self.label(self.dropout(torch.tanh(merged))), (lower_state, memory, upper_state)  # (B, T, labels)

    def encode(self, context: Context) -> Tensor:
        """(B, T, width): last event, lookback and echo, note position and metre, attributes and mode."""
        read = [inputs.last_event(context)]
        if self.parts.lookback:
            read += [inputs.lookback(context), inputs.echo(context)]
        if self.parts.position:
            read += [inputs.note_position(context), inputs.metre(context)]
        if self.parts.emotion:
            read += [inputs.attributes(context), inputs.mode(context)]
        return torch.cat(read, dim=-1)
