"""Figures: how an accompanying instrument moves through a chord, bar by bar."""

from dataclasses import dataclass
from enum import Enum

from generator.melody.metre import Metre


class Pulse(Enum):
    """Where in a bar a figure sounds."""

    CHORD = "where the chord changes"
    HALF = "strong beats"
    BEAT = "every beat"
    OFFBEAT = "the middle of every beat"
    EIGHTH = "every eighth"
    STRUM = "beats and some of the eighths between them"
    SIXTEENTH = "every sixteenth"


@dataclass(frozen=True)
class Figure:
    """A figure.

    Attributes:
        pulse: where it sounds.
        picks: what sounds there, one after the other from each bar line and change of chord: the number of a voice
            from the lowest, or ALL. A voice that the chord does not have is found an octave of voices higher or lower.
        hold: how long, as a share of the time to the next stroke.
    """

    pulse: Pulse
    picks: tuple[int, ...]
    hold: float = 1.0


ALL = -1

FIGURES: dict[str, Figure] = {
    "held": Figure(Pulse.CHORD, (ALL,)),
    "halves": Figure(Pulse.HALF, (ALL,)),
    "offbeats": Figure(Pulse.OFFBEAT, (ALL,), 0.45),
    "oom-pah": Figure(Pulse.BEAT, (0, ALL), 0.6),
    "strummed": Figure(Pulse.STRUM, (ALL,), 0.9),
    "rising": Figure(Pulse.EIGHTH, (0, 1, 2, 3), 1.6),
    "wave": Figure(Pulse.EIGHTH, (0, 1, 2, 3, 2, 1), 1.6),
    "alberti": Figure(Pulse.EIGHTH, (0, 2, 1, 2), 1.0),
    "fingered": Figure(Pulse.EIGHTH, (0, 2, 1, 3, 2, 1), 2.0),
    "rippling": Figure(Pulse.SIXTEENTH, (0, 1, 2, 3), 1.0),
    "racing": Figure(Pulse.SIXTEENTH, (0, 2, 1, 2), 0.9),
    "repeated": Figure(Pulse.EIGHTH, (ALL,), 0.5),
    "bell": Figure(Pulse.HALF, (3, 2), 1.0),
    "broken": Figure(Pulse.BEAT, (0, 1, 2, 3), 1.8),
    "rolling": Figure(Pulse.EIGHTH, (0, 1, 2, 1), 1.4),
    "falling": Figure(Pulse.EIGHTH, (3, 2, 1, 0), 1.6),
    "wide": Figure(Pulse.EIGHTH, (0, 2, 3, 4, 3, 2), 1.8),
    "waltz": Figure(Pulse.BEAT, (0, ALL, ALL), 0.7),
    "pulses": Figure(Pulse.BEAT, (ALL,), 0.8),
    "answers": Figure(Pulse.STRUM, (ALL,), 0.6),
}
"""The figures of chords, by name."""

BASS_FIGURES: dict[str, Figure] = {
    "held": Figure(Pulse.CHORD, (0,)),
    "halves": Figure(Pulse.HALF, (0, 1), 0.9),
    "beats": Figure(Pulse.BEAT, (0, 0, 1, 0), 0.8),
    "walking": Figure(Pulse.BEAT, (0, 2, 1, 3), 0.95),
    "eighths": Figure(Pulse.EIGHTH, (0,), 0.7),
    "octaves": Figure(Pulse.BEAT, (0, 4), 0.8),
    "dotted": Figure(Pulse.STRUM, (0,), 0.9),
    "syncopated": Figure(Pulse.STRUM, (0, 0, 1), 0.7),
}
"""Those of the bass, whose voices are the chord's bass, its fifth, its third, and the step that leads to the next."""


def strokes(pulse: Pulse, metre: Metre, chord_starts: tuple[int, ...], struck: frozenset[int]) -> list[int]:
    """The steps of a bar at which a pulse sounds.

    `chord_starts` are the steps of the bar at which a chord begins, the first bar line among them; `struck` the
    eighths between beats that a strum takes.
    """
    beat, bar = metre.steps_per_beat, metre.steps_per_bar
    match pulse:
        case Pulse.CHORD:
            return list(chord_starts)
        case Pulse.HALF:
            return sorted({step for step in range(bar) if metre.is_strong(step)} | set(chord_starts))
        case Pulse.BEAT:
            return list(range(0, bar, beat))
        case Pulse.OFFBEAT:
            return [step + (2 if beat == 4 else beat - 2) for step in range(0, bar, beat)]
        case Pulse.EIGHTH:
            return list(range(0, bar, 2))
        case Pulse.STRUM:
            return sorted({*range(0, bar, beat), *struck})
        case Pulse.SIXTEENTH:
            return list(range(bar))
