"""What goes with the sound: the list of markers, and one file that holds all."""

import csv
import io
import os
from dataclasses import replace
from zipfile import ZipFile

import pytest

from generator.chords import Chord, Quality
from generator.melody.metre import METRES
from generator.rendering.markers import Marker, bar_seconds, markers, markers_csv
from generator.rendering.packaging import NotPackable, archive
from generator.score import Part, PlayedNote, Score
from generator.timing import TempoMap, Timing
from tests.generator.rendering.programmes import notes, score
from tests.generator.tunes import tune


def piece(metre: str = "4/4", pick_up: int = 0) -> Score:
    played = tuple(PlayedNote(0.5 * number, 0.5 * number + 0.4, 60, 80) for number in range(16))
    silent = METRES[metre].steps_per_bar - pick_up if pick_up else 0
    timing = Timing(TempoMap.even(120.0, silent))
    return Score("A piece", (Part("Piano", 0, played),), timing, METRES[metre], "C major", 10.0)


def test_bars_begin_where_tempo_and_metre_say_and_the_ring_has_none():
    assert bar_seconds(piece()) == [0, 2, 4, 6]
    assert bar_seconds(piece("3/4")) == [0, 1.5, 3, 4.5, 6, 7.5]
    assert bar_seconds(piece("6/8")) == [0, 1.5, 3, 4.5, 6, 7.5]


def test_a_pick_up_counts_with_the_first_bar():
    rows = markers(piece(pick_up=4))
    assert rows[:3] == [Marker(0.0, "pick-up", ""), Marker(0.5, "bar", "1"), Marker(2.5, "bar", "2")]


def test_bars_without_a_new_note_are_listed_when_the_melody_is_known():
    melody = tune([60, 62], [16, 32])
    assert bar_seconds(replace(score(8.0, Part("P", 0, tuple(notes(8.0, [60], 2.0)))), melody=melody)) == [0, 2, 4]


def test_sections_and_chords_stand_among_the_bars_in_order_of_time():
    chords = (Chord(0, Quality.MAJOR, 0, 24), Chord(7, Quality.DOMINANT_SEVENTH, 24, 40))
    rows = markers(replace(piece(), chords=chords), sections=[(0.0, "A"), (4.0, "B")])
    assert [(row.seconds, row.kind, row.label) for row in rows][:6] == [
        (0, "section", "A"), (0, "bar", "1"), (0, "chord", "C"), (2, "bar", "2"), (3, "chord", "G7"),
        (4, "section", "B"),
    ]  # fmt: skip


def test_hits_stand_with_the_bars_that_begin_there():
    rows = markers(replace(piece(), hits=(2.0, 6.0)))
    assert [(row.seconds, row.label) for row in rows if row.kind == "hit"] == [(2.0, "1"), (6.0, "2")]
    assert {row.seconds for row in rows if row.kind == "hit"} < {row.seconds for row in rows if row.kind == "bar"}


def test_a_piece_without_notes_has_one_bar():
    assert bar_seconds(score(4.0)) == [0]


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(label):
    table = list(csv.reader(io.StringIO(markers_csv([Marker(1.5, "section", label)]))))
    assert table[0] == ["seconds", "kind", "label"]
    assert table[1][:2] == ["1.500", "section"]
    assert table[1][2].startswith("'")


def test_a_label_of_several_lines_with_commas_and_quotes_stays_one_cell():
    table = list(csv.reader(io.StringIO(markers_csv([Marker(0.0, "section", 'a, "b"\nc')]))))
    assert table[1] == ["0.000", "section", 'a, "b" c']


def test_the_same_files_give_the_same_archive_whenever_and_in_whatever_order(tmp_path):
    sound = tmp_path / "t.wav"
    sound.write_bytes(bytes(range(256)) * 1000)
    archive({"a/t.wav": sound, "t.mp3": b"m"}, tmp_path / "one.zip")
    os.utime(sound, (0, 1_000_000_000))
    sound.chmod(0o600)
    archive({"t.mp3": b"m", "a/t.wav": sound}, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["a/t.wav", "t.mp3"]
        assert packed.read("a/t.wav") == sound.read_bytes()


@pytest.mark.parametrize("name", ["../t.wav", "/t.wav", "a/../../t", "a\\t.wav", "C:t.wav", "", ".", "a//b", "a\nb"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    with pytest.raises(NotPackable):
        archive({name: b""}, tmp_path / "one.zip")
    assert not list(tmp_path.iterdir())


def test_two_names_that_some_disks_cannot_tell_apart_are_refused(tmp_path):
    with pytest.raises(NotPackable, match="case"):
        archive({"T.wav": b"", "t.wav": b""}, tmp_path / "one.zip")


def test_a_file_that_is_missing_leaves_no_half_an_archive(tmp_path):
    with pytest.raises(FileNotFoundError):
        archive({"a.wav": b"a", "b.wav": tmp_path / "b.wav"}, tmp_path / "one.zip")
    assert not list(tmp_path.iterdir())
