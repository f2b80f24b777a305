"""The whole road of training, in a tiny setting."""

import os
import subprocess
import sys

import pytest

from generator.networks.checkpoint import load_checkpoint
from generator.training import loop
from generator.training.corpora import known_sources, load_corpus
from generator.training.loop import TINY, train

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return load_corpus(known_sources()[:1], tmp_path_factory.mktemp("corpus"), limit=60)


@pytest.mark.parametrize("network", ["lb_attention", "basic_rnn"])
def test_training_writes_a_checkpoint_that_has_learned_something(network, corpus, tmp_path):
    lines: list[str] = []
    out = tmp_path / "tiny.safetensors"
    training = train(network, corpus, TINY, out, tmp_path / "progress.pt", lines.append)
    first, last = lines[0], lines[-1]
    assert float(last.split("train ")[1].split()[0]) < float(first.split("train ")[1].split()[0])
    assert training.losses.keys() == {"train", "validation", "test"}
    assert load_checkpoint(out).training == training
    assert not (tmp_path / "progress.pt").exists()


def test_a_training_broken_off_goes_on_to_the_same_result(corpus, tmp_path, monkeypatch):
    whole = train("basic_rnn", corpus, TINY, tmp_path / "whole.safetensors", tmp_path / "whole.pt", print)
    kept = loop._keep
    broken_off: list[int] = []

    def keep_and_break_off(*arguments):
        kept(*arguments)
        if not broken_off:
            broken_off.append(1)
            raise KeyboardInterrupt

    monkeypatch.setattr(loop, "_keep", keep_and_break_off)
    with pytest.raises(KeyboardInterrupt):
        train("basic_rnn", corpus, TINY, tmp_path / "again.safetensors", tmp_path / "again.pt", print)
    again = train("basic_rnn", corpus, TINY, tmp_path / "again.safetensors", tmp_path / "again.pt", print)
    assert again.losses == pytest.approx(whole.losses, rel=1e-5)


def test_progress_of_another_training_is_not_taken_for_one_s_own(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(loop.Path, "unlink", lambda self: None)
    train("basic_rnn", corpus, TINY.with_epochs(1), tmp_path / "a.safetensors", tmp_path / "p.pt", print)
    with pytest.raises(ValueError, match="belongs to another training"):
        train("basic_rnn", corpus, TINY, tmp_path / "a.safetensors", tmp_path / "p.pt", print)


def test_the_command_trains_from_the_tunes_that_come_with_the_packages(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "EMOTIONMUSIC_DATA"}
    environment["EMOTIONMUSIC_VAR"] = str(tmp_path)
    command = [sys.executable, "-m", "generator", "train", "--tiny", "--out", str(tmp_path / "t.safetensors")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "ryans-mammoth" in done.stderr
    assert load_checkpoint(tmp_path / "t.safetensors").training.licences.keys() == {"ryans-mammoth"}
