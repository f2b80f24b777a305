"""The same melody in another mode or another metre."""

from dataclasses import replace
from itertools import pairwise

from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import Metre

_TO_MINOR = {4: 3, 9: 8, 11: 10}
_TO_MAJOR = {3: 4, 8: 9, 10: 11}
_LEADING_NOTE = 11


def with_mode(melody: Melody, mode: Mode) -> Melody:
    """The melody with the third, sixth and seventh of its scale moved to `mode`.

    On its way up to the tonic the seventh stays a leading note, as minor melodies have it.
    """
    if mode is melody.mode:
        return melody
    moves = _TO_MINOR if mode is Mode.MINOR else _TO_MAJOR
    notes = []
    for number, note in enumerate(melody.notes):
        degree = (note.pitch - melody.tonic) % 12
        following = melody.notes[number + 1].pitch if number + 1 < len(melody.notes) else None
        leads = degree == _LEADING_NOTE and following == note.pitch + 1
        notes.append(note if leads else replace(note, pitch=note.pitch + moves.get(degree, degree) - degree))
    return replace(melody, notes=tuple(notes), mode=mode)


def with_metre(melody: Melody, metre: Metre) -> Melody:
    """The melody with each bar stretched or shortened to a bar of `metre`.

    Onsets keep their place in the bar, as a share of it, moved to the nearest step of the same bar; of two notes
    that fall on one step the longer stays.
    """
    if metre == melody.metre:
        return melody
    old, new = melody.metre.steps_per_bar, metre.steps_per_bar
    steps = melody.bars * new

    def moved(step: int, last: int) -> int:
        return step // old * new + min(round(step % old * new / old), last)

    longest: dict[int, Note] = {}
    for note in melody.notes:
        onset = moved(note.onset, new - 1)
        if onset not in longest or note.duration > longest[onset].duration:
            longest[onset] = note
    onsets = [*sorted(longest), steps]
    notes = tuple(
        Note(onset, max(1, min(moved(longest[onset].end, new), following) - onset), longest[onset].pitch)
        for onset, following in pairwise(onsets)
    )
    return Melody(notes, metre, melody.tonic, melody.mode, steps)
