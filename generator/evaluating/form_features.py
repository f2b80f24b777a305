"""Features of form: how alike the bars of a melody are, near and far."""

import numpy as np

from generator.evaluating.view import NO_ONSET, Floats, View

BAR_DISTANCES = (1, 2, 4, 8, 16)
"""Bars; the distances at which phrases, answers and sections take up what was there."""


def rhythm_likeness(view: View) -> Floats:
    """Over the pairs of bars at each of BAR_DISTANCES the mean of 1 - |g_a xor g_b| / Q, (5,), each 0..1.

    g is a bar's pattern of onsets, Q its number of steps: the grooving pattern similarity of Wu & Yang 2020 (arXiv
    2008.01307). That of neighbours, the first, is MusPy's groove consistency. 0 where no two bars are that far apart.
    """
    onsets = view.grid != NO_ONSET
    found = np.zeros(len(BAR_DISTANCES))
    for place, distance in enumerate(BAR_DISTANCES):
        if distance < len(onsets):
            found[place] = 1 - (onsets[distance:] ^ onsets[:-distance]).mean()
    return found


def melody_likeness(view: View) -> Floats:
    """Over the pairs of bars at each of BAR_DISTANCES the mean of |n_a & n_b| / |n_a | n_b|, (5,), each 0..1.

    n is a bar's set of notes, as place in the bar and pitch (the index of Jaccard); two bars without onsets count
    as 1. 0 where no two bars are that far apart.
    """
    found = np.zeros(len(BAR_DISTANCES))
    for place, distance in enumerate(BAR_DISTANCES):
        if distance < len(view.grid):
            late, early = view.grid[distance:], view.grid[:-distance]
            same = ((late == early) & (late != NO_ONSET)).sum(axis=1)
            total = (late != NO_ONSET).sum(axis=1) + (early != NO_ONSET).sum(axis=1) - same
            found[place] = np.where(total > 0, same / np.maximum(total, 1), 1.0).mean()
    return found


def repeated_bars(view: View) -> float:
    """The share of the bars that repeat an earlier bar to the note, 0..1; bars without onsets repeat nothing."""
    return 1 - _different(view.grid) / len(view.grid)


def repeated_rhythms(view: View) -> float:
    """The share of the bars whose pattern of onsets is that of an earlier bar, 0..1; empty bars repeat nothing."""
    return 1 - _different(np.where(view.grid == NO_ONSET, NO_ONSET, 0)) / len(view.grid)


def _different(grid: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int:
    """Bars that repeat no earlier one, those without onsets among them."""
    rows = [row.tobytes() for row in grid]
    empty = np.full(grid.shape[1], NO_ONSET, dtype=grid.dtype).tobytes()
    return len(set(rows) - {empty}) + rows.count(empty)
