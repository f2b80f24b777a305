"""What a MIDI file may hold, what the process that reads it may use, and what its melody must be."""

from dataclasses import dataclass

from generator.melody.melody import HIGHEST_PITCH, LOWEST_PITCH

LARGEST_FILE = 1_000_000
"""Bytes."""
MOST_TRACKS = 64
MOST_EVENTS = 100_000
MOST_NOTES = 20_000
LONGEST_SECONDS = 20 * 60
SLOWEST_TEMPO, FASTEST_TEMPO = 10, 1000
"""Quarter notes a minute, both ends included."""
SMALLEST_BEAT = 64
"""The largest denominator of a metre."""

MEMORY = 512 * 1024 * 1024
"""Bytes of address space of the process that reads the file."""
CPU_SECONDS = 6
WALL_SECONDS = 8
LARGEST_ANSWER = 4_000_000
"""Bytes that the process may write."""

# The same as those of generator.training.extracting, which costs music21 to import; a test compares them.
SHORTEST_BARS = 4
LONGEST_BARS = 160
FEWEST_NOTES = 12
MOST_OFF_GRID = 0.2
"""The share of onsets that may be moved to the nearest sixteenth; with more, the file is refused."""
WIDEST_RANGE = HIGHEST_PITCH - LOWEST_PITCH - 11
"""Semitones; within it any melody can be moved by octaves until its tonic is C and it fits the grid."""


@dataclass(frozen=True)
class Bounds:
    """What a melody must be to be taken: its notes, its bars and the semitones that it spans, all ends included."""

    fewest_notes: int
    shortest_bars: int
    longest_bars: int
    widest_range: int


TO_LEARN_FROM = Bounds(FEWEST_NOTES, SHORTEST_BARS, LONGEST_BARS, WIDEST_RANGE)
TO_EDIT = Bounds(fewest_notes=2, shortest_bars=2, longest_bars=400, widest_range=127)
"""Whatever the composer makes can be gone on from, the shortest and the longest piece too."""

LONGEST_TITLE = 120
"""Characters."""
