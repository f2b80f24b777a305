"""A whole track drawn as a piano roll: every part, the chords above it, the sound below, on one axis of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from emotionmusic.library.midi_notes import DrawnPart, read_notes
from emotionmusic.library.models import Track

WIDEST_FRAME = 1000
"""Units of a drawing that fits the page; only longer tracks are wider."""
SMALLEST_SCALE = 24
"""Units a second, at which sixteenths can still be told apart."""
HEAD = 44
"""Room above the notes: for the numbers of the bars, and two rows of chords."""
CHORD_ROWS = (27, 40)
ROW, DRUM_ROW = 5, 7
"""Height of a semitone and of a kind of drum."""
GAP = 10
WAVE = 44
COLOURS = 6
LETTER = 8
"""Width that a letter of a chord's symbol takes."""
_NARROWEST = 2


@dataclass(frozen=True)
class RollPart:
    """All notes of a part as one path; `colour` is 1..COLOURS, `number` counts from 0."""

    number: int
    name: str
    path: str
    colour: int
    notes: int


@dataclass(frozen=True)
class Word:
    """Something written at a place of the drawing."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class TrackRoll:
    """Everything to be drawn, in units of the drawing; `scale` is how many of them a second takes."""

    width: int
    height: int
    scale: float
    parts: list[RollPart]
    bars: list[Word]
    chords: list[Word]
    wave: str

    @property
    def head(self) -> int:
        return HEAD

    @property
    def notes(self) -> int:
        return sum(part.notes for part in self.parts)


def draw_track(track: Track) -> TrackRoll | None:
    """The roll of a track; None if its notes cannot be read."""
    try:
        return _drawn_once(track)
    except (OSError, EOFError):
        return None


@lru_cache(maxsize=64)
def _drawn_once(track: Track) -> TrackRoll | None:
    """Neither notes nor sound of a track ever change, and reading three minutes of them takes a tenth of a second."""
    drawing = read_notes(track.midi.read_bytes())
    if not drawing.parts:
        return None
    scale = max(SMALLEST_SCALE, WIDEST_FRAME / track.seconds)
    rows = _rows(drawing.parts)
    bottom = max(rows.values()) + ROW + GAP
    # The last note may ring on over the time of some more bars.
    bars = drawing.bars[: track.facts["bars"]]
    parts = [_drawn(number, part, rows, scale) for number, part in enumerate(drawing.parts)]
    return TrackRoll(
        width=round(track.seconds * scale),
        height=bottom + WAVE,
        scale=scale,
        parts=parts,
        bars=[Word(round(second * scale), 12, str(number)) for number, second in enumerate(bars, 1)],
        chords=list(_chords(track.facts.get("chords", []), scale)),
        wave=_wave(track.peaks, bottom + WAVE // 2, track.seconds * scale),
    )


Rows = dict[tuple[bool, int], int]
"""Where the pitches lie, from above, drums apart."""


def _rows(parts: list[DrawnPart]) -> Rows:
    pitches = {note.pitch for part in parts if not part.drums for note in part.notes}
    drums = sorted({note.pitch for part in parts if part.drums for note in part.notes}, reverse=True)
    top, lowest = max(pitches, default=0), min(pitches, default=0)
    rows = {(False, pitch): HEAD + (top - pitch) * ROW + ROW // 2 for pitch in pitches}
    under = HEAD + (top - lowest + 1) * ROW + GAP
    return rows | {(True, pitch): under + place * DRUM_ROW + DRUM_ROW // 2 for place, pitch in enumerate(drums)}


def _drawn(number: int, part: DrawnPart, rows: Rows, scale: float) -> RollPart:
    strokes = []
    for note in part.notes:
        left, right = round(note.start * scale), round(note.end * scale)
        width = _NARROWEST if part.drums else max(_NARROWEST, right - left - 1)
        strokes.append(f"M{left} {rows[part.drums, note.pitch]}h{width}")
    return RollPart(number, part.name, "".join(strokes), number % COLOURS + 1, len(part.notes))


def _chords(chords: list[tuple[float, str]], scale: float) -> Iterator[Word]:
    """The symbols where they change; on the second row if the first is taken, left out if both are."""
    taken = dict.fromkeys(CHORD_ROWS, 0)
    before = ""
    for second, symbol in chords:
        x = round(second * scale)
        row = next((row for row in CHORD_ROWS if taken[row] <= x), None)
        if row is not None and symbol != before:
            yield Word(x, row, symbol)
            taken[row] = x + LETTER * (len(symbol) + 1)
        before = symbol


def _wave(peaks: list[float], middle: int, width: float) -> str:
    """The outline of the sound: the surface between its peaks, 0..1, above `middle` and below."""
    points = [
        (round((number + 0.5) * width / len(peaks)), max(1, round(peak * (WAVE / 2 - 2))))
        for number, peak in enumerate(peaks)
    ]
    upper = [f"{x} {middle - half}" for x, half in points]
    lower = [f"{x} {middle + half}" for x, half in reversed(points)]
    return f"M0 {middle}L{' '.join(upper)} {round(width)} {middle} {' '.join(lower)}Z"
