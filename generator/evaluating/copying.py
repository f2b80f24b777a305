"""How much of a melody stands in the tunes that were learned from."""

from collections.abc import Iterable

import numpy as np

from generator.melody.fingerprint import Run, runs
from generator.melody.melody import Melody

RUN_MOVES = 8
"""Moves in a run: nine notes, seldom shared by chance."""


class KnownRuns:
    """Every run of nine notes (intervals and rhythm, free of key and note values) of the tunes learned from.

    Of each run only its 64-bit hash is kept: half a million runs as tuples would fill several hundred megabytes.
    """

    def __init__(self, tunes: Iterable[Melody]) -> None:
        self._hashes = {hash(run) for tune in tunes for run in runs(tune, RUN_MOVES)}

    def __contains__(self, run: Run) -> bool:
        return hash(run) in self._hashes

    def copied_notes(self, melody: Melody) -> int:
        """How many notes of `melody` lie in a run that is known; a melody of eight notes or fewer has none."""
        copied = np.zeros(len(melody.notes), dtype=bool)
        for start, run in enumerate(runs(melody, RUN_MOVES)):
            if run in self:
                copied[start : start + RUN_MOVES + 1] = True
        return int(copied.sum())


def copying_rate(melodies: Iterable[Melody], known: KnownRuns) -> float:
    """The share of all notes of `melodies` that lie in a known run, 0..1; 0 of no notes.

    Common turns are counted too, so what people wrote does not reach 0: their rate is what there is to compare with.
    """
    counts = [(known.copied_notes(melody), len(melody.notes)) for melody in melodies]
    return sum(copied for copied, _ in counts) / max(1, sum(notes for _, notes in counts))
