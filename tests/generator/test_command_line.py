"""`python -m generator` as a terminal user meets it."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
import soundfile

from generator.cli.main import main

pytestmark = pytest.mark.slow


def generator(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *words]
    # With CI set a library talks on stdout, which is for tracks alone.
    environment = os.environ | {"CI": "true"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


SAD = ["--mood", "sad", "--intensity", "0.8", "--seconds", "11"]


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """What the command has said of two tracks, and the folder that it has left them in."""
    folder = tmp_path_factory.mktemp("batch")
    done = generator("compose", *SAD, "--seed", "7", "--count", "2", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return done, folder


def test_compose_writes_four_files_a_track_and_a_line_a_track(batch):
    done, folder = batch
    tracks = [json.loads(line) for line in done.stdout.splitlines()]
    assert [track["seed"] for track in tracks] == [7, 8]
    assert "rendering" in done.stderr
    for track in tracks:
        names = {path.suffix for path in folder.glob(f"{track['name']}.*")}
        assert names == {".mid", ".wav", ".mp3", ".json"}
        assert json.loads((folder / f"{track['name']}.json").read_text()) == track
        assert soundfile.info(folder / f"{track['name']}.wav").duration == pytest.approx(11, abs=0.1)
        assert track["seconds_measured"] == pytest.approx(11, abs=0.1)
        assert track.keys() >= {
            "mood", "valence", "arousal", "intensity", "seconds_asked", "seconds_measured", "seed", "tempo", "key",
            "metre", "bars", "checkpoint",
        }  # fmt: skip


def test_the_same_seed_gives_the_same_midi_run_after_run_alone_and_in_a_batch(batch, tmp_path):
    _, folder = batch
    generator("compose", *SAD, "--seed", "8", "--no-audio", "--out", str(tmp_path))
    (alone,) = tmp_path.glob("*.mid")
    assert (folder / alone.name).read_bytes() == alone.read_bytes()
    assert len({path.read_bytes() for path in folder.glob("*.mid")}) == 2
    assert not list(tmp_path.glob("*.wav"))


def test_a_mood_between_moods_is_asked_for_by_shares_or_by_a_point_and_again_by_what_its_track_says(tmp_path, capsys):
    def composed(*mood: str) -> tuple[dict[str, Any], bytes]:
        out = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        words = ["--seconds", "10", "--seed", "5", "--candidates", "2", "--no-audio", "--out", str(out)]
        assert main(["compose", *mood, *words]) == 0, capsys.readouterr().err
        track = json.loads(capsys.readouterr().out)
        return track, (out / f"{track['name']}.mid").read_bytes()

    track, midi = composed("--mood", "peaceful:2,happy:3", "--intensity", "0.7")
    assert (track["mood"], track["name"]) == ("happy:0.6,peaceful:0.4", "happy-0.6-peaceful-0.4-0.7-10s-5")
    assert composed("--mood", track["mood"], "--intensity", str(track["intensity"])) == (track, midi)
    track, midi = composed("--valence", "0.4", "--arousal", "-0.1")
    assert (track["valence"], track["arousal"]) == pytest.approx((0.4, -0.1), abs=2e-4)
    assert composed("--mood", track["mood"], "--intensity", str(track["intensity"])) == (track, midi)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("compose --mood bored --out x", "choose one of happy"),
        ("compose --out x", "name a --mood, or a point with --valence and --arousal"),
        ("compose --out x --intensity 0.5", "name a --mood, or a point with --valence and --arousal"),
        ("compose --mood happy:0.6 --out x --valence 0 --arousal 0", "name one pair alone"),
        ("compose --intensity 0.5 --out x --valence 0 --arousal 0", "name one pair alone"),
        ("compose --out x --valence 0.5", "a point needs --valence and --arousal"),
        ("compose --out x --valence 0.5 --arousal -1.5", "arousal must lie between -1 and 1, not -1.5"),
        ("compose --mood happy:0.6,bored:0.4 --out x", "choose one of happy"),
        ("compose --mood happy,sad --out x", "such as happy:0.6,peaceful:0.4"),
        ("compose --mood sad --out x --seconds 5", "seconds must lie between 10 and 180"),
        ("compose --mood sad --out x --seconds abc", "must be a number"),
        ("compose --mood sad --out x --intensity 2", "intensity must lie between 0 and 1"),
        ("compose --mood sad --out x --seed -1", "seed must be a whole number from 0"),
        ("compose --mood sad --out x --seed 1.5", "must be a whole number"),
        ("compose --mood sad --out x --count 0", "--count must be a whole number from 1"),
        ("compose --mood sad --out x --seed 4294967295 --count 2", "seed must be"),
        ("compose --mood sad --out manage.py", "--out must name a folder"),
        ("compose --mood sad --out x --metre 5/4", "metre must be one of 2/4, 3/4, 4/4, 6/8"),
        ("compose --mood sad --out x --key H", 'such as "D minor"'),
        ("compose --mood sad --out x --tempo 300", "tempo must lie between 40 and 220"),
        ("compose --mood sad --out x --tempo nan", "tempo must lie between 40 and 220"),
        ("compose --mood sad --out x --candidates 65", "candidates must be a whole number from 1 to 64"),
        ("compose --mood sad --out x --candidates 2.5", "must be a whole number"),
        ("compose --mood sad --out x --attributes dense=1", "there is no attribute 'dense'; known are"),
        ("compose --mood sad --out x --attributes density=2", "attribute density must lie between 0 and 1"),
        ("compose --mood sad --out x --attributes density", "such as density=0.7,range=0.4"),
        ("compose --mood sad --out x --attributes density=a", "such as density=0.7,range=0.4"),
        ("compose --mood sad --out x --keep 1-4", "--keep needs --from FILE.mid"),
        ("compose --mood sad --out x --redo 1-4", "--redo needs --from FILE.mid"),
        ("compose --mood sad --out x --vary 0", "--vary needs --from FILE.mid"),
        ("compose --mood sad --out x --from gone.mid", "there is none at gone.mid"),
        ("compose --mood sad --out x --from tests", "there is none at tests"),
        ("compose --mood sad --out x --from README.md", "--from README.md: This is not a MIDI file."),
        ("sing", "invalid choice"),
        ("train transformer", "invalid choice"),
    ],
)
def test_wrong_words_end_with_two_and_one_line_that_says_what_is_right(words, says, capsys):
    try:
        code = main(words.split())
    except SystemExit as ended:
        code = ended.code
    out, err = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert says in err
