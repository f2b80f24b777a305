"""`benchmark` as a terminal user meets it, with as little measured as can be."""

import json
import os
import subprocess
import sys

import pytest

from generator.benchmarking.playing import _by_library
from generator.benchmarking.windows import WINDOWED, WINDOWS
from generator.cli.evaluate import SPEEDS
from generator.cli.main import main
from generator.networks.checkpoint import NETWORK_NAMES
from tests.generator.rendering.programmes import midi_of
from tests.stack import ROOT

pytestmark = pytest.mark.slow


TWICE = """
import sys
from generator.cli import benchmark
from generator.cli.main import main

measured = {}

def once(name, measure):
    def kept(*words):
        key = name, *(word for word in words if isinstance(word, str | int))
        if key not in measured:
            measured[key] = measure(*words) if name != "style_speeds" else list(measure(*words))
        return measured[key]
    return kept

for name in ("melody_seconds", "style_speeds", "measure"):
    setattr(benchmark, name, once(name, getattr(benchmark, name)))
words = ["benchmark", *sys.argv[1:]]
assert main([*words, "--json"]) == 0
print("and as tables", flush=True)
assert main(words) == 0
"""
"""The command twice in one process, which measures the first time and tells the same figures again the second."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(scope="module")
def told(folder):
    """What the command prints with --json, and what without."""
    environment = os.environ | {"EMOTIONMUSIC_VAR": str(folder), "OMP_NUM_THREADS": "1"}
    little = ["--steps", "2", "--runs", "1", "--tracks", "0", "--styles", "solo"]
    command = [sys.executable, "-c", TWICE, *little]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("and as tables\n")


@pytest.fixture(scope="module")
def facts(told):
    return json.loads(told[0])


def test_as_json_it_is_one_object_with_every_network_and_the_ratios(facts):
    speeds = facts["devices"][0]
    assert speeds["device"] == "CPU"
    assert speeds["steps_a_second"].keys() == set(NETWORK_NAMES)
    assert speeds["times_the_rival"]["100"]["1"] == pytest.approx(
        speeds["steps_a_second"]["lb_attention"]["1"] / speeds["window_read_again"]["conv1d_lstm, 100"]["1"], rel=1e-3
    )
    assert speeds["share_of_bound"]["32"] == pytest.approx(
        speeds["steps_a_second"]["lb_attention"]["32"] / speeds["bound"]["32"], rel=0.05
    )


def test_more_candidates_take_longer(facts):
    minute = facts["melody_of_a_minute_s"]
    assert minute.keys() == {"1", "16", "32"}
    assert 0 < minute["1"] < minute["32"]


def test_a_minute_in_a_style_is_timed_from_melody_to_mp3_beside_fluidsynth(facts):
    (solo,) = facts["styles"]
    assert solo["style"] == "solo"
    assert solo["real_time_factor"] == pytest.approx(solo["seconds"] / 60, abs=1e-3)
    assert solo["times_fluidsynth"] == pytest.approx(solo["synthesis"] / solo["fluidsynth"], rel=0.02)
    assert 0 < solo["synthesis"] < solo["seconds"]
    # Python, SciPy and a soundfont of 145 MB, and no network.
    assert 50 < solo["megabytes"] < 1000


def test_without_its_program_fluidsynth_is_timed_by_its_library(tmp_path):
    midi = midi_of("many parts with drums", 2)
    assert _by_library(midi, tmp_path, 1) > 0
    assert not list(tmp_path.iterdir())


def test_the_report_finds_the_speed_of_every_network(facts, folder):
    by_batch = facts["devices"][0]["steps_a_second"]
    found = json.loads((folder / "evaluation" / SPEEDS).read_text())
    assert found == pytest.approx({name: speeds["1"] for name, speeds in by_batch.items()}, abs=0.1)


def test_the_table_has_a_row_for_every_network_in_columns_and_names_the_goals(told):
    lines = told[1].splitlines()
    first_words = {line.split()[0] for line in lines if line.strip()}
    assert set(NETWORK_NAMES) <= first_words
    assert any("linear transformer" in line for line in lines)
    assert all(any(f"{name}, window of {window}" in line for line in lines) for name in WINDOWED for window in WINDOWS)
    assert any("times as quick as conv1d_lstm with a window of 100" in line for line in lines)
    assert any("a minute of melody with 16 candidates takes" in line for line in lines)
    assert any("a minute in solo" in line and "goal at most 2 s" in line for line in lines)
    assert any("times as long as FluidSynth" in line for line in lines)
    head, *rows = [line for line in lines if line.startswith(("steps", "  lstm"))]
    assert {len(line) for line in rows} == {len(head)}


@pytest.mark.parametrize(
    "words", [["--steps", "0"], ["--runs", "0"], ["--tracks", "-1"], ["--steps", "many"], ["--styles", "polka"]]
)
def test_wrong_words_end_with_two_and_one_line(words, capsys):
    try:
        code = main(["benchmark", *words])
    except SystemExit as ended:
        code = ended.code
    assert code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
