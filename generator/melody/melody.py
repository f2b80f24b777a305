"""A melody: one note at a time on a grid of sixteenths, with its metre and its key."""

from dataclasses import dataclass
from enum import StrEnum

from generator.melody.metre import Metre

LOWEST_PITCH = 48
HIGHEST_PITCH = 83
"""The MIDI range of the event grid, both ends included: C3 to B5, as in Magenta's melody_rnn."""

MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)
MINOR_SCALE = (0, 2, 3, 5, 7, 8, 10)
"""Semitones above the tonic; the minor one is the natural minor."""

MAJOR_TONICS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
MINOR_TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
"""Names of the pitch classes as tonics, the ones with the fewer accidentals in the signature."""
SHARP_TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_TONICS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


class Mode(StrEnum):
    """Whether the third above the tonic is major or minor."""

    MAJOR = "major"
    MINOR = "minor"

    @property
    def scale(self) -> tuple[int, ...]:
        return MAJOR_SCALE if self is Mode.MAJOR else MINOR_SCALE


class NoSuchKey(ValueError):
    """Words that name no key; the message says how one is named."""


@dataclass(frozen=True)
class Key:
    """A tonic, as a pitch class with 0 for C, and a mode."""

    tonic: int
    mode: Mode

    @property
    def name(self) -> str:
        """The key in words, such as "D minor"."""
        names = MAJOR_TONICS if self.mode is Mode.MAJOR else MINOR_TONICS
        return f"{names[self.tonic]} {self.mode.value}"

    @classmethod
    def named(cls, words: str) -> "Key":
        """The key of that name; both names of a black key and any case of letters will do.

        Raises:
            NoSuchKey: the words are none.
        """
        tonic, _, mode = words.strip().partition(" ")
        tonic = tonic.capitalize()
        for names in (MAJOR_TONICS, MINOR_TONICS, SHARP_TONICS, FLAT_TONICS):
            if tonic in names and mode.strip().lower() in list(Mode):
                return cls(names.index(tonic), Mode(mode.strip().lower()))
        raise NoSuchKey(f'a key is a tonic and "major" or "minor", such as "D minor" or "Eb major", not {words!r}')


@dataclass(frozen=True, order=True)
class Note:
    """A note: `onset` and `duration` in grid steps, `pitch` as a MIDI number."""

    onset: int
    duration: int
    pitch: int

    @property
    def end(self) -> int:
        return self.onset + self.duration


@dataclass(frozen=True)
class Melody:
    """Notes in order of onset, never two at once, from the first bar line on.

    A pick-up stands at the end of the first bar, after rests. `steps` is the length of the piece and a
    whole number of bars; `tonic` is a pitch class, 0 for C.

    Raises:
        ValueError: a note overlaps the next, lies outside the piece or has no duration, or the length
            is no whole number of bars.
    """

    notes: tuple[Note, ...]
    metre: Metre
    tonic: int
    mode: Mode
    steps: int

    def __post_init__(self) -> None:
        if self.steps % self.metre.steps_per_bar or self.steps <= 0:
            raise ValueError(f"{self.steps} steps are no whole number of bars of {self.metre.name}")
        end = 0
        for note in self.notes:
            if note.onset < end or note.duration < 1 or note.end > self.steps:
                raise ValueError(f"{note} overlaps its neighbour or leaves the piece of {self.steps} steps")
            end = note.end

    @property
    def bars(self) -> int:
        return self.steps // self.metre.steps_per_bar

    def bar_contents(self) -> list[tuple[tuple[int, int], ...]]:
        """Each bar as its onsets in the bar, in steps, and their pitches."""
        length = self.metre.steps_per_bar
        contents: list[list[tuple[int, int]]] = [[] for _ in range(self.bars)]
        for note in self.notes:
            contents[note.onset // length].append((note.onset % length, note.pitch))
        return [tuple(content) for content in contents]

    @property
    def key_name(self) -> str:
        """The key in words, such as "D minor"."""
        return Key(self.tonic, self.mode).name

    def transposed(self, semitones: int) -> "Melody":
        """The same melody `semitones` higher (lower, if negative), its tonic moved along."""
        notes = tuple(Note(note.onset, note.duration, note.pitch + semitones) for note in self.notes)
        return Melody(notes, self.metre, (self.tonic + semitones) % 12, self.mode, self.steps)


def to_common_tonic(melody: Melody) -> Melody | None:
    """The melody moved so that its tonic is C and its pitches lie on the event grid.

    Of the transpositions that do so the smallest is taken, and then, as long as the range does not fit,
    octaves nearer the middle of the grid. None, if the range fits in no octave.
    """
    up = -melody.tonic % 12
    candidates = sorted((up + 12 * octave for octave in range(-5, 5)), key=lambda shift: (abs(shift), shift))
    lowest = min(note.pitch for note in melody.notes)
    highest = max(note.pitch for note in melody.notes)
    for shift in candidates:
        if lowest + shift >= LOWEST_PITCH and highest + shift <= HIGHEST_PITCH:
            return melody.transposed(shift)
    return None
