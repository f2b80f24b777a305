"""A melody drawn as a piano roll: whole numbers for a server-drawn SVG."""

from dataclasses import dataclass

from generator.melody.melody import MAJOR_TONICS, Melody

STEP = 6
"""Width of a sixteenth, in units of the drawing."""
ROW = 8
"""Height of a semitone."""
GUTTER = 34
"""Room for the names of the notes at the left."""
HEAD = 16
"""Room for the numbers of the bars at the top."""
_MARGIN = 1
"""Empty rows above and below the melody."""


@dataclass(frozen=True)
class Box:
    """A rectangle, and in words what it stands for."""

    x: int
    y: int
    width: int
    height: int
    label: str


@dataclass(frozen=True)
class Line:
    """A straight line across the drawing, at `at` from its left or top, and what is written beside it."""

    at: int
    label: str


@dataclass(frozen=True)
class PianoRoll:
    """Everything to be drawn, in units of the drawing."""

    width: int
    height: int
    notes: list[Box]
    bars: list[Line]
    tonics: list[Line]

    @property
    def gutter(self) -> int:
        return GUTTER

    @property
    def head(self) -> int:
        return HEAD

    @property
    def row(self) -> int:
        return ROW


def draw(melody: Melody) -> PianoRoll:
    """The roll of `melody`: a box a note, a line a bar, and a shaded row a tonic."""
    top = max(note.pitch for note in melody.notes) + _MARGIN
    bottom = min(note.pitch for note in melody.notes) - _MARGIN
    bar = melody.metre.steps_per_bar
    notes = [
        Box(
            x=GUTTER + note.onset * STEP,
            y=HEAD + (top - note.pitch) * ROW,
            width=note.duration * STEP - 1,
            height=ROW - 1,
            label=f"{pitch_name(note.pitch)}, bar {note.onset // bar + 1}",
        )
        for note in melody.notes
    ]
    bars = [Line(GUTTER + number * bar * STEP, str(number + 1)) for number in range(melody.bars)]
    tonics = [
        Line(HEAD + (top - pitch) * ROW, pitch_name(pitch))
        for pitch in range(bottom, top + 1)
        if pitch % 12 == melody.tonic
    ]
    return PianoRoll(GUTTER + melody.steps * STEP, HEAD + (top - bottom + 1) * ROW, notes, bars, tonics)


def pitch_name(pitch: int) -> str:
    """A MIDI pitch in words, such as "C4" for 60."""
    return f"{MAJOR_TONICS[pitch % 12]}{pitch // 12 - 1}"
