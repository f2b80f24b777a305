"""Attributes to music: a decoder-only linear transformer on binarised attributes (EmoGen's second stage).

Kang et al. 2023, arXiv 2307.01229: six layers of 512 with eight heads; here sized for two cores. Linear
attention with the feature map elu + 1 (Katharopoulos et al. 2020, arXiv 2006.16236): each head keeps the
sum of keys times values, so that a step costs the same however long the melody is.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn.functional import elu, gelu

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.base import MelodyNetwork, Recipe
from generator.networks.context import Context


@dataclass(frozen=True)
class EmoGenConfig:
    """The sizes of the network: `layers` of `units` with `heads` each."""

    units: int = 192
    layers: int = 4
    heads: int = 4
    dropout: float = 0.1


class LinearAttention(nn.Module):
    """Causal self-attention with positive features in place of the softmax."""

    def __init__(self, config: EmoGenConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.read = nn.Linear(config.units, 3 * config.units)
        self.write = nn.Linear(config.units, config.units)

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """(B, T, units) to the same; the state: sums of key x value (B, heads, D, D) and of keys (B, heads, D).

        out_t = q_t (S + sum_{s<=t} k_s v_s) / q_t . (z + sum_{s<=t} k_s)
        """
        batch, steps, _ = x.shape
        read = self.read(x).float().view(batch, steps, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        with torch.autocast(x.device.type, enabled=False):  # the sums grow long
            q, k, v = elu(read[0]) + 1, elu(read[1]) + 1, read[2]  # (B, heads, T, D)
            if state is None:
                state = k.new_zeros(*k.shape[:2], k.shape[-1], k.shape[-1]), k.new_zeros(*k.shape[:2], k.shape[-1])
            values, keys = state
            if steps == 1:  # sampling: the sums up to the step itself are all that it takes
                after = values + k.transpose(-1, -2) * v, keys + k.squeeze(-2)
                out = (q @ after[0]) / (q @ after[1].unsqueeze(-1))
                return self.write(out.reshape(batch, 1, -1).to(x.dtype)), after
            weights = torch.tril(q @ k.transpose(-1, -2))  # (B, heads, T, T)
            total = weights.sum(-1) + (q @ keys.unsqueeze(-1)).squeeze(-1)
            out = (weights @ v + q @ values) / total.unsqueeze(-1)
            after = values + k.transpose(-1, -2) @ v, keys + k.sum(-2)
        return self.write(out.transpose(1, 2).reshape(batch, steps, -1).to(x.dtype)), after


class Block(nn.Module):
    """A transformer layer, normalised before its halves."""

    def __init__(self, config: EmoGenConfig) -> None:
        super().__init__()
        self.attention = LinearAttention(config)
        self.rise = nn.Linear(config.units, 4 * config.units)
        self.fall = nn.Linear(4 * config.units, config.units)
        self.before_attention = nn.LayerNorm(config.units)
        self.before_rise = nn.LayerNorm(config.units)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, state: Any) -> tuple[Tensor, Any]:
        attended, state = self.attention(self.before_attention(x), state)
        x = x + self.dropout(attended)
        return x + self.dropout(self.fall(gelu(self.rise(self.before_rise(x))))), state


class EmoGen(MelodyNetwork):
    """The last event, the place in bar and phrase, and the attributes, each above or below the median."""

    name: ClassVar[str] = "emogen"
    recipe: ClassVar[Recipe] = Recipe("adamw", 1e-3)

    def __init__(self, config: EmoGenConfig) -> None:
        super().__init__(asdict(config))
        width = inputs.EVENT_WIDTH + inputs.POSITION_WIDTH + inputs.METRE_WIDTH + inputs.ATTRIBUTES_WIDTH
        self.read = nn.Linear(width, config.units)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.normalise = nn.LayerNorm(config.units)
        self.event = nn.Linear(config.units, EVENT_COUNT)

    def forward(self, context: Context, state: Any) -> tuple[Tensor, Any]:
        read = [
            inputs.last_event(context),
            inputs.note_position(context.places),
            inputs.metre(context.places),
            inputs.binary_attributes(context.places),
        ]
        x = self.read(torch.cat(read, dim=-1))  # (B, T, units)
        after = []
        for number, block in enumerate(self.blocks):
            x, block_state = block(x, None if state is None else state[number])
            after.append(block_state)
        return self.event(self.normalise(x)), tuple(after)  # (B, T, EVENT_COUNT)
