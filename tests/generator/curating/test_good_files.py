"""Good files, and the melody that comes out of them."""

from pathlib import Path

import pytest

from generator.curating.checked import CheckedPiece
from generator.curating.checking import check_midi_file
from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES
from tests.generator.curating.files import END, meta, midi_bytes, scale_events, scale_file, write_midi


def line(pitches: list[int], duration: int = 4, start: int = 0) -> list[Note]:
    """`pitches` one after the other, `duration` steps each."""
    return [Note(start + number * duration, duration, pitch) for number, pitch in enumerate(pitches)]


C_MAJOR = [60, 64, 67, 64, 65, 69, 67, 65, 64, 60, 62, 59, 60, 67, 64, 60]
A_MINOR = [69, 72, 76, 72, 74, 77, 76, 74, 72, 69, 71, 68, 69, 76, 72, 69]


def test_a_single_line_comes_out_as_it_was_written(tmp_path: Path) -> None:
    checked = check_midi_file(write_midi(tmp_path / "a.mid", line(C_MAJOR), sharps="C", tempo=90, title="My tune"))
    assert checked.melody == Melody(tuple(line(C_MAJOR)), METRES["4/4"], 0, Mode.MAJOR, 64)
    assert (checked.title, checked.tempo, checked.line) == ("My tune", 90, "single line")
    assert (checked.notes, checked.bars, checked.metre, checked.key) == (16, 4, "4/4", "C major")
    assert (checked.lowest, checked.highest, checked.off_grid) == (59, 69, 0)
    assert checked.seconds == pytest.approx(4 * 4 * 60 / 90)
    assert checked.metre_is_stated


def test_rests_inside_a_bar_are_kept(tmp_path: Path) -> None:
    notes = [Note(4 * number, 3 if number % 2 else 2, pitch) for number, pitch in enumerate(C_MAJOR)]
    assert check_midi_file(write_midi(tmp_path / "a.mid", notes)).melody.notes == tuple(notes)


def test_a_minor_tune_stays_minor(tmp_path: Path) -> None:
    checked = check_midi_file(write_midi(tmp_path / "a.mid", line(A_MINOR), sharps="Am"))
    assert (checked.melody.tonic, checked.melody.mode) == (9, Mode.MINOR)


def test_a_pick_up_keeps_its_place_in_the_first_bar(tmp_path: Path) -> None:
    notes = line([67, *C_MAJOR], start=12)
    melody = check_midi_file(write_midi(tmp_path / "a.mid", notes)).melody
    assert melody.notes == tuple(notes)
    assert melody.bars == 5


def test_a_pick_up_that_is_written_as_a_short_bar_moves_to_the_end_of_the_first_bar(tmp_path: Path) -> None:
    events = [meta(0x58, b"\x01\x02\x18\x08")]
    events += [b"\x00\x90\x43\x50\x83\x60\x80\x43\x00"]
    events += [meta(0x58, b"\x04\x02\x18\x08")]
    path = tmp_path / "a.mid"
    path.write_bytes(midi_bytes(b"".join(events) + scale_events()))
    melody = check_midi_file(path).melody
    assert melody.notes[:3] == (Note(12, 4, 67), Note(16, 2, 60), Note(18, 2, 62))
    assert melody.bars == 5


def test_six_eight_and_three_four_keep_the_length_of_their_bars(tmp_path: Path) -> None:
    for metre in ("6/8", "3/4"):
        notes = line([*C_MAJOR[:12], 60, 64, 67, 65, 64, 62, 60, 59, 60, 62, 64, 60], 2)
        melody = check_midi_file(write_midi(tmp_path / "a.mid", notes, metre=metre)).melody
        assert (melody.metre, melody.bars, melody.notes) == (METRES[metre], 4, tuple(notes))


def test_two_two_is_read_as_four_four(tmp_path: Path) -> None:
    assert check_midi_file(write_midi(tmp_path / "a.mid", line(C_MAJOR), metre="2/2")).metre == "4/4"


def test_a_file_without_a_metre_is_read_in_four_four_and_says_so(tmp_path: Path) -> None:
    checked = check_midi_file(write_midi(tmp_path / "a.mid", line(C_MAJOR), metre=None))
    assert (checked.metre, checked.metre_is_stated) == ("4/4", False)


def test_of_two_voices_in_one_track_the_top_line_is_taken(tmp_path: Path) -> None:
    below = [Note(note.onset, note.duration, note.pitch - 7) for note in line(C_MAJOR)]
    path = write_midi(tmp_path / "a.mid", line(C_MAJOR), below, together=True)
    checked = check_midi_file(path)
    assert checked.melody.notes == tuple(line(C_MAJOR))
    assert checked.line == "top line of 2 voices"


def test_a_lower_voice_that_moves_under_a_long_note_does_not_cut_it(tmp_path: Path) -> None:
    above = line([72, 74, 76, 77, 76, 74, 72, 71, 72, 76, 74, 72], 8)
    below = line([60, 62] * 24, 2)
    checked = check_midi_file(write_midi(tmp_path / "a.mid", above, below, together=True))
    assert checked.melody.notes == tuple(above)


def test_of_several_parts_the_highest_single_line_is_taken(tmp_path: Path) -> None:
    bass = line([pitch - 24 for pitch in C_MAJOR])
    chords = [Note(note.onset, 4, note.pitch + up) for note in line(C_MAJOR) for up in (12, 16, 19)]
    path = write_midi(tmp_path / "a.mid", bass, chords, line(C_MAJOR))
    checked = check_midi_file(path)
    assert checked.melody.notes == tuple(line(C_MAJOR))
    assert checked.line == "single line"


def test_the_drums_are_never_the_melody(tmp_path: Path) -> None:
    drums = scale_events(64).replace(b"\x90", b"\x99").replace(b"\x80", b"\x89")
    path = tmp_path / "a.mid"
    path.write_bytes(midi_bytes(drums, scale_events(40)))
    assert check_midi_file(path).notes == 40


def test_a_detached_way_of_playing_is_read_as_the_notes_were_meant(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    quavers = scale_events().replace(b"\x81\x70\x80", b"\x81\x58\x80").replace(b"\x00\x90", b"\x18\x90")
    path.write_bytes(midi_bytes(b"\x00\x90" + quavers[2:]))
    assert [note.duration for note in check_midi_file(path).melody.notes] == [2] * 32


def test_bars_of_silence_are_left_out(tmp_path: Path) -> None:
    notes = line(C_MAJOR[:8], start=16) + line(C_MAJOR[8:], start=80)
    melody = check_midi_file(write_midi(tmp_path / "a.mid", notes)).melody
    assert melody.notes == tuple(line(C_MAJOR))


def test_the_longest_stretch_in_one_metre_is_taken(tmp_path: Path) -> None:
    waltz = meta(0x58, b"\x03\x02\x18\x08") + scale_events(24)[:-4]
    path = tmp_path / "a.mid"
    path.write_bytes(midi_bytes(waltz + meta(0x58, b"\x04\x02\x18\x08") + scale_events(48)))
    checked = check_midi_file(path)
    assert (checked.metre, checked.bars, checked.notes) == ("4/4", 6, 48)


def test_script_tags_broken_text_and_nul_leave_a_title_of_one_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    for raw, title in (
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
        (b"Caf\xe9\x00 \xff\xfe", "Café ÿþ"),
        (b"a\r\nb\x1b[31m\x7f", "a b[31m"),
        ("abc\u202egnp.exe\u200b".encode(), "abcgnp.exe"),
        (b"x" * 127, "x" * 120),
    ):
        path.write_bytes(scale_file(meta(0x03, raw)))
        assert check_midi_file(path).title == title


def test_a_key_signature_that_does_not_exist_is_no_hint(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(scale_file())
    without = check_midi_file(path)
    path.write_bytes(scale_file(meta(0x59, b"\x63\x07")))
    assert check_midi_file(path) == without


def test_running_status_bytes_after_the_end_and_unknown_chunks_do_no_harm(tmp_path: Path) -> None:
    track = b"\x00\x90" + b"".join(
        bytes([60 + n % 5, 80]) + b"\x83\x60" + bytes([60 + n % 5, 0, 0]) for n in range(16)
    )
    data = midi_bytes(track[:-1] + END + b"rest")
    data = data[:14] + b"XFIH\x00\x00\x00\x02ab" + data[14:] + b"trailing"
    path = tmp_path / "a.mid"
    path.write_bytes(data)
    assert check_midi_file(path).notes == 16


def test_a_checked_piece_survives_its_json(tmp_path: Path) -> None:
    checked = check_midi_file(write_midi(tmp_path / "a.mid", line(A_MINOR), title="Ré"))
    assert CheckedPiece.from_json(checked.to_json()) == checked
    with pytest.raises(ValueError, match="no checked piece"):
        CheckedPiece.from_json("{}")
