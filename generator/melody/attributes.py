"""What can be measured in the notes of a melody, tempo and loudness left aside."""

from dataclasses import dataclass, fields

import numpy as np

from generator.melody.melody import Melody, Mode
from generator.melody.metre import STEPS_PER_QUARTER

_RAISED_MINOR_DEGREES = (9, 11)
"""The sixth and seventh of the melodic minor belong to the key and are not counted as chromatic."""
SMALLEST_LEAP = 5
"""Semitones; a perfect fourth or more is a leap."""


@dataclass(frozen=True)
class Attributes:
    """Measures of one melody.

    Attributes:
        density: onsets a quarter note.
        length: mean duration of a note, in quarter notes.
        register: mean pitch, in semitones above the C below the lowest tonic of the grid (MIDI 48).
        range: semitones between the lowest and the highest note.
        leaps: share of the intervals that are a fourth or wider, 0..1.
        chromaticism: share of the sounding time outside the scale of the key, 0..1.
        rests: share of the time between first onset and last end in which nothing sounds, 0..1.
    """

    density: float
    length: float
    register: float
    range: float
    leaps: float
    chromaticism: float
    rests: float


ATTRIBUTE_NAMES = tuple(field.name for field in fields(Attributes))


def measure(melody: Melody) -> Attributes:
    """The attributes of `melody`, which must have at least one note.

    Pitches are taken as if the tonic were C, so that the register tells how the melody lies about its
    tonic and does not change when the whole is transposed within an octave.
    """
    up = -melody.tonic % 12
    shift = up if up <= 6 else up - 12
    pitches = np.array([note.pitch + shift for note in melody.notes])
    durations = np.array([note.duration for note in melody.notes])
    intervals = np.abs(np.diff(pitches))
    span = melody.notes[-1].end - melody.notes[0].onset
    scale = melody.mode.scale + (_RAISED_MINOR_DEGREES if melody.mode is Mode.MINOR else ())
    foreign = ~np.isin(pitches % 12, scale)
    return Attributes(
        density=len(pitches) * STEPS_PER_QUARTER / span,
        length=float(durations.mean()) / STEPS_PER_QUARTER,
        register=float(np.average(pitches, weights=durations)) - 48,
        range=float(np.ptp(pitches)),
        leaps=float(np.mean(intervals >= SMALLEST_LEAP)) if len(intervals) else 0.0,
        chromaticism=float(durations[foreign].sum() / durations.sum()),
        rests=1 - float(durations.sum()) / span,
    )
