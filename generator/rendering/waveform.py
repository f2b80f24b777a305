"""The outline of a sound, for drawing."""

from collections.abc import Iterable

import numpy as np

from generator.rendering.sound import Audio

PEAK_COUNT = 240


def outline(blocks: Iterable[Audio], frames: int, count: int = PEAK_COUNT) -> list[float]:
    """The largest absolute value in each of `count` equal stretches of `frames` samples, the loudest scaled to 1."""
    edges = np.linspace(0, frames, count + 1).astype(int)
    levels, here = np.zeros(count), 0
    for block in blocks:
        first, last = np.searchsorted(edges, [here, here + len(block) - 1], side="right") - 1
        starts = np.maximum(edges[first : min(last, count - 1) + 1] - here, 0)
        highest = np.maximum.reduceat(np.maximum(*np.abs(block.T)), starts)
        levels[first : first + len(highest)] = np.maximum(levels[first : first + len(highest)], highest)
        here += len(block)
    return [round(float(level), 3) for level in levels / max(float(levels.max()), 1e-9)]
