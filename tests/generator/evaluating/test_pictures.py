"""Pieces as pictures: what is drawn is what sounds, and notes that do not belong are marked."""

from dataclasses import replace

import numpy as np
import pytest

from generator.chords import Chord, Quality
from generator.cli.main import main
from generator.evaluating.piece_plot import LINGERING, draw_piece, odd_notes
from generator.evaluating.spectrogram import FLOOR, HOP, levels, pitches, spectrogram
from generator.melody.metre import METRES
from generator.rendering.midi import score_to_midi
from generator.rendering.sound import SAMPLE_RATE
from generator.score import Part, PlayedNote, Score
from generator.timing import TempoMap, Timing
from tests.generator.rendering.programmes import midi_of
from tests.generator.tunes import tune

SECONDS = 4.0


def tone(frequency: float) -> np.ndarray:
    sound = np.sin(2 * np.pi * frequency * np.arange(int(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE)
    return np.stack([sound, sound], axis=1).astype(np.float32)


def piece(held_until: float = 2.0) -> Score:
    """A bar of C and one of F under a melody, with an accompanying E that is held so long."""
    melody = tune([72, 72], [16, 16])
    return Score(
        title="A piece",
        parts=(
            Part("Flute", 73, (PlayedNote(0, 2, 72, 80), PlayedNote(2, 4, 72, 80))),
            Part("Strings", 48, (PlayedNote(0, held_until, 64, 70), PlayedNote(2, 4, 65, 70))),
            Part("Drums", 0, (PlayedNote(0, 0.1, 36, 90),), drums=True),
        ),
        timing=Timing(TempoMap.even(120.0)),
        metre=METRES["4/4"],
        key="C major",
        seconds=SECONDS,
        melody=melody,
        chords=(Chord(0, Quality.MAJOR, 0, 16), Chord(5, Quality.MAJOR, 16, 16)),
    )


@pytest.mark.parametrize("pitch", [40, 57, 69, 90, 110])
def test_a_tone_stands_in_the_row_of_its_pitch(pitch):
    drawn = spectrogram(tone(440 * 2 ** ((pitch - 69) / 12)))
    middle = drawn[:, drawn.shape[1] // 2]
    assert pitches()[middle.argmax()] == pytest.approx(pitch, abs=0.5)
    assert middle.max() == pytest.approx(0, abs=1.5)


def test_a_click_is_a_line_through_the_high_rows_at_its_moment():
    sound = np.zeros((SAMPLE_RATE, 2), dtype=np.float32)
    sound[SAMPLE_RATE // 2] = 1
    high = spectrogram(sound)[pitches() > 100]
    columns = np.flatnonzero((high > FLOOR + 20).all(axis=0))
    assert len(columns)
    assert np.abs(columns * HOP - SAMPLE_RATE // 2).max() <= 2 * HOP


def test_silence_is_black_and_its_level_at_the_floor():
    silence = np.zeros((SAMPLE_RATE, 2), dtype=np.float32)
    assert (spectrogram(silence) == FLOOR).all()
    assert all((level == pytest.approx(FLOOR)) for level in np.concatenate(levels(silence)))


def test_a_full_scale_tone_peaks_at_nought_and_lies_three_decibels_below_in_the_mean():
    peaks, means = levels(tone(1000))
    assert peaks.max() == pytest.approx(0, abs=0.1)
    assert np.median(means) == pytest.approx(-3, abs=0.2)


def test_a_note_held_into_a_chord_without_it_is_marked_and_one_let_go_is_not():
    assert odd_notes(piece()) == []
    assert odd_notes(piece(2 + LINGERING / 2)) == []
    ((part, note, chord),) = odd_notes(piece(2.5))
    assert (part.name, note.pitch, chord.root) == ("Strings", 64, 5)


def test_a_picture_grows_with_the_piece(tmp_path):
    short = draw_piece(piece(), tone(440), tmp_path / "short.png").read_bytes()
    longer = replace(piece(), seconds=40.0)
    long = draw_piece(longer, tone(440), tmp_path / "long.png").read_bytes()
    widths = [int.from_bytes(png[16:20]) for png in (short, long)]
    assert short.startswith(b"\x89PNG")
    assert widths[0] < widths[1]


def test_the_command_draws_a_file_of_our_own_beside_it(tmp_path, capsys):
    (tmp_path / "a.mid").write_bytes(score_to_midi(piece()))
    assert main(["draw", str(tmp_path / "a.mid")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_foreign_file_and_one_that_is_missing_are_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "foreign.mid").write_bytes(midi_of("strings", 4))
    for name, says in (("foreign.mid", "does not say how its music is written"), ("gone.mid", "cannot be read")):
        assert main(["draw", str(tmp_path / name)]) == 2
        err = capsys.readouterr().err
        assert says in err
        assert len(err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*.png"))
