"""Where a run stands among all runs of many tunes: binary search in the suffixes of their text.

A suffix array (Manber & Myers 1993, doi 10.1137/0222058) of the text that `spelling` makes, with an entry a move.
"""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from generator.composing.spelling import INTERVAL_BYTE, MOVE_BYTES, moves_in


class OrderedRuns:
    """All runs of a text of M moves, in order.

    Attributes:
        suffixes: (M,) the places of the moves, ordered by the runs that begin there.
    """

    def __init__(self, text: bytes, suffixes: npt.NDArray[np.int32] | None = None) -> None:
        """Order the runs of `text`, unless their order is known."""
        self.suffixes = ordered_suffixes(text) if suffixes is None else suffixes
        self._text = text
        # Python reads a memory view's items many times faster than an array's.
        self._bytes = (self.suffixes * MOVE_BYTES + INTERVAL_BYTE).data

    def hold(self, run: bytes) -> bool:
        """Whether the run stands somewhere in the text."""
        return next(self.places(run), None) is not None

    def places(self, run: bytes) -> Iterator[int]:
        """The places of the moves where the run stands, in no meaningful order."""
        for row in range(self._row(run), len(self._bytes)):
            there = self._bytes[row]
            if self._text[there : there + len(run)] != run:
                return
            yield there // MOVE_BYTES

    def longest_start(self, run: bytes) -> int:
        """How many moves the run begins with that stand somewhere in the text."""
        row = self._row(run)
        # The longest common start is that with one of the two neighbours in the order.
        neighbours = self._bytes[max(0, row - 1) : row + 1]
        return max(
            (moves_in(_common_start(run, self._text[there : there + len(run)])) for there in neighbours), default=0
        )

    def _row(self, run: bytes) -> int:
        """Where in the order the run stands, or would stand."""
        return bisect_left(self._bytes, run, key=lambda there: self._text[there : there + len(run)])


def ordered_suffixes(text: bytes) -> npt.NDArray[np.int32]:
    """The places (M,) of all moves of `text`, ordered by the runs that begin there, each to the text's end."""
    symbols = np.frombuffer(text, dtype=np.uint8).reshape(-1, MOVE_BYTES).astype(np.int64)
    # Ordered first with the ratio that stands before each move, by doubling the compared length.
    rank = np.unique(symbols @ (1 << 16, 1 << 8, 1), return_inverse=True)[1].astype(np.int64)
    length, count = 1, len(rank)
    while length < count and rank.max() < count - 1:
        following = np.zeros_like(rank)
        following[:-length] = rank[length:] + 1
        rank = np.unique(rank * (count + 1) + following, return_inverse=True)[1].astype(np.int64)
        length *= 2
    following = np.zeros_like(rank)
    following[:-1] = rank[1:] + 1
    return np.lexsort((following, symbols[:, INTERVAL_BYTE])).astype(np.int32)


def _common_start(first: bytes, second: bytes) -> int:
    """How many bytes the two begin with in common."""
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))
