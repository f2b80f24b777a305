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
from generator.networks.context import Context, Places
from generator.networks.recurrent import Product, SteppingLinear, SteppingLSTM


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
            + (inputs.LOOKBACK_WIDTH + inputs.ECHO_WIDTH + inputs.LIKENESS_WIDTH) * self.lookback
            + (inputs.POSITION_WIDTH + inputs.METRE_WIDTH) * self.position
            + (inputs.ATTRIBUTES_WIDTH + inputs.MODE_WIDTH) * self.emotion
        )


class Memory(NamedTuple):
    """The last N = attention_steps outputs of the first layer, zeros where there were none yet.

    They lie in a ring, so that a single step overwrites the oldest and moves none.

    Attributes:
        outputs: (B, N, units) h_i.
        keys: (B, N, attention_units) the same through 2 W1.
        written: how many outputs there were in all; the next one's place in the ring is this modulo N.
    """

    outputs: Tensor
    keys: Tensor
    written: int

    def in_order(self) -> tuple[Tensor, Tensor]:
        """Outputs and keys, the latest last."""
        outputs, keys = (part.roll(-self.written, 1) for part in self[:2])
        return outputs, keys


class Attention(nn.Module):
    """Looks back over the last outputs from each step.

    u_i = v . tanh(W1 h_i + W2 h_t)   (1)
    a   = softmax(u)                  (2), with a further u = 0 that stands for nothing at all
    h'  = sum_i a_i h_i               (3)
    """

    def __init__(self, config: LBAttentionConfig) -> None:
        super().__init__()
        self.reach = config.attention_steps
        self.w1 = nn.Linear(config.units, config.attention_units, bias=False)
        self.w2 = nn.Linear(config.units, config.attention_units, bias=False)
        self.v = nn.Parameter(torch.randn(config.attention_units) / config.attention_units**0.5)
        self._laid_out: Product | None = None

    def forward(self, outputs: Tensor, memory: Memory | None) -> tuple[Tensor, Memory]:
        """(B, T, units) to what each step attends to among the `reach` outputs before it, (B, T, units).

        A single step writes into `memory` itself when not learning.
        """
        memory = memory or self.empty(outputs)
        if outputs.shape[1] == 1 and not torch.is_grad_enabled():
            return self._step(outputs, memory)
        self._laid_out = None
        batch, steps, _ = outputs.shape
        added = outputs, 2 * self.w1(outputs)
        known, keys = (torch.cat(parts, dim=1) for parts in zip(memory.in_order(), added, strict=True))
        near = keys[:, :-1].unfold(1, self.reach, 1).transpose(2, 3)  # (B, T, N, attention_units)
        place = torch.arange(steps, device=keys.device).unsqueeze(1) + torch.arange(self.reach, device=keys.device)
        a = self._weights(near, 2 * self.w2(outputs).unsqueeze(2), place + memory.written < self.reach)
        band = a.new_zeros(batch, steps, steps + self.reach).scatter(2, place.expand(batch, -1, -1), a)
        last, written = slice(-self.reach, None), memory.written + steps
        latest = Memory(known[:, last].roll(written, 1), keys[:, last].roll(written, 1), written)
        return band.to(known.dtype) @ known, latest

    def _step(self, output: Tensor, memory: Memory) -> tuple[Tensor, Memory]:
        """The same for one step, (B, 1, units), whose output takes the place of the oldest."""
        if self._laid_out is None:
            self._laid_out = Product(2 * torch.cat([self.w1.weight, self.w2.weight]), None)
        key, query = self._laid_out(output).chunk(2, dim=-1)
        known = slice(min(memory.written, self.reach))
        a = self._weights(memory.keys[:, known], query)
        attended = a.unsqueeze(1) @ memory.outputs[:, known]
        place = memory.written % self.reach
        memory.outputs[:, place : place + 1] = output
        memory.keys[:, place : place + 1] = key
        return attended, memory._replace(written=memory.written + 1)

    def _weights(self, keys: Tensor, query: Tensor, none_there: Tensor | None = None) -> Tensor:
        """Equations 1 and 2: (..., N, attention_units) and (..., 1, attention_units) to a, (..., N).

        Keys and query come doubled, since tanh(x) = 2 s(2x) - 1 by the logistic function s, which torch reckons six
        times as fast. Every u then lies higher by the sum of v, and so does that of nothing at all.
        """
        u = torch.sigmoid(keys + query) @ (2 * self.v)
        if none_there is not None:
            u = u.masked_fill(none_there, float("-inf"))
        nothing = self.v.sum().expand_as(u[..., :1])
        return torch.softmax(torch.cat([u, nothing], dim=-1), dim=-1)[..., :-1]

    def empty(self, outputs: Tensor) -> Memory:
        """The memory before the first output."""
        batch, _, units = outputs.shape
        return Memory(
            outputs.new_zeros(batch, self.reach, units),
            outputs.new_zeros(batch, self.reach, len(self.v)),
            written=0,
        )


class State(NamedTuple):
    """What is carried from step to step, None at the start.

    Attributes:
        asked: (B, all steps, features) what is asked of each, if it was read beforehand.
        lower, upper: the layers' outputs and memories.
        memory: what is attended to.
    """

    asked: Tensor | None = None
    lower: tuple[Tensor, Tensor] | None = None
    memory: Memory | None = None
    upper: tuple[Tensor, Tensor] | None = None


class LBAttention(MelodyNetwork):
    """The served composer."""

    name: ClassVar[str] = "lb_attention"

    def __init__(self, config: LBAttentionConfig) -> None:
        super().__init__(asdict(config))
        self.parts = config
        units = config.units
        self.lower = SteppingLSTM(config.width, units, table=inputs.spelled() if config.lookback else None)
        self.attention = Attention(config) if config.attention else None
        self.upper = SteppingLSTM(2 * units if config.attention else units, units)
        self.merge = SteppingLinear(2 * units if config.attention else units, units)
        self.label = SteppingLinear(units, LABEL_COUNT if config.lookback else EVENT_COUNT)
        self.dropout = nn.Dropout(config.dropout)
        self.input_dropout = nn.Dropout(config.input_dropout)

    def forward(self, context: Context, state: State | None) -> tuple[Tensor, State]:
        state = state or State()
        below, lower = self._below(context, state)  # (B, T, units)
        if self.attention is None:
            above, upper = self.upper(self.dropout(below), state.upper)
            merged, memory = self.merge(above), None
        else:
            attended, memory = self.attention(below, state.memory)
            above, upper = self.upper(self.dropout(torch.cat([below, attended], dim=-1)), state.upper)
            merged = self.merge(torch.cat([above, attended], dim=-1))
        return self.label(self.dropout(torch.tanh(merged))), State(state.asked, lower, memory, upper)  # (B, T, labels)

    def opening(self, places: Places) -> State:
        """What is asked of every step, read beforehand."""
        return State(asked=self._asked(places))

    def _below(self, context: Context, state: State) -> tuple[Tensor, Any]:
        """What the first layer makes of the context, and its state after it."""
        if self.parts.lookback and self.lower.steps(context.seen, state.lower):
            places = context.places
            asked = self._asked(places) if state.asked is None else state.asked.index_select(1, places.steps)
            below, lower = self.lower(asked, state.lower, inputs.spelling(context))
        else:
            below, lower = self.lower(self.input_dropout(self.encode(context)), state.lower)
        return below, lower

    def encode(self, context: Context) -> Tensor:
        """(B, T, width): last event, lookback and echo, then what is asked."""
        heard = [inputs.last_event(context)]
        if self.parts.lookback:
            heard += [inputs.lookback(context), inputs.echo(context)]
        return torch.cat([*heard, self._asked(context.places)], dim=-1)

    def _asked(self, places: Places) -> Tensor:
        """(B, T, features): what hangs on no event, likeness to a model, note position, metre, attributes and mode."""
        read = [torch.empty(*places.bar.shape, 0, device=places.bar.device)]
        if self.parts.lookback:
            read.append(inputs.likeness(places))
        if self.parts.position:
            read += [inputs.note_position(places), inputs.metre(places)]
        if self.parts.emotion:
            read += [inputs.attributes(places), inputs.mode(places)]
        return torch.cat(read, dim=-1)
