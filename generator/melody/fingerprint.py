"""What makes two melodies the same tune: runs of intervals and rhythm, free of key and of note values."""

from collections.abc import Iterator
from math import gcd

from generator.melody.melody import Melody

Move = tuple[int, int]
"""From one note to the next: semitones up, and grid steps between the two onsets."""

Run = tuple[Move, ...]
"""Moves in a row, their steps divided by the greatest that divides them all."""


def moves(melody: Melody) -> list[Move]:
    """The moves between neighbouring notes; one fewer than there are notes."""
    return [
        (following.pitch - note.pitch, following.onset - note.onset)
        for note, following in zip(melody.notes, melody.notes[1:], strict=False)
    ]


def runs(melody: Melody, length: int) -> Iterator[Run]:
    """Every run of `length` moves (thus `length` + 1 notes), in order, repeats included.

    A tune in quavers and the same tune in semiquavers have the same runs.
    """
    steps = moves(melody)
    for start in range(len(steps) - length + 1):
        yield in_lowest_terms(steps[start : start + length])


def in_lowest_terms(steps: list[Move]) -> Run:
    """`steps` with their durations divided by the greatest common divisor."""
    unit = gcd(*(duration for _, duration in steps))
    return tuple((interval, duration // unit) for interval, duration in steps)
