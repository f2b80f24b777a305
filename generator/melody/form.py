"""The form of a melody: which earlier bar each bar takes up, and how closely.

Phrases that answer each other, motifs that return and sections that are repeated are all of this one
kind, at different distances.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from generator.melody.melody import Melody

Bar = tuple[tuple[int, int], ...]
"""Onsets in the bar, in steps, and their pitches."""

SHARED_FOR_VARIED = 0.5
"""The share of two bars' notes (Dice) that stand at the same place with the same pitch, to call one varied."""
FEWEST_ONSETS = 2
"""With fewer, a common rhythm says nothing."""
WIDEST_ALIGNMENT = 8
"""Bars; of equally good models the one at a distance of whole phrases is meant."""


class Likeness(IntEnum):
    """How a bar takes up its model; the greater the closer."""

    NEW = 0
    RHYTHM = 1
    VARIED = 2
    SAME = 3


@dataclass(frozen=True)
class Echo:
    """What a bar does with earlier ones: `model` is the number of the bar it takes up, None if it is new."""

    likeness: Likeness
    model: int | None = None


Form = tuple[Echo, ...]
"""One echo a bar."""


def form_of(melody: Melody) -> Form:
    """The form of `melody`; each bar is compared with all before it."""
    bars = melody.bar_contents()
    return tuple(_echo(bars, number) for number in range(len(bars)))


def _echo(bars: Sequence[Bar], number: int) -> Echo:
    best = max(
        ((likeness(bars[number], bars[model]), _alignment(number - model), model) for model in range(number)),
        default=(Likeness.NEW, 0, 0),
    )
    return Echo(best[0], best[2]) if best[0] > Likeness.NEW else Echo(Likeness.NEW)


def likeness(bar: Bar, model: Bar) -> Likeness:
    """How `bar` takes up `model`; a bar without onsets is always new."""
    if not bar or not model:
        return Likeness.NEW
    if bar == model:
        return Likeness.SAME
    shared = len(set(bar) & set(model))
    if 2 * shared >= SHARED_FOR_VARIED * (len(bar) + len(model)):
        return Likeness.VARIED
    same_rhythm = [onset for onset, _ in bar] == [onset for onset, _ in model]
    return Likeness.RHYTHM if same_rhythm and len(bar) >= FEWEST_ONSETS else Likeness.NEW


def _alignment(distance: int) -> int:
    """The greatest power of two, up to WIDEST_ALIGNMENT, that divides the distance in bars."""
    return min(distance & -distance, WIDEST_ALIGNMENT)
