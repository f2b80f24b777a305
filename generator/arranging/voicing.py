"""Chords laid out for an instrument so that each voice moves little and no two move in parallel fifths or octaves."""

from collections.abc import Sequence
from itertools import pairwise

Voicing = tuple[int, ...]
"""MIDI pitches, the lowest first."""

MOST_CANDIDATES = 40
PARALLEL_COST = 12.0
"""A pair of voices in parallel fifths or octaves costs as much as so many semitones of motion."""
CLOSE_BELOW = 52
"""Below this pitch (E3) neighbouring voices stand a fourth apart at least, or they growl."""
SMALLEST_LOW_GAP = 5
GROWL_COST = 4.0
CROWDED_COST = 6.0
"""For every semitone that a voicing reaches into the melody above it."""
PERFECT = (0, 7)


def voiced(chords: Sequence[Sequence[int]], low: int, high: int, size: int, ceilings: Sequence[int]) -> list[Voicing]:
    """A voicing for each chord, the sequence of least motion (dynamic programming over all of them).

    Args:
        chords: the pitch classes of each, the most needed first; one that has more than `size` loses the last.
        low, high: MIDI range of the instrument, both ends included, at least an octave.
        size: voices; a chord with fewer pitch classes doubles its first.
        ceilings: for each chord the pitch that it should stay below, as far as the range lets it.
    """
    costs: list[float] = []
    layers: list[list[Voicing]] = []
    origins: list[list[int]] = []
    for chord, ceiling in zip(chords, ceilings, strict=True):
        candidates = _candidates(chord, low, high, size)
        alone = [_cost_alone(voicing, low, high, ceiling) for voicing in candidates]
        if not layers:
            costs, came = alone, [0] * len(candidates)
        else:
            came, reached = [], []
            for voicing, cost in zip(candidates, alone, strict=True):
                moves = [before + _motion(other, voicing) for before, other in zip(costs, layers[-1], strict=True)]
                best = min(range(len(moves)), key=moves.__getitem__)
                came.append(best)
                reached.append(moves[best] + cost)
            costs = reached
        layers.append(candidates)
        origins.append(came)
    if not layers:
        return []
    here = min(range(len(costs)), key=costs.__getitem__)
    chosen = []
    for candidates, came in zip(reversed(layers), reversed(origins), strict=True):
        chosen.append(candidates[here])
        here = came[here]
    return chosen[::-1]


def _candidates(chord: Sequence[int], low: int, high: int, size: int) -> list[Voicing]:
    """Close voicings from every inversion and octave, and the same with the second voice from the top dropped."""
    needed = list(dict.fromkeys(pitch_class % 12 for pitch_class in chord))[:size]
    found: set[Voicing] = set()
    for lowest in range(low, high + 1):
        if lowest % 12 not in needed:
            continue
        close = [lowest]
        upward = sorted((pitch_class - lowest) % 12 for pitch_class in needed if pitch_class != lowest % 12)
        close += [lowest + up for up in upward]
        while len(close) < size:
            close.append(close[len(close) - len(needed)] + 12)
        for voicing in (close, sorted([close[-2] - 12, *close[:-2], close[-1]]) if size > 2 else close):
            if low <= voicing[0] and voicing[-1] <= high:
                found.add(tuple(voicing))
    middle = (low + high) / 2
    near = sorted(found, key=lambda voicing: (abs(sum(voicing) / len(voicing) - middle), voicing))
    return near[:MOST_CANDIDATES] or [_squeezed(needed, low, size)]


def _squeezed(needed: Sequence[int], low: int, size: int) -> Voicing:
    """What is left where the range is too narrow: each pitch class at its lowest place."""
    return tuple(sorted(low + (pitch_class - low) % 12 for pitch_class in needed[:size]))


def _cost_alone(voicing: Voicing, low: int, high: int, ceiling: int) -> float:
    growls = sum(below < CLOSE_BELOW and above - below < SMALLEST_LOW_GAP for below, above in pairwise(voicing))
    crowded = max(0, voicing[-1] - ceiling + 1)
    off_middle = abs(sum(voicing) / len(voicing) - (low + min(high, ceiling)) / 2)
    return GROWL_COST * growls + CROWDED_COST * crowded + 0.3 * off_middle


def _motion(before: Voicing, after: Voicing) -> float:
    """Semitones that the voices move, and what their parallels cost."""
    if len(before) != len(after):
        return abs(before[0] - after[0]) + abs(before[-1] - after[-1])
    return sum(abs(one - other) for one, other in zip(before, after, strict=True)) + PARALLEL_COST * parallels(
        before, after
    )


def parallels(before: Voicing, after: Voicing) -> int:
    """Pairs of voices that move in parallel fifths or octaves; voices that stay are no parallels."""
    if len(before) != len(after):
        return 0
    return sum(
        (before[upper] - before[lower]) % 12 in PERFECT
        and (after[upper] - after[lower]) % 12 == (before[upper] - before[lower]) % 12
        and before[lower] != after[lower]
        and (after[upper] > before[upper]) == (after[lower] > before[lower])
        and before[upper] != after[upper]
        for lower in range(len(before))
        for upper in range(lower + 1, len(before))
    )
