"""The melody in a MIDI file."""

from collections.abc import Sequence

from generator.curating.bars import longest_stretch
from generator.curating.checked import CheckedPiece
from generator.curating.limits import (
    FEWEST_NOTES,
    LONGEST_BARS,
    MOST_OFF_GRID,
    SHORTEST_BARS,
    WIDEST_RANGE,
)
from generator.curating.line import placed, top_line, without_empty_bars
from generator.curating.midi_reading import MidiSong, read_midi
from generator.curating.parts import count_voices, melodic_part
from generator.curating.refusal import MidiRefused, Refusal
from generator.curating.texts import clean_text
from generator.melody.key import fitted_key
from generator.melody.melody import Melody, Note


def checked_piece(data: bytes) -> CheckedPiece:
    """The piece in `data`, the whole of a MIDI file.

    To be called where time and memory are limited; `generator.curating.checking` does so.

    Raises:
        MidiRefused: the file cannot be read, or what it holds is no melody to learn from.
    """
    song = read_midi(data)
    part = melodic_part(song)
    stretch = longest_stretch(song, max(note.end for note in part.notes))
    in_bars = placed(part.notes, stretch)
    _need_notes(len(in_bars))
    voices, _ = count_voices(in_bars, song.division)
    line, off_grid = top_line(in_bars, song.division)
    if off_grid > MOST_OFF_GRID:
        raise MidiRefused(
            Refusal.OFF_GRID,
            f"{off_grid:.0%} of the notes do not start on a sixteenth (up to {MOST_OFF_GRID:.0%} may). "
            "Quantise the piece to sixteenths; tunes in triplets or swing are not taken.",
        )
    notes = without_empty_bars(line, stretch.metre)
    _need_notes(len(notes))
    _need_fitting(notes, stretch.metre.steps_per_bar)
    tonic, mode = fitted_key(notes, stretch.sharps)
    bars = -(-notes[-1].end // stretch.metre.steps_per_bar)
    return CheckedPiece(
        melody=Melody(tuple(notes), stretch.metre, tonic, mode, bars * stretch.metre.steps_per_bar),
        title=_title(song),
        part=clean_text(part.name),
        tempo=round(song.tempo_between(stretch.start, stretch.end), 2),
        voices=voices,
        off_grid=round(off_grid, 4),
        metre_is_stated=bool(song.metres),
    )


def _need_notes(count: int) -> None:
    if count < FEWEST_NOTES:
        raise MidiRefused(
            Refusal.TOO_FEW_NOTES, f"The melody is too short: notes found {count}, needed {FEWEST_NOTES} or more."
        )


def _need_fitting(notes: Sequence[Note], bar: int) -> None:
    span = max(note.pitch for note in notes) - min(note.pitch for note in notes)
    if span > WIDEST_RANGE:
        raise MidiRefused(
            Refusal.RANGE_TOO_WIDE,
            f"The melody spans {span} semitones; up to {WIDEST_RANGE} (two octaves) are taken.",
        )
    bars = -(-notes[-1].end // bar)
    if bars < SHORTEST_BARS:
        raise MidiRefused(Refusal.TOO_SHORT, f"The melody has {bars} bars; it needs at least {SHORTEST_BARS}.")
    if bars > LONGEST_BARS:
        raise MidiRefused(
            Refusal.TOO_LONG, f"The melody has {bars} bars; up to {LONGEST_BARS} are taken. Upload a part of it."
        )


def _title(song: MidiSong) -> str:
    """The name of the first track, unless it is only that of one part among several."""
    playing = sum(bool(track.notes) for track in song.tracks)
    first = song.tracks[0]
    return clean_text(first.name) if playing == 1 or not first.notes else ""
