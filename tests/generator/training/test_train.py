"""The whole road of training, in a tiny setting."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from generator.cli import train as command
from generator.cli.main import main
from generator.networks.checkpoint import NETWORK_NAMES, load_checkpoint, network_class
from generator.training import loop
from generator.training.corpora import known_sources, load_corpus
from generator.training.loop import TINY, train

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where all trainings find the corpus, which is read once."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def corpus(folder):
    return load_corpus(known_sources()[:1], folder / "corpus", limit=command.TINY_FILES)


BASIC = replace(TINY, sizes=network_class("basic_rnn").tiny)


@pytest.mark.parametrize("network", NETWORK_NAMES)
def test_training_writes_a_checkpoint_that_has_learned_something(network, corpus, tmp_path):
    settings = replace(TINY, sizes=network_class(network).tiny)
    out = tmp_path / "tiny.safetensors"
    training = train(network, corpus, settings, out, tmp_path / "progress.pt", print)
    (first, validation), (last, later_validation) = training.history
    assert last < first
    assert training.losses["validation"] == pytest.approx(min(validation, later_validation))
    assert training.seconds > 0
    assert training.losses.keys() == {"train", "validation", "test"}
    assert load_checkpoint(out).training == training
    assert not (tmp_path / "progress.pt").exists()


def test_a_training_broken_off_goes_on_to_the_same_result(corpus, tmp_path, monkeypatch):
    whole = train("basic_rnn", corpus, BASIC, tmp_path / "whole.safetensors", tmp_path / "whole.pt", print)
    kept = loop._keep
    broken_off: list[int] = []

    def keep_and_break_off(*arguments):
        kept(*arguments)
        if not broken_off:
            broken_off.append(1)
            raise KeyboardInterrupt

    monkeypatch.setattr(loop, "_keep", keep_and_break_off)
    with pytest.raises(KeyboardInterrupt):
        train("basic_rnn", corpus, BASIC, tmp_path / "again.safetensors", tmp_path / "again.pt", print)
    again = train("basic_rnn", corpus, BASIC, tmp_path / "again.safetensors", tmp_path / "again.pt", print)
    assert again.losses == pytest.approx(whole.losses, rel=1e-5)
    assert len(again.history) == len(whole.history) == BASIC.epochs


def test_progress_of_another_training_is_not_taken_for_one_s_own(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(loop.Path, "unlink", lambda self: None)
    train("basic_rnn", corpus, replace(BASIC, epochs=1), tmp_path / "a.safetensors", tmp_path / "p.pt", print)
    with pytest.raises(ValueError, match="belongs to another training"):
        train("basic_rnn", corpus, BASIC, tmp_path / "a.safetensors", tmp_path / "p.pt", print)


def run_tiny(folder, words, *, launcher=("-m",)):
    environment = {name: value for name, value in os.environ.items() if name != "EMOTIONMUSIC_DATA"}
    environment |= {"EMOTIONMUSIC_VAR": str(folder), "OMP_NUM_THREADS": "1"}
    out = folder / "t.safetensors"
    command = [sys.executable, *launcher, "generator", "train", *words, "--tiny", "--out", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr, load_checkpoint(out).training


def test_the_command_trains_from_the_tunes_that_come_with_the_packages(tmp_path):
    told, training = run_tiny(tmp_path, [])
    assert "ryans-mammoth" in told
    assert training.licences.keys() == {"ryans-mammoth"}


def test_two_processes_learn_as_one_does(folder, corpus, tmp_path):
    settings = replace(TINY, sizes=network_class("conv1d").tiny)
    alone = train("conv1d", corpus, settings, tmp_path / "one.safetensors", tmp_path / "one.pt", print)
    two = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m")
    told, together = run_tiny(folder, ["conv1d"], launcher=two)
    assert told.count("epoch 1:") == 1
    for one, other in zip(alone.history, together.history, strict=True):
        assert other == pytest.approx(one, rel=2e-3)


def test_few_pieces_are_learned_by_heart_and_others_are_not(folder, corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "CACHE", folder / "corpus")
    monkeypatch.setattr(command, "PROGRESS", tmp_path)
    out = tmp_path / "few.safetensors"
    assert main(["train", "conv1d", "--pieces", "8", "--tiny", "--out", str(out)]) == 0
    losses = load_checkpoint(out).training.losses
    assert losses["validation"] > losses["train"]
