"""Sub-words: the units that the Bi-LSTM reads, by byte-pair encoding over syllables.

Sennrich, Haddow & Birch, Neural Machine Translation of Rare Words with Subword Units (2016). What is paired are not
bytes: Hangul by syllables, and a syllable that is too rare to be a unit by its jamo, so that a misspelled word is
still read.
"""

import itertools
from collections.abc import Sequence
from functools import lru_cache

from generator.brief.tokens import jamo, pieces

PADDING, UNKNOWN = 0, 1
SPECIAL = ("<pad>", "<unknown>")
LONGEST_PIECE = 40
"""Signs of a piece that are read; no word is longer."""


class SubWords:
    """Cuts normalised texts into numbered sub-words.

    Args:
        signs: the units that are never taken apart further, in order; single characters.
        merges: the pairs to be joined, those learned first before the others.
    """

    def __init__(self, signs: Sequence[str], merges: Sequence[tuple[str, str]]) -> None:
        self.signs, self.merges = tuple(signs), tuple(merges)
        units = dict.fromkeys([*SPECIAL, *self.signs, *(first + second for first, second in self.merges)])
        self._numbers = {unit: number for number, unit in enumerate(units)}
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self._known = frozenset(self.signs)
        self._cut = lru_cache(maxsize=100_000)(self._cut_piece)

    def __len__(self) -> int:
        """How many numbers there are, padding and unknown among them."""
        return len(self._numbers)

    def numbers(self, text: str) -> list[int]:
        """The sub-words of a normalised text, by number; empty for an empty text."""
        return [number for piece in pieces(text) for number in self._cut(piece)]

    def _cut_piece(self, piece: str) -> tuple[int, ...]:
        units = spelled(piece, self._known)
        while len(units) > 1:
            ranked = [(self._ranks.get(pair, len(self._ranks)), pair) for pair in itertools.pairwise(units)]
            rank, pair = min(ranked)
            if rank == len(self._ranks):
                break
            units = joined(units, pair)
        return tuple(self._numbers.get(unit, UNKNOWN) for unit in units)


def spelled(piece: str, known: frozenset[str]) -> list[str]:
    """A piece in single signs; a syllable that is none of the `known` in its jamo."""
    return [unit for sign in piece[:LONGEST_PIECE] for unit in ([sign] if sign in known else jamo(sign))]


def joined(units: list[str], pair: tuple[str, str]) -> list[str]:
    """The units with every occurrence of the pair made one, from left to right."""
    result: list[str] = []
    for unit in units:
        if result and (result[-1], unit) == pair:
            result[-1] += unit
        else:
            result.append(unit)
    return result
