"""The outline of a sound, for drawing."""

import numpy as np

from generator.rendering.synthesis import Audio

PEAK_COUNT = 240


def outline(audio: Audio, count: int = PEAK_COUNT) -> list[float]:
    """The largest absolute value in each of `count` equal stretches, the loudest scaled to 1."""
    edges = np.linspace(0, len(audio), count + 1).astype(int)
    levels = np.maximum.reduceat(np.abs(audio).max(axis=1), edges[:-1])
    return [round(float(level), 3) for level in levels / max(float(levels.max()), 1e-9)]
