"""Contexts as numbers: the input vectors that the networks read."""

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from generator.melody.events import EVENT_COUNT
from generator.melody.metre import METRE_NAMES
from generator.networks.context import FARTHEST_END, PHRASE_BARS, Context

POSITION_BITS = 4
BAR_BITS = 3

EVENT_WIDTH = EVENT_COUNT
LOOKBACK_WIDTH = 2 * EVENT_COUNT + 2
POSITION_WIDTH = POSITION_BITS + BAR_BITS + FARTHEST_END + 1
METRE_WIDTH = len(METRE_NAMES)
EMOTION_WIDTH = 5


def last_event(context: Context) -> Tensor:
    """(B, T, EVENT_WIDTH): the event before each step."""
    return _events(context.last)


def lookback(context: Context) -> Tensor:
    """(B, T, LOOKBACK_WIDTH): the events one and two bars before, and whether the last event repeats."""
    flags = torch.stack([context.repeats_one, context.repeats_two], dim=-1)
    return torch.cat([_events(context.one_bar), _events(context.two_bars), flags], dim=-1)


def note_position(context: Context) -> Tensor:
    """(B, T, POSITION_WIDTH): binary counters of the place in the bar and in the phrase, bars to the end."""
    return torch.cat(
        [
            _bits(context.position, POSITION_BITS),
            _bits(context.bar % PHRASE_BARS, BAR_BITS),
            one_hot(context.bars_left, FARTHEST_END + 1).float(),
        ],
        dim=-1,
    )


def metre(context: Context) -> Tensor:
    """(B, T, METRE_WIDTH): the metre, the same at every step."""
    return _at_every_step(one_hot(context.conditions.metre, METRE_WIDTH).float(), context)


def emotion(context: Context) -> Tensor:
    """(B, T, EMOTION_WIDTH): valence, arousal and intensity, whether they are told, and the mode."""
    asked = context.conditions
    return _at_every_step(
        torch.cat([asked.emotion * asked.told[:, None], asked.told[:, None], 2 * asked.minor[:, None] - 1], dim=-1),
        context,
    )


def _events(events: Tensor) -> Tensor:
    """One-hot events, all zero where there is none."""
    return one_hot(events.clamp(min=0), EVENT_COUNT) * (events >= 0).unsqueeze(-1).float()


def _bits(numbers: Tensor, count: int) -> Tensor:
    """Binary counters as -1 and 1, the lowest bit first."""
    return 2 * ((numbers.unsqueeze(-1) >> torch.arange(count)) & 1).float() - 1


def _at_every_step(rows: Tensor, context: Context) -> Tensor:
    return rows.unsqueeze(1).expand(-1, context.last.shape[1], -1)
