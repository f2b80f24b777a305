"""A score ready to be played: parts of notes in seconds, with the frame that an editor needs."""

from dataclasses import dataclass

from generator.chords import Chord
from generator.melody.melody import Key, Melody
from generator.melody.metre import STEPS_PER_QUARTER, Metre


@dataclass(frozen=True)
class PlayedNote:
    """A note as it sounds: `start` and `end` in seconds, MIDI `pitch` and `velocity` 1..127."""

    start: float
    end: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Part:
    """One instrument: a General MIDI `program` 0..127, and whether its last note rings under the pedal.

    `volume`, `pan` (0 left, 64 middle, 127 right), `reverb` and `chorus` (how much is sent there) are MIDI values
    0..127. With `drums` the pitches are General MIDI's drums and `program` is a drum kit.
    """

    name: str
    program: int
    notes: tuple[PlayedNote, ...]
    pedal_from: float | None = None
    volume: int = 100
    pan: int = 64
    reverb: int = 50
    chorus: int = 0
    drums: bool = False


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
        chords: the harmony, in the melody's grid steps; none if it is not known.
    """

    title: str
    parts: tuple[Part, ...]
    tempo: float
    metre: Metre
    pick_up_steps: int
    key: str
    seconds: float
    melody: Melody | None = None
    chords: tuple[Chord, ...] = ()

    def seconds_at(self, step: int) -> float:
        """When a grid step sounds: what stands before the pick-up is not played, and sounds at once."""
        silent = self.metre.steps_per_bar - self.pick_up_steps if self.pick_up_steps else 0
        return max(0, step - silent) * 60 / (self.tempo * STEPS_PER_QUARTER)

    @property
    def chord_symbols(self) -> tuple[tuple[float, str], ...]:
        """Where each chord begins, in seconds, and how a lead sheet writes it in the score's key."""
        key = Key.named(self.key)
        return tuple((self.seconds_at(chord.onset), chord.symbol(key)) for chord in self.chords)
