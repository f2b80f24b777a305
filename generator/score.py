"""A score ready to be played: parts of notes in seconds, with the frame that an editor needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlayedNote:
    """A note as it sounds: `start` and `end` in seconds, MIDI `pitch` and `velocity` 1..127."""

    start: float
    end: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Part:
    """One instrument: a General MIDI `program` 0..127, and whether its last note rings under the pedal."""

    name: str
    program: int
    notes: tuple[PlayedNote, ...]
    pedal_from: float | None = None


@dataclass(frozen=True)
class Score:
    """A whole piece.

    Attributes:
        title: its name in the files.
        parts: the instruments.
        tempo: quarter notes a minute.
        metre: the time signature's name, such as "6/8".
        key: in words, such as "D minor".
        seconds: its length, the last note's ring included.
    """

    title: str
    parts: tuple[Part, ...]
    tempo: float
    metre: str
    key: str
    seconds: float
