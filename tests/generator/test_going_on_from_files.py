"""`compose --from`: going on from a MIDI file at a terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli.main import main
from generator.curating.checking import check_midi_file
from generator.melody.melody import Melody, Note
from tests.generator.curating.files import write_midi

pytestmark = pytest.mark.slow
SECONDS = ["--no-audio", "--candidates", "2"]


@pytest.fixture(scope="module")
def song(tmp_path_factory) -> Path:
    """Ten bars of 4/4 in C major from another program, at 120 quarter notes a minute."""
    scale = (60, 64, 67, 65, 64, 62, 67, 71)
    notes = [Note(4 * beat, 4, scale[(beat * 3 + beat // 5) % 8]) for beat in range(39)]
    notes.append(Note(156, 4, 60))
    return write_midi(tmp_path_factory.mktemp("song") / "song.mid", notes, sharps="C", tempo=120)


@pytest.fixture
def compose(tmp_path, capsys) -> Callable[..., tuple[dict[str, Any], Melody]]:
    """`compose(*words)` gives the facts and the melody of the track that is written."""

    def run(*words: str) -> tuple[dict[str, Any], Melody]:
        out = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        command = ["compose", "--mood", "sad", "--seed", "3", "--out", str(out), *SECONDS, *words]
        assert main(command) == 0, capsys.readouterr().err
        (line,) = capsys.readouterr().out.splitlines()
        facts = json.loads(line)
        return facts, check_midi_file(out / f"{facts['name']}.mid", "editing").melody

    return run


def test_a_file_s_bars_are_kept_in_its_key_metre_tempo_and_length(compose, song):
    facts, melody = compose("--from", str(song), "--redo", "5-8")
    source = check_midi_file(song).melody
    assert melody.bar_contents()[:4] == source.bar_contents()[:4]
    assert melody.bar_contents()[8:] == source.bar_contents()[8:]
    assert melody.bar_contents()[4:8] != source.bar_contents()[4:8]
    assert (facts["key"], facts["metre"], facts["bars"], facts["tempo"]) == ("C major", "4/4", 10, 120.0)
    assert facts["edit"] == {
        "from": "song.mid", "kept_bars": "1-4, 9-10", "varied_bars": "", "new_bars": "5-8",
        "source_key": "C major", "source_metre": "4/4", "source_bars": 10,
    }  # fmt: skip
    assert facts["seconds_asked"] == pytest.approx(20 / 0.92, abs=0.001)


@pytest.mark.parametrize(
    "mood", [["--mood", "happy:0.6,sad:0.4"], ["--mood", "sad:0.5,angry:0.3,tense:0.2", "--intensity", "0.4"]]
)
def test_a_file_is_gone_on_from_in_a_mood_between_moods(compose, song, mood):
    facts, melody = compose("--from", str(song), "--redo", "5-8", *mood)
    source = check_midi_file(song).melody
    assert melody.bar_contents()[:4] == source.bar_contents()[:4]
    assert facts["mood"] == mood[1]
    again, same = compose("--from", str(song), "--redo", "5-8", "--mood", facts["mood"], *mood[2:])
    assert (again, same) == (facts, melody)


def test_a_tenth_three_times_over_is_varied(compose, song):
    facts, _ = compose("--from", str(song), "--vary", "0.3")
    varied = facts["edit"]["varied_bars"]
    numbers = [
        bar for word in varied.split(", ") for bar in range(int(word.split("-")[0]), int(word.split("-")[-1]) + 1)
    ]
    assert len(numbers) == 3
    same, melody = compose("--from", str(song), "--vary", "0")
    assert melody.notes == check_midi_file(song).melody.notes
    assert same["edit"]["kept_bars"] == "1-10"


def test_key_and_metre_can_be_changed_by_name(compose, song):
    facts, melody = compose("--from", str(song), "--keep", "1-10", "--key", "D minor", "--metre", "3/4")
    assert (facts["key"], facts["metre"], facts["bars"]) == ("D minor", "3/4", 10)
    source = check_midi_file(song).melody
    assert {note.pitch % 12 for note in melody.notes} <= {2, 4, 5, 7, 9, 10, 0, 1}
    assert melody.notes[0].pitch == source.notes[0].pitch + 2


def test_a_track_made_here_can_be_gone_on_from_again_and_again(compose, song, tmp_path):
    first, melody = compose("--seconds", "20", "--key", "F# minor", "--metre", "3/4", "--attributes", "density=0.7")
    assert (first["key"], first["metre"], first["candidates"]) == ("F# minor", "3/4", 2)
    (path,) = tmp_path.glob("out*/*.mid")
    again, kept = compose("--from", str(path), "--vary", "0")
    assert kept == melody
    assert again["instrument"] == first["instrument"]
    anew, other = compose("--from", str(path), "--seed", "8")
    assert (anew["key"], anew["metre"], anew["bars"]) == ("F# minor", "3/4", first["bars"])
    assert other.notes != melody.notes


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--keep 1-4 --redo 5", "not allowed with"),
        ("--keep 1-4 --vary 0.5", "not allowed with"),
        ("--keep 0-4", "bars must lie between 1 and 10"),
        ("--redo 5-11", "bars must lie between 1 and 10"),
        ("--redo 8-5", "bars must lie between 1 and 10"),
        ("--redo five", "must be bars such as 5-8"),
        ("--vary 1.5", "the share of bars to vary must lie between 0 and 1"),
        ("--vary nan", "the share of bars to vary must lie between 0 and 1"),
        ("--tempo 0", "--tempo is 0; name one from 40 to 220"),
        ("--seconds 5", "seconds must lie between 10 and 180"),
        ("--metre 5/4", "metre must be one of"),
        ("--key H", "such as"),
    ],
)
def test_wrong_words_end_with_two_and_one_line_and_nothing_is_written(words, says, song, tmp_path, capsys):
    out = tmp_path / "out"
    try:
        code = main(["compose", "--mood", "sad", "--out", str(out), "--from", str(song), *words.split()])
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert len(said.err.strip().splitlines()) == 1
    assert says in said.err
    assert not out.exists()


def test_a_melody_too_short_for_a_track_asks_for_a_length(song, tmp_path, capsys):
    short = write_midi(tmp_path / "short.mid", [Note(4 * beat, 4, 60 + beat % 5) for beat in range(12)], tempo=200)
    words = ["compose", "--mood", "sad", "--out", str(tmp_path / "out"), "--from", str(short)]
    assert main(words) == 2
    assert "name --seconds, 10 to 180, or another --tempo" in capsys.readouterr().err


def test_the_file_that_is_read_is_never_written_over(song, compose, tmp_path, capsys):
    compose("--seconds", "12")
    (path,) = tmp_path.glob("out*/*.mid")
    before = path.read_bytes()
    words = ["--seconds", "12", "--seed", "3", "--out", str(path.parent), "--from", str(path), "--tempo", "60"]
    assert main(["compose", "--mood", "sad", *words]) == 2
    assert "choose another --seed or --out" in capsys.readouterr().err
    assert path.read_bytes() == before
