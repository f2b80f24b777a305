"""Played notes as they are written: on the grid of sixteenths, in chords and voices, bar by bar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.melody.melody import Melody
from generator.melody.metre import Metre
from generator.score import Part, Score
from generator.timing import Timing

MOST_VOICES = 4
"""Voices of a staff, as many as notation programs know."""
STRUMMED_PROGRAMS = range(24, 32)
STRUM_LATE = 0.016
"""Seconds by which the middle of a guitar's strum is late."""
SINGLE = (16, 12, 8, 6, 4, 3, 2, 1)
"""Steps that one note with at most one dot can last, the longest first."""


@dataclass(frozen=True, order=True)
class Written:
    """Notes struck and left together: `onset` and `end` in grid steps, MIDI `pitches` in order."""

    onset: int
    end: int
    pitches: tuple[int, ...]


@dataclass(frozen=True)
class Sign:
    """One note, chord or, without pitches, rest of a bar: `start` in steps of the bar, `steps` one of SINGLE.

    `tied_from` and `tied_on` say that it goes on from the sign before, or in the next.
    """

    start: int
    steps: int
    pitches: tuple[int, ...] = ()
    tied_from: bool = False
    tied_on: bool = False


def of_melody(melody: Melody) -> list[Written]:
    """The melody as it is written."""
    return [Written(note.onset, note.end, (note.pitch,)) for note in melody.notes]


def of_part(part: Part, score: Score) -> list[Written]:
    """What an accompaniment is written as: its onsets and ends rounded to the grid, none beyond the last bar.

    Of drums every stroke lasts to the next, or to the end of its beat.

    Raises:
        ValueError: the score's melody is not known.
    """
    if score.melody is None:
        raise ValueError("without its melody it is not known where a score ends")
    last = score.melody.steps
    late = STRUM_LATE if part.program in STRUMMED_PROGRAMS and not part.drums else 0.0
    longest: dict[tuple[int, int], int] = {}
    for note in part.notes:
        onset = min(last - 1, _step(score.timing, note.start - late))
        end = min(last, max(onset + 1, _step(score.timing, note.end)))
        longest[onset, note.pitch] = max(end, longest.get((onset, note.pitch), 0))
    together: dict[tuple[int, int], list[int]] = {}
    for (onset, pitch), end in sorted(longest.items()):
        together.setdefault((onset, end), []).append(pitch)
    found = [Written(onset, end, tuple(pitches)) for (onset, end), pitches in sorted(together.items())]
    return _strokes(found, score.metre) if part.drums else found


def voices(written: Iterable[Written]) -> list[list[Written]]:
    """The same in so few voices that in none of them two sound at once, at most MOST_VOICES.

    Where more would be needed what is there ends earlier.
    """
    found: list[list[Written]] = []
    # At one onset what lasts longest comes first, so that it keeps its voice.
    for event in sorted(written, key=lambda event: (event.onset, -event.end, event.pitches)):
        free = next((voice for voice in found if voice[-1].end <= event.onset), None)
        if free is None and len(found) < MOST_VOICES:
            free = []
            found.append(free)
        if free is None:
            free = min(found, key=lambda voice: voice[-1].end)
            if free[-1].onset == event.onset:
                pitches = tuple(sorted({*free[-1].pitches, *event.pitches}))
                free[-1] = Written(event.onset, min(free[-1].end, event.end), pitches)
                continue
            free[-1] = replace(free[-1], end=event.onset)
        free.append(event)
    return found


def signs(voice: Sequence[Written], start: int, end: int, beat: int) -> list[Sign]:
    """What stands in the bar from grid step `start` up to `end`: notes and rests that fill it exactly."""
    found: list[Sign] = []
    here = start
    for event in voice:
        if event.end <= start or event.onset >= end:
            continue
        first, last = max(start, event.onset), min(end, event.end)
        found += [Sign(at - start, steps) for at, steps in _single(here, first, beat)]
        pieces = _single(first, last, beat)
        found += [
            Sign(at - start, steps, event.pitches, at > event.onset, at + steps < event.end) for at, steps in pieces
        ]
        here = last
    return found + [Sign(at - start, steps) for at, steps in _single(here, end, beat)]


def _step(timing: Timing, second: float) -> int:
    return max(timing.first_step, round(timing.step_at(second)))


def _strokes(found: Sequence[Written], metre: Metre) -> list[Written]:
    by_onset: dict[int, set[int]] = {}
    for event in found:
        by_onset.setdefault(event.onset, set()).update(event.pitches)
    onsets = sorted(by_onset)
    following = [*onsets[1:], onsets[-1] + metre.steps_per_bar] if onsets else []
    return [
        Written(
            onset,
            min(after, onset - onset % metre.steps_per_beat + metre.steps_per_beat),
            tuple(sorted(by_onset[onset])),
        )
        for onset, after in zip(onsets, following, strict=True)
    ]


def _single(first: int, last: int, beat: int) -> list[tuple[int, int]]:
    """(step, steps) of the signs that fill the steps from `first` up to `last`; off the beat they show the next."""
    found = []
    while first < last:
        longest = last - first
        if first % beat and not (longest in SINGLE and first % 2 == 0):
            longest = min(longest, beat - first % beat)
        steps = next(steps for steps in SINGLE if steps <= longest)
        found.append((first, steps))
        first += steps
    return found
