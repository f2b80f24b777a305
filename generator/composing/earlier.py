"""Whether music was given before: runs of nine notes as numbers that a site can keep and look for."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from generator.composing.originality import RUN_MOVES
from generator.melody.fingerprint import runs
from generator.melody.melody import Melody
from generator.melody.metre import bar_number


@dataclass(frozen=True)
class EarlierRun:
    """The longest run of notes that a melody shares with an earlier track.

    Attributes:
        notes: how many, nine or more.
        at_bar: the bar of the melody in which the run begins, counted from 1, a pick-up with the first.
    """

    notes: int
    at_bar: int


class EarlierTracks(Protocol):
    """What was composed before, for one creator's new track."""

    def longest_shared(self, melody: Melody) -> EarlierRun | None:
        """The longest run shared with a track of anyone else; None if none has nine notes."""

    def longest_own(self, melody: Melody) -> EarlierRun | None:
        """The longest run shared with another track of the same creator; None if none has nine notes."""


class NoEarlierTracks:
    """Where nothing is remembered, as in a terminal."""

    def longest_shared(self, melody: Melody) -> EarlierRun | None:
        """None."""
        return None

    def longest_own(self, melody: Melody) -> EarlierRun | None:
        """None."""
        return None


def run_hashes(melody: Melody) -> list[int]:
    """A number of 63 bits for each run of nine notes, in the order of their first notes.

    A run in another key or other note values has the same number; the notes cannot be read from it.
    """
    return [_hashed(np.array(run, dtype=np.int16).tobytes()) for run in runs(melody, RUN_MOVES)]


def longest_run(melody: Melody, found: Iterable[tuple[int, int, int]]) -> EarlierRun | None:
    """The longest run shared with one earlier track, given where its runs of nine notes were found before.

    `found` has for each the earlier track's number, the place of the run among that track's and its hash. Runs that
    follow one another in both are one longer run.
    """
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, run in enumerate(run_hashes(melody)):
        places[run].append(place)
    aligned = {(track, there - here, here) for track, there, run in found for here in places[run]}
    best, best_start = 0, 0
    for track, shift, here in aligned:
        if (track, shift, here - 1) in aligned:
            continue
        length = 1
        while (track, shift, here + length) in aligned:
            length += 1
        if (length, -here) > (best, -best_start):
            best, best_start = length, here
    if not best:
        return None
    first, *_ = melody.notes
    at_bar = bar_number(melody.notes[best_start].onset, first.onset, melody.metre.steps_per_bar)
    return EarlierRun(best + RUN_MOVES, at_bar)


def _hashed(run: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(run, digest_size=8).digest()) >> 1
