"""A melody as the arrays that its features are computed from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.melody.melody import Melody

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NO_ONSET = -1
"""Stands in the grid of bars where no note begins."""


@dataclass(frozen=True)
class View:
    """The notes of one melody, N of them, in steps and MIDI numbers.

    Attributes:
        onsets: (N,) in steps from the first bar line.
        durations: (N,) in steps.
        pitches: (N,) MIDI numbers.
        degrees: (N,) semitones above the tonic, 0..11.
        intervals: (N - 1,) signed, in semitones.
        grid: (bars, steps a bar) the pitch of the onset at each step, or NO_ONSET.
        steps: length of the melody.
    """

    onsets: Ints
    durations: Ints
    pitches: Ints
    degrees: Ints
    intervals: Ints
    grid: Ints
    steps: int

    @classmethod
    def of(cls, melody: Melody) -> "View":
        """The view of `melody`, which may be without notes."""
        notes = np.array([(n.onset, n.duration, n.pitch) for n in melody.notes], dtype=np.int64).reshape(-1, 3)
        onsets, durations, pitches = notes.T
        grid = np.full(melody.steps, NO_ONSET, dtype=np.int64)
        grid[onsets] = pitches
        return cls(
            onsets=onsets,
            durations=durations,
            pitches=pitches,
            degrees=(pitches - melody.tonic) % 12,
            intervals=np.diff(pitches),
            grid=grid.reshape(melody.bars, -1),
            steps=melody.steps,
        )


def share(hits: npt.NDArray[np.bool_]) -> float:
    """How large a part is True, 0..1; 0 of nothing."""
    return float(hits.mean()) if hits.size else 0.0


def mean(values: npt.NDArray[np.generic]) -> float:
    """The mean; 0 of nothing."""
    return float(np.asarray(values, dtype=float).mean()) if values.size else 0.0


def deviation(values: npt.NDArray[np.generic]) -> float:
    """The standard deviation of the whole; 0 of nothing."""
    return float(np.asarray(values, dtype=float).std()) if values.size else 0.0


def shares(classes: Ints, count: int) -> Floats:
    """The share of each class 0..count - 1, shape (count,); all 0 of nothing."""
    return np.asarray(np.bincount(classes, minlength=count) / max(1, len(classes)), dtype=float)


def entropy(counts: npt.NDArray[np.generic]) -> float:
    """-sum p log2 p in bits, of counts or shares; 0 of nothing."""
    p = np.asarray(counts, dtype=float)
    p = p[p > 0]
    if not len(p):
        return 0.0
    p /= p.sum()
    return max(0.0, float(-(p * np.log2(p)).sum()))
