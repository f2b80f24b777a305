"""Copies and variants among the pieces, so that no tune stands on both sides of a split."""

from collections import defaultdict

from generator.melody.fingerprint import Run, runs
from generator.training.pieces import Piece

RUN_LENGTH = 8
"""Moves in a run that two variants share; a run of nine notes is seldom met by chance."""
SHARED_FOR_VARIANT = 0.25
"""The share of the shorter piece's runs that must stand in the other to call the two variants."""
COMMONPLACE = 20
"""A run in more pieces than this is a turn of the style and ties nothing together."""


def find_variants(pieces: list[Piece]) -> tuple[dict[str, str], set[str]]:
    """Each piece's group of variants, named by its first member, and the identities of exact copies.

    Of equal melodies (same moves, any key or note values) the first is kept; the others are copies.
    """
    own_runs = [frozenset(runs(piece.melody, RUN_LENGTH)) for piece in pieces]
    holders: defaultdict[Run, list[int]] = defaultdict(list)
    for index, found in enumerate(own_runs):
        for run in found:
            holders[run].append(index)
    leaders = list(range(len(pieces)))

    def leader(index: int) -> int:
        while leaders[index] != index:
            leaders[index] = leaders[leaders[index]]
            index = leaders[index]
        return index

    copies: set[str] = set()
    seen: dict[tuple[Run, ...], int] = {}
    for index, piece in enumerate(pieces):
        whole = tuple(runs(piece.melody, max(1, len(piece.melody.notes) - 1)))
        if whole in seen:
            copies.add(piece.identity)
            leaders[leader(index)] = leader(seen[whole])
            continue
        seen[whole] = index
        shared: defaultdict[int, int] = defaultdict(int)
        for run in own_runs[index]:
            if len(holders[run]) <= COMMONPLACE:
                for other in holders[run]:
                    if other < index:
                        shared[other] += 1
        for other, count in shared.items():
            if count >= SHARED_FOR_VARIANT * min(len(own_runs[index]), len(own_runs[other])):
                first, second = sorted((leader(index), leader(other)))
                leaders[second] = first
    return {piece.identity: pieces[leader(index)].identity for index, piece in enumerate(pieces)}, copies
