"""`evaluate` as a terminal user meets it, on a corpus of a few tunes."""

import argparse
import json
from collections import Counter

import pytest
import torch

from generator.cli import evaluate
from generator.melody.attributes import AttributeScale
from generator.networks.checkpoint import NETWORK_NAMES, Training, build_network, save_checkpoint
from generator.training.corpora import Corpus, CorpusPiece
from generator.training.dataset import melodies_of, part_of
from generator.training.pieces import Piece
from tests.generator.tunes import wandering_tune

MARKS = "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    entries = [
        CorpusPiece(Piece(f"walks/{seed}", "", "walks", wandering_tune(seed, bars=4)), f"walks/{seed}")
        for seed in range(200)
    ]
    held_out = [entry for entry in entries if part_of(entry) != "train"]
    return Corpus(tuple(held_out + entries[:40]), Counter(), Counter(walks=40), {"walks": "CC0 1.0"})


@pytest.fixture
def at_hand(corpus, tmp_path, monkeypatch) -> None:
    """The commands find this corpus, and keep what they measure in a folder of this test."""
    monkeypatch.setattr(evaluate, "load_corpus", lambda *arguments: corpus)
    monkeypatch.setattr(evaluate, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(evaluate, "MODEL_CARD", tmp_path / "card.md")


def save(path, corpus: Corpus, dataset: str | None = None) -> None:
    torch.manual_seed(1)
    training = Training(dataset or corpus.fingerprint, {}, {}, 1, {}, [[2.0, 1.9]], 60.0, 1)
    scale = AttributeScale.of(melodies_of(corpus, "train"))
    save_checkpoint(path, build_network("basic_rnn", {"units": 8}), scale, training)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    evaluate.add_to(parser.add_subparsers())
    options = parser.parse_args(words)
    return options.run(options)


def error(capsys) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    return err


@pytest.mark.usefixtures("at_hand")
def test_all_networks_that_have_a_checkpoint_are_measured_kept_and_reported(corpus, tmp_path, capsys, monkeypatch):
    (tmp_path / "card.md").write_text(MARKS)
    save(tmp_path / "basic_rnn.safetensors", corpus)
    assert main(["evaluate", "--checkpoints", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    people, network = map(json.loads, out.splitlines())
    assert people["network"] == "people"
    assert network["network"] == "basic_rnn"
    missing = next(line for line in err.splitlines() if "no checkpoint of" in line)
    assert all(name in missing for name in NETWORK_NAMES if name != "basic_rnn")
    report = (tmp_path / "card.md").read_text()
    assert report.startswith("before\n")
    assert report.endswith("after\n")
    assert "`basic_rnn`" in report
    assert "\nold\n" not in report
    assert len(list((tmp_path / "bench").glob("*.svg"))) == 5
    # What was measured is not measured again.
    monkeypatch.setattr(evaluate.Bench, "measure_network", None)
    monkeypatch.setattr(evaluate.Bench, "measure_people", None)
    (tmp_path / "card.md").write_text(MARKS)
    assert main(["evaluate", "--checkpoints", str(tmp_path)]) == 0
    assert capsys.readouterr().out == out
    assert (tmp_path / "card.md").read_text() == report


@pytest.mark.usefixtures("at_hand")
def test_a_variant_of_a_network_is_measured_beside_it_and_the_one_that_serves_too(
    corpus, tmp_path, capsys, monkeypatch
):
    (tmp_path / "card.md").write_text(MARKS)
    for name in ("basic_rnn", "basic_rnn-50-pieces", "notes-of-mine", "served"):
        save(tmp_path / f"{name}.safetensors", corpus)
    monkeypatch.setattr(evaluate, "PROGRESS", tmp_path)
    monkeypatch.setattr(evaluate, "SERVED", tmp_path / "served.safetensors")
    assert main(["evaluate"]) == 0
    names = [json.loads(line)["network"] for line in capsys.readouterr().out.splitlines()]
    assert names == ["people", "basic_rnn", "basic_rnn served", "basic_rnn 50 pieces"]
    assert "`basic_rnn` 50 pieces" in (tmp_path / "card.md").read_text()


@pytest.mark.usefixtures("at_hand")
def test_a_named_checkpoint_is_measured_without_a_report(corpus, tmp_path, capsys):
    save(tmp_path / "mine.safetensors", corpus)
    assert main(["evaluate", str(tmp_path / "mine.safetensors"), "--part", "test", "--untold"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "test" in lines[1]
    assert "validation" not in lines[1]
    assert (tmp_path / "kept" / "test-untold" / "mine.json").exists()
    assert not (tmp_path / "card.md").exists()


@pytest.mark.usefixtures("at_hand")
def test_a_checkpoint_that_has_changed_is_measured_again(corpus, tmp_path, capsys):
    path = tmp_path / "mine.safetensors"
    save(path, corpus)
    main(["evaluate", str(path), "--part", "test"])
    first = json.loads(capsys.readouterr().out.splitlines()[1])
    torch.manual_seed(2)
    training = Training(corpus.fingerprint, {}, {}, 3, {}, [[2.0, 1.9]], 60.0, 2)
    scale = AttributeScale.of(melodies_of(corpus, "train"))
    save_checkpoint(path, build_network("basic_rnn", {"units": 8}), scale, training)
    main(["evaluate", str(path), "--part", "test"])
    assert json.loads(capsys.readouterr().out.splitlines()[1])["checkpoint"] != first["checkpoint"]


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("name", ["lb_attention", "nowhere/some.safetensors", "transformer"])
def test_a_missing_checkpoint_is_said_in_one_line(name, tmp_path, capsys):
    assert main(["evaluate", name, "--checkpoints", str(tmp_path)]) == 2
    assert f"there is no checkpoint at {tmp_path if name == 'lb_attention' else name}" in error(capsys)


@pytest.mark.usefixtures("at_hand")
def test_a_report_that_cannot_be_written_is_refused_before_anything_is_measured(tmp_path, capsys):
    assert main(["evaluate"]) == 2
    assert "cannot be read" in error(capsys)
    (tmp_path / "card.md").write_text("no marks")
    assert main(["evaluate"]) == 2
    assert "must hold <!-- bench -->" in error(capsys)


@pytest.mark.usefixtures("at_hand")
def test_a_checkpoint_of_another_dataset_is_refused(corpus, tmp_path, capsys):
    save(tmp_path / "mine.safetensors", corpus, dataset="cd" * 32)
    assert main(["evaluate", str(tmp_path / "mine.safetensors")]) == 2
    assert "learned from another dataset" in error(capsys)


@pytest.mark.usefixtures("at_hand")
def test_a_report_of_nothing_is_refused(tmp_path, capsys):
    (tmp_path / "card.md").write_text(MARKS)
    assert main(["evaluate", "--checkpoints", str(tmp_path)]) == 2
    assert "nothing to report" in capsys.readouterr().err
    assert (tmp_path / "card.md").read_text() == MARKS
