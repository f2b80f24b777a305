"""A score ready to be played: parts of notes in seconds, with the frame that an editor needs."""

from dataclasses import dataclass

from generator.melody.melody import Melody
from generator.melody.metre import Metre


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
        metre: of all bars.
        pick_up_steps: grid steps before the first bar line, 0 where the piece begins on it.
        key: in words, such as "D minor".
        seconds: its length, the last note's ring included.
        melody: as it is written, which the files carry along; None if it is not known.
    """

    title: str
    parts: tuple[Part, ...]
    tempo: float
    metre: Metre
    pick_up_steps: int
    key: str
    seconds: float
    melody: Melody | None = None
