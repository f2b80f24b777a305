"""The outline of a sound, for drawing."""

from collections.abc import Iterable

import numpy as np

from generator.rendering.sound import Audio

PEAK_COUNT = 240


def outline(blocks: Iterable[Audio], frames: int, count: int = PEAK_COUNT) -> list[float]:
    """The largest absolute value in each of `count` equal stretches of `frames` samples, the loudest scaled to 1."""
    edges = np.linspace(0, frames, count + 1).astype(int)[:-1]
    levels, here = np.zeros(count), 0
    for block in blocks:
        stretches = np.searchsorted(edges, np.arange(here, here + len(block)), side="right") - 1
        starts = np.flatnonzero(np.diff(stretches, prepend=-1))
        highest = np.maximum.reduceat(np.abs(block).max(axis=1), starts)
        np.maximum.at(levels, stretches[starts], highest)
        here += len(block)
    return [round(float(level), 3) for level in levels / max(float(levels.max()), 1e-9)]
