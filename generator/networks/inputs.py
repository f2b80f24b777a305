"""Contexts as numbers: the input vectors that the networks read."""

from functools import cache

import torch
from torch import Tensor
from torch.nn.functional import embedding

from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.events import EVENT_COUNT, FIRST_PITCH_EVENT
from generator.melody.form import Likeness
from generator.melody.melody import LOWEST_PITCH, Mode
from generator.melody.metre import METRE_NAMES
from generator.networks.context import FARTHEST_END, NOTHING, PHRASE_BARS, UNTOLD, Context, Places

POSITION_BITS = 4
BAR_BITS = 3

EVENT_WIDTH = EVENT_COUNT
LOOKBACK_WIDTH = 2 * EVENT_COUNT + 2
ECHO_WIDTH = EVENT_COUNT + 1
LIKENESS_WIDTH = len(Likeness) + 1
POSITION_WIDTH = POSITION_BITS + BAR_BITS + FARTHEST_END + 1 + 1
METRE_WIDTH = len(METRE_NAMES)
MODE_WIDTH = 1
PITCH_CLASSES = 12
KEY_WIDTH = PITCH_CLASSES + 2 + MODE_WIDTH
ATTRIBUTES_WIDTH = 2 * len(ATTRIBUTE_NAMES)


def last_event(context: Context) -> Tensor:
    """(B, T, EVENT_WIDTH): the event before each step."""
    return _events(context.last)


def lookback(context: Context) -> Tensor:
    """(B, T, LOOKBACK_WIDTH): the events one and two bars before, and whether the last event repeats."""
    return torch.cat([_events(context.one_bar), _events(context.two_bars), context.repeats[..., :2].float()], dim=-1)


def echo(context: Context) -> Tensor:
    """(B, T, ECHO_WIDTH): the event in this bar's model, and whether the last one kept to it."""
    return torch.cat([_events(context.echo), context.repeats[..., 2:].float()], dim=-1)


def spelling(context: Context) -> Tensor:
    """(B, T, 7): last event, lookback and echo as rows of `spelled`, whose sum they are side by side."""
    return torch.cat([context.seen, context.repeats], dim=-1) + _first_rows(context.seen.device)


def spelled() -> Tensor:
    """(R, EVENT_WIDTH + LOOKBACK_WIDTH + ECHO_WIDTH): what each row of a spelling stands for, a 1 or nothing."""
    columns = torch.eye(EVENT_WIDTH + LOOKBACK_WIDTH + ECHO_WIDTH)
    last, one_bar, two_bars, one_repeats, two_repeats, echo, echo_repeats = torch.split(
        columns, [EVENT_COUNT, EVENT_COUNT, EVENT_COUNT, 1, 1, EVENT_COUNT, 1]
    )
    nothing = torch.zeros_like(last[:1])
    parts = (last, one_bar, two_bars, echo, one_repeats, two_repeats, echo_repeats)
    return torch.cat([rows for part in parts for rows in (nothing, part)])


def likeness(places: Places) -> Tensor:
    """(B, T, LIKENESS_WIDTH): how closely this bar is to keep to its model."""
    return _one_hot(places.likeness - UNTOLD, LIKENESS_WIDTH)


def place_in_bar(places: Places) -> Tensor:
    """(B, T, POSITION_BITS): a binary counter of the steps since the bar line."""
    return _bits(places.position, POSITION_BITS)


def note_position(places: Places) -> Tensor:
    """(B, T, POSITION_WIDTH): binary counters of the place in bar and phrase, bars to the end, share of bars done."""
    done = places.bar / places.conditions.bars.unsqueeze(1)
    return torch.cat(
        [
            place_in_bar(places),
            _bits(places.bar % PHRASE_BARS, BAR_BITS),
            _one_hot(places.bars_left, FARTHEST_END + 1),
            done.clamp(max=1.0).unsqueeze(-1),
        ],
        dim=-1,
    )


def metre(places: Places) -> Tensor:
    """(B, T, METRE_WIDTH): the metre, the same at every step."""
    return _at_every_step(_one_hot(places.conditions.metre, METRE_WIDTH), places)


def mode(places: Places) -> Tensor:
    """(B, T, MODE_WIDTH): 1 for minor, -1 for major."""
    return _at_every_step(2 * places.conditions.minor[:, None] - 1, places)


def attributes(places: Places) -> Tensor:
    """(B, T, ATTRIBUTES_WIDTH): the asked attributes, 0 where untold, and whether each is told."""
    asked = places.conditions
    return _at_every_step(torch.cat([asked.attributes * asked.told, asked.told], dim=-1), places)


def binary_attributes(places: Places) -> Tensor:
    """(B, T, ATTRIBUTES_WIDTH): 1 above and -1 below the corpus's median, 0 where untold, and whether each is told."""
    asked = places.conditions
    return _at_every_step(torch.cat([asked.attributes.sign() * asked.told, asked.told], dim=-1), places)


def key_awareness(context: Context) -> Tensor:
    """(B, T, KEY_WIDTH): the degree of the last note above the tonic, whether in the scales, and the mode."""
    onset = context.last_onset()
    degree = (onset - FIRST_PITCH_EVENT + LOWEST_PITCH) % PITCH_CLASSES
    known = (onset >= 0).float()
    in_scale = torch.stack([_in_scale(mode).to(degree.device)[degree] for mode in (Mode.MAJOR, Mode.MINOR)], dim=-1)
    return torch.cat(
        [_one_hot(degree, PITCH_CLASSES) * known.unsqueeze(-1), in_scale * known.unsqueeze(-1), mode(context.places)],
        dim=-1,
    )


def _in_scale(mode: Mode) -> Tensor:
    return torch.tensor([float(degree in mode.scale) for degree in range(PITCH_CLASSES)])


def _events(events: Tensor) -> Tensor:
    """One-hot events, all zero where there is none."""
    return _one_hot(events - NOTHING, EVENT_COUNT + 1)[..., 1:]


def _one_hot(numbers: Tensor, count: int) -> Tensor:
    """(..., count): 1.0 at each number, 0..count - 1."""
    return embedding(numbers, _identity(count, numbers.device))


def _bits(numbers: Tensor, count: int) -> Tensor:
    """(..., count): binary counters of numbers below 2^count as -1 and 1, the lowest bit first."""
    return embedding(numbers, _counters(count, numbers.device))


# Read from a table: three times as quick as reckoned anew, which one melody at a time feels.
@cache
@torch.inference_mode(mode=False)
def _identity(count: int, device: torch.device) -> Tensor:
    return torch.eye(count, device=device)


@cache
@torch.inference_mode(mode=False)
def _counters(count: int, device: torch.device) -> Tensor:
    numbers = torch.arange(1 << count, device=device).unsqueeze(-1)
    return 2.0 * (numbers >> torch.arange(count, device=device) & 1) - 1


@cache
@torch.inference_mode(mode=False)
def _first_rows(device: torch.device) -> Tensor:
    """What makes the parts of a spelling rows of `spelled`: events begin at NOTHING, flags at 0."""
    parts, flags = 4, 3
    events = torch.arange(parts) * (EVENT_COUNT + 1) - NOTHING
    return torch.cat([events, parts * (EVENT_COUNT + 1) + 2 * torch.arange(flags)]).to(device)


def _at_every_step(rows: Tensor, places: Places) -> Tensor:
    return rows.unsqueeze(1).expand(-1, len(places.steps), -1)
