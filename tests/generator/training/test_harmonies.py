"""What is learned of harmony: chords read from pianos, counted, and used."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from generator.arranging.harmony import harmonised
from generator.arranging.palette import build_palette
from generator.chords import Quality
from generator.harmonies import load_habits, provenance_of, save_habits
from generator.melody.melody import Mode
from generator.training import songs as songs_module
from generator.training.accompanied import WrittenNote, read_accompanied
from generator.training.analysing import chord_of, chords_in
from generator.training.corpora import Source
from generator.training.extracting import Unusable
from generator.training.harmonies import learn_habits
from generator.training.reading import read_song
from generator.training.songs import load_songs, song_of
from tests.generator.training.songs import write_song

BARS = ["C C", "F C", "Dm G7", "C C", "C Am", "F C", "Dm G7", "C C"]
MAJOR, MINOR, SEVENTH = Quality.MAJOR, Quality.MINOR, Quality.DOMINANT_SEVENTH
NAMES = {"C": (0, MAJOR), "F": (5, MAJOR), "G7": (7, SEVENTH), "Am": (9, MINOR), "Dm": (2, MINOR), "G": (7, MAJOR)}


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "songs"
    folder.mkdir()
    for number in range(3):
        write_song(folder / f"lc{number}.mxl", BARS)
    write_song(folder / "lc8.mxl", BARS, piano=False)
    write_song(folder / "lc9.mxl", BARS, words=False)
    (folder / "lc99.mxl").write_bytes(b"no archive")
    return folder


def source(folder: Path) -> Source:
    return Source("openscore-lieder", "CC0 1.0", "a test", folder, "*.mxl", read_song)


def test_the_chords_of_a_song_are_those_that_its_piano_breaks(folder):
    song = song_of(folder / "lc0.mxl", "a song")
    assert song.melody.key_name == "C major"
    assert song.melody.bars == 8
    assert [NAMES[name] for bar in BARS for name in bar.split()] == list(song.chords)
    assert len(song.beats) == 32
    assert song.beats[::2] == song.chords
    assert song.basses[:4] == (0, 0, 0, 0)


def test_songs_without_voice_or_piano_are_dropped_under_their_reason_and_the_others_read_once(
    folder, tmp_path, monkeypatch
):
    found, dropped = load_songs(source(folder), tmp_path / "cache")
    assert [song.identity for song in found] == [f"openscore-lieder/lc{number}" for number in range(3)]
    assert dropped == Counter({"no piano part": 1, "no voice part": 1, "unreadable": 1})
    monkeypatch.setattr(songs_module, "song_of", lambda *_: pytest.fail("read again"))
    assert load_songs(source(folder), tmp_path / "cache") == (found, dropped)


def test_a_chord_is_named_over_passing_notes_and_none_is_where_two_notes_are_all():
    assert chord_of({"C": 4, "E": 4, "G": 4, "D": 0.5}) == (0, MAJOR)
    assert chord_of({"G": 4, "B": 2, "D": 2, "F": 2}) == (7, SEVENTH)
    assert chord_of({"B-": 4, "D": 2, "F": 2}) == (10, MAJOR)
    assert chord_of({"F#": 1, "A": 1, "C": 1, "E-": 1}) == (6, Quality.DIMINISHED_SEVENTH)
    assert chord_of({"C": 4, "G": 4}) is None
    assert chord_of({"C": 1, "C#": 1, "D": 1, "E-": 1}) is None


def test_a_held_chord_counts_in_every_stretch_that_it_sounds_in():
    held = [WrittenNote(0, 16, name, 60) for name in ("C", "E", "G")]
    assert chords_in(held, 24, 8) == [(0, MAJOR), (0, MAJOR), None]


def test_a_stretch_in_one_key_and_metre_is_read_from_the_first_sung_bar(folder):
    song = read_accompanied(folder / "lc0.mxl")
    assert song.melody.notes[0].onset == 0
    assert song.melody.steps == 8 * 16
    with pytest.raises(Unusable, match="no piano part"):
        read_accompanied(folder / "lc8.mxl")


def test_what_is_learned_are_probabilities_and_nothing_is_impossible(folder, tmp_path):
    habits = learn_habits([song_of(folder / "lc0.mxl", "a")])
    for name in ("common", "moving", "sounding", "phrase_ends", "opens", "inversions"):
        np.testing.assert_allclose(getattr(habits, name).sum(axis=-1), 1, atol=1e-4)
    assert (habits.common > 0).all()
    assert (habits.sounding > 0).all()
    assert ((habits.staying > 0) & (habits.staying < 1)).all()
    save_habits(habits, {"songs": "1"}, tmp_path / "harmony.safetensors")
    assert provenance_of(tmp_path / "harmony.safetensors") == {"songs": "1"}
    np.testing.assert_array_equal(load_habits(tmp_path / "harmony.safetensors").moving, habits.moving)


def test_a_melody_is_harmonised_as_the_songs_that_were_learned_from(folder):
    songs = [song_of(folder / f"lc{number}.mxl", "a") for number in range(3)] * 10
    palette = build_palette(learn_habits(songs), Mode.MAJOR)
    harmony = harmonised(songs[0].melody, palette=palette)
    asked = [NAMES[name] for bar in BARS for name in bar.split()]
    found = [(harmony.at(8 * number).root, harmony.at(8 * number).quality) for number in range(16)]
    assert sum(one == other for one, other in zip(asked, found, strict=True)) >= 14
