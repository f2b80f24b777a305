"""Chords: what they are made of, when they sound, and how they are written in a key."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from generator.melody.melody import FLAT_TONICS, SHARP_TONICS, Key
from generator.melody.metre import Metre

_NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_LETTERS = "CDEFGAB"
_LETTERS_UP = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""Letters from the tonic's up to that of a root so many semitones above it: lowered degrees, and a raised fourth."""
_LETTERS_UP_TO_LEADING = {"major": {1: 0, 3: 1, 8: 4, 10: 5}, "minor": {1: 0}}
"""Where a diminished chord leads upward, its root is a raised degree instead."""
_LETTERS_IN_CHORD = (0, 2, 4, 6)


class Quality(StrEnum):
    """What stands above a chord's root."""

    MAJOR = "major"
    MINOR = "minor"
    DIMINISHED = "diminished"
    AUGMENTED = "augmented"
    DOMINANT_SEVENTH = "dominant seventh"
    MAJOR_SEVENTH = "major seventh"
    MINOR_SEVENTH = "minor seventh"
    HALF_DIMINISHED = "half-diminished seventh"
    DIMINISHED_SEVENTH = "diminished seventh"
    SUSPENDED = "suspended fourth"
    CLUSTER = "cluster"

    @property
    def intervals(self) -> tuple[int, ...]:
        """Semitones above the root, the root's own 0 first."""
        return _INTERVALS[self]

    @property
    def suffix(self) -> str:
        """What follows the root in a chord symbol."""
        return _SUFFIXES[self]

    @property
    def triad(self) -> "Quality":
        """The triad that a seventh chord is built on; any other is its own."""
        return _TRIADS.get(self, self)


_INTERVALS = {
    Quality.MAJOR: (0, 4, 7),
    Quality.MINOR: (0, 3, 7),
    Quality.DIMINISHED: (0, 3, 6),
    Quality.AUGMENTED: (0, 4, 8),
    Quality.DOMINANT_SEVENTH: (0, 4, 7, 10),
    Quality.MAJOR_SEVENTH: (0, 4, 7, 11),
    Quality.MINOR_SEVENTH: (0, 3, 7, 10),
    Quality.HALF_DIMINISHED: (0, 3, 6, 10),
    Quality.DIMINISHED_SEVENTH: (0, 3, 6, 9),
    Quality.SUSPENDED: (0, 5, 7),
    Quality.CLUSTER: (0, 1, 6, 7),
}
_SUFFIXES = {
    Quality.MAJOR: "",
    Quality.MINOR: "m",
    Quality.DIMINISHED: "dim",
    Quality.AUGMENTED: "aug",
    Quality.DOMINANT_SEVENTH: "7",
    Quality.MAJOR_SEVENTH: "maj7",
    Quality.MINOR_SEVENTH: "m7",
    Quality.HALF_DIMINISHED: "m7b5",
    Quality.DIMINISHED_SEVENTH: "dim7",
    Quality.SUSPENDED: "sus4",
    Quality.CLUSTER: "5(b9,#11)",
}
_TRIADS = {
    Quality.DOMINANT_SEVENTH: Quality.MAJOR,
    Quality.MAJOR_SEVENTH: Quality.MAJOR,
    Quality.MINOR_SEVENTH: Quality.MINOR,
    Quality.HALF_DIMINISHED: Quality.DIMINISHED,
    Quality.DIMINISHED_SEVENTH: Quality.DIMINISHED,
}


@dataclass(frozen=True)
class Chord:
    """A chord over some steps of the grid.

    Attributes:
        root: pitch class, 0 for C.
        quality: what stands above it.
        onset: grid steps from the first bar line.
        duration: grid steps, at least one.
        inversion: which of the pitch classes is the lowest, 0 for the root.
    """

    root: int
    quality: Quality
    onset: int
    duration: int
    inversion: int = 0

    @property
    def end(self) -> int:
        return self.onset + self.duration

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """From the root upward."""
        return tuple((self.root + interval) % 12 for interval in self.quality.intervals)

    @property
    def bass(self) -> int:
        """The pitch class of the lowest note."""
        return self.pitch_classes[self.inversion]

    def symbol(self, key: Key) -> str:
        """How a lead sheet in that key writes it, such as "Dm7" or, inverted, "C/E"."""
        root = spelled_root(self.root, self.quality, key)
        bass = f"/{self._spelled_bass(root)}" if self.inversion else ""
        return f"{root}{self.quality.suffix}{bass}"

    def _spelled_bass(self, root: str) -> str:
        if self.quality in (Quality.SUSPENDED, Quality.CLUSTER):
            names = FLAT_TONICS if "b" in root else SHARP_TONICS
            return names[self.bass]
        return _spelled(self.bass, _LETTERS.index(root[0]) + _LETTERS_IN_CHORD[self.inversion])


@dataclass(frozen=True)
class Harmony:
    """The chords under a melody, end to end from the first bar line to the last, none over a bar line.

    Raises:
        ValueError: there is a gap, an overlap or none at all.
    """

    key: Key
    chords: tuple[Chord, ...]

    def __post_init__(self) -> None:
        if not self.chords or self.chords[0].onset or any(a.end != b.onset for a, b in pairwise(self.chords)):
            raise ValueError("the chords of a harmony follow each other without a gap from the first bar line on")

    @property
    def symbols(self) -> tuple[str, ...]:
        """The chord symbols, one a chord."""
        return tuple(chord.symbol(self.key) for chord in self.chords)

    def at(self, step: int) -> Chord:
        """The chord that sounds at a grid step.

        Raises:
            ValueError: the step lies beyond the last bar.
        """
        for chord in self.chords:
            if chord.onset <= step < chord.end:
                return chord
        raise ValueError(f"no chord sounds at step {step}")


def steps_per_chord(metre: Metre) -> int:
    """Grid steps after which the harmony may change: half a bar, in 3/4 a beat."""
    return metre.steps_per_beat if metre.name == "3/4" else metre.steps_per_bar // 2


def spelled_root(root: int, quality: Quality, key: Key) -> str:
    """A root's name in a key: its own degrees by their letters, foreign ones lowered, leading ones raised.

    What would need two accidentals is written with one at most.
    """
    degree = (root - key.tonic) % 12
    leads = quality.triad is Quality.DIMINISHED
    letters = _LETTERS_UP_TO_LEADING[key.mode.value].get(degree) if leads else None
    tonic = _LETTERS.index(key.name[0])
    return _spelled(root, tonic + (_LETTERS_UP[degree] if letters is None else letters))


def _spelled(pitch_class: int, letter: int) -> str:
    name = _LETTERS[letter % 7]
    accidental = (pitch_class - _NATURALS[name] + 6) % 12 - 6
    if abs(accidental) > 1:
        return (FLAT_TONICS if accidental < 0 else SHARP_TONICS)[pitch_class]
    return name + ("b", "", "#")[accidental + 1]
