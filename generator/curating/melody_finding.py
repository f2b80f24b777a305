"""The melody in a MIDI file."""

import json
from collections.abc import Sequence

from generator.curating.bars import Stretch, longest_stretch
from generator.curating.checked import CheckedPiece
from generator.curating.limits import MOST_OFF_GRID, TO_LEARN_FROM, Bounds
from generator.curating.line import placed, top_line, without_empty_bars
from generator.curating.midi_reading import MidiSong, read_midi
from generator.curating.parts import count_voices, melodic_part
from generator.curating.refusal import MidiRefused, Refusal
from generator.curating.texts import clean_text
from generator.melody.key import fitted_key
from generator.melody.melody import Melody, Note
from generator.melody.metre import Metre
from generator.melody.written import melody_of_fields


def checked_piece(data: bytes, bounds: Bounds = TO_LEARN_FROM) -> CheckedPiece:
    """The piece in `data`, the whole of a MIDI file.

    A track that was composed here tells its melody as it is written, with the lengths, the rests and the last bar
    that the performance hides; as long as the file's notes are still the same, that one is taken. To be called where
    time and memory are limited; `generator.curating.checking` does so.

    Raises:
        MidiRefused: the file cannot be read, or what it holds is no melody within `bounds`.
    """
    song = read_midi(data)
    part = melodic_part(song, bounds.fewest_notes)
    stretch = longest_stretch(song, max(note.end for note in part.notes))
    in_bars = placed(part.notes, stretch)
    _need_notes(len(in_bars), bounds)
    voices, _ = count_voices(in_bars, song.division)
    line, off_grid = top_line(in_bars, song.division)
    melody = _as_written(song.written, line, stretch.metre)
    if melody:
        off_grid = 0.0
    else:
        _need_grid(off_grid)
        melody = _as_played(without_empty_bars(line, stretch.metre), stretch, bounds)
    _need_fitting(melody, bounds)
    return CheckedPiece(
        melody=melody,
        title=_title(song),
        part=clean_text(part.name),
        tempo=round(song.tempo_between(stretch.start, stretch.end), 2),
        voices=voices,
        off_grid=round(off_grid, 4),
        metre_is_stated=bool(song.metres),
    )


def _as_written(fields: bytes, line: Sequence[Note], metre: Metre) -> Melody | None:
    """The melody that the file tells of, if `line`, as it was played, has the same onsets and pitches."""
    try:
        melody = melody_of_fields(json.loads(fields)) if fields else None
    except (ValueError, RecursionError):
        return None
    if melody is None or not melody.notes or melody.metre != metre:
        return None
    before = line[0].onset - melody.notes[0].onset
    played = [(note.onset - before, note.pitch) for note in line]
    return melody if played == [(note.onset, note.pitch) for note in melody.notes] else None


def _as_played(notes: Sequence[Note], stretch: Stretch, bounds: Bounds) -> Melody:
    _need_notes(len(notes), bounds)
    tonic, mode = fitted_key(notes, stretch.sharps)
    bars = -(-notes[-1].end // stretch.metre.steps_per_bar)
    return Melody(tuple(notes), stretch.metre, tonic, mode, bars * stretch.metre.steps_per_bar)


def _need_notes(count: int, bounds: Bounds) -> None:
    if count < bounds.fewest_notes:
        raise MidiRefused(
            Refusal.TOO_FEW_NOTES,
            f"The melody is too short: notes found {count}, needed {bounds.fewest_notes} or more.",
        )


def _need_grid(off_grid: float) -> None:
    if off_grid > MOST_OFF_GRID:
        raise MidiRefused(
            Refusal.OFF_GRID,
            f"{off_grid:.0%} of the notes do not start on a sixteenth (up to {MOST_OFF_GRID:.0%} may). "
            "Quantise the piece to sixteenths; tunes in triplets or swing are not taken.",
        )


def _need_fitting(melody: Melody, bounds: Bounds) -> None:
    span = max(note.pitch for note in melody.notes) - min(note.pitch for note in melody.notes)
    if span > bounds.widest_range:
        raise MidiRefused(
            Refusal.RANGE_TOO_WIDE,
            f"The melody spans {span} semitones; up to {bounds.widest_range} (two octaves) are taken.",
        )
    if melody.bars < bounds.shortest_bars:
        raise MidiRefused(
            Refusal.TOO_SHORT, f"The melody has {melody.bars} bars; it needs at least {bounds.shortest_bars}."
        )
    if melody.bars > bounds.longest_bars:
        raise MidiRefused(
            Refusal.TOO_LONG,
            f"The melody has {melody.bars} bars; up to {bounds.longest_bars} are taken. Upload a part of it.",
        )


def _title(song: MidiSong) -> str:
    """The name of the first track, unless it is only that of one part among several."""
    playing = sum(bool(track.notes) for track in song.tracks)
    first = song.tracks[0]
    return clean_text(first.name) if playing == 1 or not first.notes else ""
