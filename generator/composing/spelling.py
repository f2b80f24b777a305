"""Melodies spelled as bytes, so that a run that two of them share is a substring that two texts share.

A move (semitones up, steps to the next onset) is spelled by three bytes: two for the ratio of its duration to that
of the move before, one for its interval. A run begins at its first interval: what came before does not count, and
neither do the key and the note values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
import numpy.typing as npt

from generator.melody.fingerprint import Move

MOVE_BYTES = 3
INTERVAL_BYTE = 2
"""Place of the interval among the bytes of its move."""
_UNKNOWN = b"\x00\x00"
"""A ratio that the indexed tunes do not have; it equals nothing."""
_BETWEEN_TUNES = 0xFFFF
"""Stands for the ratio of a tune's first move; no melody that is looked for has it."""
_MIDDLE = 128
"""The byte of a repeated note; intervals lie within 127 semitones of it."""


@dataclass(frozen=True)
class Spelling:
    """The code of every ratio of neighbouring durations, in lowest terms, that the indexed tunes have."""

    codes: dict[tuple[int, int], bytes]

    def spelled(self, moves: Sequence[Move]) -> bytes:
        """The text of `moves` from the first interval on."""
        text = bytearray()
        before = 0
        for interval, duration in moves:
            if before:
                unit = gcd(before, duration)
                text += self.codes.get((duration // unit, before // unit), _UNKNOWN)
            text.append(interval + _MIDDLE)
            before = duration
        return bytes(text)


def text_length(moves: int) -> int:
    """Bytes of a run of `moves` moves, 1 or more."""
    return MOVE_BYTES * moves - INTERVAL_BYTE


def moves_in(length: int) -> int:
    """Whole moves in the first `length` bytes of a run."""
    return (length + INTERVAL_BYTE) // MOVE_BYTES


def spell_tunes(
    intervals: npt.NDArray[np.int8], durations: npt.NDArray[np.uint16], starts: Iterable[int]
) -> tuple[bytes, Spelling]:
    """The text of all tunes end to end, and how it is spelled.

    Args:
        intervals: (M,) of all moves of all tunes.
        durations: (M,) in grid steps, 1 or more.
        starts: the place of each tune's first move.
    """
    before = np.ones_like(durations)
    before[1:] = durations[:-1]
    # Few durations are in use, so their pairs are put into lowest terms once each.
    largest = int(durations.max(initial=1)) + 1
    pairs = durations.astype(np.int64) * largest + before
    used = np.flatnonzero(np.bincount(pairs))
    reduced = [_in_lowest_terms(*divmod(int(pair), largest)) for pair in used]
    numbers = {ratio: number for number, ratio in enumerate(sorted(set(reduced)), start=1)}
    number_of_pair = np.zeros(largest * largest, dtype=">u2")
    number_of_pair[used] = [numbers[ratio] for ratio in reduced]
    ratios = number_of_pair[pairs]
    ratios[list(starts)] = _BETWEEN_TUNES
    text = np.empty((len(intervals), MOVE_BYTES), dtype=np.uint8)
    text[:, :INTERVAL_BYTE] = ratios.view(np.uint8).reshape(-1, INTERVAL_BYTE)
    text[:, INTERVAL_BYTE] = intervals.astype(np.int16) + _MIDDLE
    return text.tobytes(), Spelling({ratio: number.to_bytes(2) for ratio, number in numbers.items()})


def _in_lowest_terms(first: int, second: int) -> tuple[int, int]:
    unit = gcd(first, second)
    return first // unit, second // unit
