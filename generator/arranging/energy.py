"""How full an arrangement is, bar by bar: as a curve has it, or along an arc of its own."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from generator.request import Ending

Points = Sequence[tuple[float, float]]

ARCS: Mapping[Ending, Sequence[Points]] = MappingProxyType({
    Ending.RING: (
        ((0.0, 0.25), (0.2, 0.5), (0.45, 0.6), (0.6, 0.8), (0.75, 1.0), (0.88, 0.85), (1.0, 0.25)),
        ((0.0, 0.4), (0.15, 0.45), (0.35, 0.75), (0.5, 0.55), (0.8, 1.0), (0.9, 0.7), (1.0, 0.3)),
        ((0.0, 0.15), (0.3, 0.35), (0.6, 0.75), (0.85, 1.0), (0.93, 0.8), (1.0, 0.3)),
        ((0.0, 0.5), (0.25, 0.6), (0.4, 0.45), (0.65, 1.0), (0.8, 0.6), (1.0, 0.2)),
    ),
    Ending.LOOP: (
        ((0.0, 0.6), (0.3, 0.5), (0.5, 0.75), (0.7, 1.0), (0.85, 0.8), (1.0, 0.6)),
        ((0.0, 0.75), (0.25, 0.9), (0.5, 0.55), (0.8, 1.0), (1.0, 0.75)),
    ),
    Ending.FADE: (
        ((0.0, 0.25), (0.2, 0.5), (0.45, 0.6), (0.6, 0.8), (0.75, 1.0), (1.0, 0.9)),
        ((0.0, 0.45), (0.3, 0.6), (0.55, 0.5), (0.8, 1.0), (1.0, 1.0)),
    ),
})  # fmt: skip
"""Energy by the share of the piece that is done: intro, body, climax, outro; what goes round ends as it begins. The
seed chooses one."""
PHRASE_BARS = 4
"""Bars of a phrase: within one the arc does not move, so that instruments enter and leave where music breathes."""
SPREAD = 0.16
"""By how much at most the seed moves a phrase's energy."""


def arc_of(bars: int, first_bar: int, ending: Ending, fullness: float, chance: random.Random) -> tuple[float, ...]:
    """The energy of each bar, 0..1, of a piece left to itself; `fullness` 0..1 is that of its climax.

    Phrases count from `first_bar`; a pick-up before it belongs to the first.
    """
    arc = chance.choice(ARCS[ending])
    energies: list[float] = []
    for first in range(first_bar, bars, PHRASE_BARS):
        length = min(PHRASE_BARS, bars - first)
        middle = (first + length / 2) / bars
        energy = fullness * energy_at(arc, middle) + chance.uniform(-SPREAD, SPREAD)
        energies += [max(0.0, min(1.0, energy))] * length
    return (energies[0],) * first_bar + tuple(energies)


def along(curve: Points, middles: Sequence[float]) -> tuple[float, ...]:
    """The energy of each bar, 0..1, by a curve of seconds and energies; `middles` are the bars' middles in seconds."""
    return tuple(energy_at(curve, middle) for middle in middles)


def energy_at(points: Points, place: float) -> float:
    """The value at `place` on straight lines between points; before the first and after the last it stays."""
    if place <= points[0][0]:
        return points[0][1]
    for (left, before), (right, after) in pairwise(points):
        if place <= right:
            return before + (after - before) * (place - left) / (right - left)
    return points[-1][1]
