"""One line of notes on the grid of sixteenths, out of a part as it was played."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.curating.bars import Stretch
from generator.curating.midi_track import MidiNote
from generator.melody.melody import Note
from generator.melody.metre import STEPS_PER_QUARTER, Metre

_ON_GRID = 0.1
"""Steps by which an onset or an end may miss the grid and still count as standing on it."""
_DETACHED = 0.25
"""A gap shorter than this share of the time to the next onset is articulation, not a rest."""


@dataclass(frozen=True)
class _Sounding:
    """A note in steps and fractions of them, with the step its onset is nearest to."""

    step: int
    onset: float
    end: float
    pitch: int

    def sounds_on_under(self, other: "_Sounding") -> bool:
        """Whether this note holds while the later `other` sounds, rather than being bound to it."""
        return self.end - min(1.0, (self.end - self.onset) / 2) > other.onset


def placed(notes: Iterable[MidiNote], stretch: Stretch) -> list[MidiNote]:
    """Those of `notes`, which are in order, that start in `stretch`, with ticks from its first bar line on."""
    found: list[MidiNote] = []
    sections = iter(stretch.sections)
    start, end, position = next(sections)
    for note in notes:
        while note.onset >= end:
            following = next(sections, None)
            if following is None:
                return found
            start, end, position = following
        if note.onset >= start:
            onset = note.onset - start + position
            found.append(note._replace(onset=onset, end=onset + note.end - note.onset))
    return found


def top_line(notes: Sequence[MidiNote], division: int) -> tuple[list[Note], float]:
    """The highest of the notes that sound together, and the share of all onsets that miss the grid.

    Ticks, `division` a quarter note, become steps. A gap that only detaches a note from the next is
    closed; a rest is kept.
    """
    step = division / STEPS_PER_QUARTER
    sounding = sorted(
        (_Sounding(_nearest(note.onset / step), note.onset / step, note.end / step, note.pitch) for note in notes),
        key=lambda note: (note.step, -note.pitch),
    )
    line: list[_Sounding] = []
    for note in sounding:
        if line and note.step <= line[-1].step:
            continue
        if line and note.pitch < line[-1].pitch and line[-1].sounds_on_under(note):
            continue
        line.append(note)
    following = [*(note.step for note in line[1:]), None]
    ends = [_end(note, onset) for note, onset in zip(line, following, strict=True)]
    grid = [Note(note.step, end - note.step, note.pitch) for note, end in zip(line, ends, strict=True)]
    off_grid = sum(abs(note.onset - note.step) > _ON_GRID for note in sounding)
    return grid, off_grid / max(1, len(sounding))


def without_empty_bars(notes: Sequence[Note], metre: Metre) -> list[Note]:
    """The notes with those bars taken out in which nothing sounds: count-ins and interludes."""
    bar = metre.steps_per_bar
    sounding = {number for note in notes for number in range(note.onset // bar, (note.end - 1) // bar + 1)}
    place = {number: index for index, number in enumerate(sorted(sounding))}
    return [
        Note(note.onset - (note.onset // bar - place[note.onset // bar]) * bar, note.duration, note.pitch)
        for note in notes
    ]


def _end(note: _Sounding, following: int | None) -> int:
    """The step at which `note` ends, if the next one starts at step `following`."""
    end = _nearest(note.end)
    is_on_grid = abs(note.end - end) <= _ON_GRID
    if following is None:
        end = end if is_on_grid else int(note.end) + 1
    elif end >= following or (not is_on_grid and following - note.end < _DETACHED * (following - note.step)):
        end = following
    return max(end, note.step + 1)


def _nearest(steps: float) -> int:
    return int(steps + 0.5)
