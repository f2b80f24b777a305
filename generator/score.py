"""A score ready to be played: parts of notes in seconds, with the frame that an editor needs."""

from dataclasses import dataclass

from generator.chords import Chord
from generator.melody.melody import Key, Melody
from generator.melody.metre import Metre
from generator.request import Ending
from generator.timing import Timing


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
        timing: when the steps of the grid sound.
        metre: of all bars.
        key: in words, such as "D minor".
        seconds: its length, the last note's ring included.
        melody: as it is written, which the files carry along; None if it is not known.
        chords: the harmony, in the melody's grid steps; none if it is not known.
        hits: seconds, in order, at which a bar begins because it was asked for.
        ending: how it ends.
    """

    title: str
    parts: tuple[Part, ...]
    timing: Timing
    metre: Metre
    key: str
    seconds: float
    melody: Melody | None = None
    chords: tuple[Chord, ...] = ()
    hits: tuple[float, ...] = ()
    ending: Ending = Ending.RING

    @property
    def tempo(self) -> float:
        """Quarter notes a minute, of most of it."""
        return self.timing.tempo_map.tempo

    @property
    def pick_up_steps(self) -> int:
        """Grid steps before the first bar line, 0 where the piece begins on it."""
        return -self.timing.first_step % self.metre.steps_per_bar

    def seconds_at(self, step: float) -> float:
        """When a grid step is written to sound; what stands before the pick-up is not played, and sounds at once."""
        return max(0.0, self.timing.tempo_map.at(step))

    @property
    def chord_symbols(self) -> tuple[tuple[float, str], ...]:
        """Where each chord begins, in seconds, and how a lead sheet writes it in the score's key."""
        key = Key.named(self.key)
        return tuple((self.seconds_at(chord.onset), chord.symbol(key)) for chord in self.chords)
