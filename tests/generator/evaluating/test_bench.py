"""Networks on the bench: what they write, what they foresee, and what is kept of it."""

import json
import math
from dataclasses import replace

import pytest
import torch

from generator.evaluating.bench import Bench, counterparts
from generator.evaluating.generating import write_like
from generator.evaluating.losses import measure_losses
from generator.evaluating.measured import Ruler, keep, kept_network, kept_people
from generator.melody.attributes import AttributeScale
from generator.melody.events import EVENT_COUNT
from generator.networks.checkpoint import NETWORK_NAMES, Checkpoint, Training, build_network
from tests.generator.tunes import wandering_tune

TUNES = [
    wandering_tune(seed, metre=("4/4", "3/4", "6/8", "2/4")[seed % 4], bars=4 + 2 * (seed % 3), mode=mode)
    for seed, mode in enumerate(["major", "minor", "major"] * 8)
]
SCALE = AttributeScale.of(TUNES)
HELD_OUT = TUNES[::3]


def fresh(name: str = "basic_rnn"):
    torch.manual_seed(3)
    return build_network(name, {"units": 8}).eval()


@pytest.fixture(scope="module")
def bench() -> Bench:
    parts = {"validation": HELD_OUT[:4], "test": HELD_OUT[4:]}
    return Bench(Ruler("ab" * 32, list(parts)), [t.transposed(0) for t in TUNES], parts)


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    training = Training("ab" * 32, {}, {}, 2, {}, [[2.0, 1.9], [1.8, 1.7]], 90.0, 1)
    return Checkpoint("basic_rnn-123456789abc", fresh(), SCALE, training)


@pytest.mark.parametrize("name", NETWORK_NAMES)
def test_every_network_writes_a_counterpart_for_each_tune(name):
    network = build_network(name).eval()
    melodies = [min(TUNES, key=lambda tune: tune.steps), TUNES[1]]
    written = write_like(network, melodies, SCALE)
    for melody, counterpart in zip(written, melodies, strict=True):
        assert (melody.metre, melody.mode, melody.steps) == (
            counterpart.metre, counterpart.mode, counterpart.steps,
        )  # fmt: skip
        assert melody.tonic == 0
        assert melody.notes


def test_the_same_seed_writes_the_same_and_another_writes_something_else():
    network = fresh()
    first = write_like(network, TUNES[:3], SCALE, seed=4)
    assert write_like(network, TUNES[:3], SCALE, seed=4) == first
    assert write_like(network, TUNES[:3], SCALE, seed=5) != first


def test_a_network_draws_with_its_own_probabilities():
    network = fresh()
    with torch.no_grad():
        network.event.weight.zero_()
        network.event.bias.fill_(-30.0)
        network.event.bias[:2] = 0.0
        network.event.bias[14] = math.log(2.0)
    (melody,) = write_like(network, [wandering_tune(1, bars=60)], SCALE)
    assert {note.pitch for note in melody.notes} == {60}
    assert len(melody.notes) / melody.steps == pytest.approx(0.5, abs=0.06)


def test_progress_ends_at_the_whole():
    told: list[float] = []
    write_like(fresh(), TUNES[:2], SCALE, progress=told.append)
    assert told[-1] == 1


def test_a_network_that_knows_nothing_loses_the_logarithm_of_the_alphabet():
    network = fresh()
    with torch.no_grad():
        network.event.weight.zero_()
        network.event.bias.zero_()
    losses = measure_losses(network, TUNES, SCALE)
    steps, notes = sum(tune.steps for tune in TUNES), sum(len(tune.notes) for tune in TUNES)
    assert losses.nats_a_step == pytest.approx(math.log(EVENT_COUNT), rel=1e-5)
    assert losses.bits_a_note == pytest.approx(math.log2(EVENT_COUNT) * steps / notes, rel=1e-5)


def test_what_is_always_foreseen_is_right_as_often_as_it_comes():
    network = fresh()
    with torch.no_grad():
        network.event.weight.zero_()
        network.event.bias.zero_()
        network.event.bias[0] = 2.0
        network.event.bias[14] = 1.0
    losses = measure_losses(network, TUNES, SCALE)
    notes = [note for tune in TUNES for note in tune.notes]
    assert losses.note_accuracy == pytest.approx(sum(note.pitch == 60 for note in notes) / len(notes))
    ends = sum(
        note.end < tune.steps and all(other.onset != note.end for other in tune.notes)
        for tune in TUNES
        for note in tune.notes
    )
    steps = sum(tune.steps for tune in TUNES)
    assert losses.event_accuracy == pytest.approx(1 - (len(notes) + ends) / steps)


def test_counterparts_have_the_metre_and_mode_and_are_taken_once():
    chosen = counterparts(HELD_OUT, TUNES, 0)
    assert [(c.metre, c.mode) for c in chosen] == [(m.metre, m.mode) for m in HELD_OUT]
    assert len({id(c) for c in chosen}) == len(HELD_OUT)
    with pytest.raises(ValueError, match="too few tunes"):
        counterparts(TUNES, TUNES[:5], 0)


def test_what_was_measured_comes_back_as_it_was(bench, checkpoint, tmp_path):
    measured = bench.measure_network(checkpoint)
    keep(measured, tmp_path / "network.json")
    assert kept_network(tmp_path / "network.json", bench.ruler) == measured
    assert measured.losses.keys() == {"validation", "test"}
    assert measured.minutes == 1.5
    assert 0 <= measured.likeness.copying <= 1
    assert 0 < measured.likeness.mean_overlap < 1
    assert json.loads(json.dumps(measured.brief))["epochs"] == 2


def test_people_are_measured_with_the_same_rod(bench, tmp_path):
    people = bench.measure_people()
    keep(people, tmp_path / "people.json")
    assert kept_people(tmp_path / "people.json", bench.ruler) == people
    assert people.melodies == len(HELD_OUT)
    # The held-out tunes of this bench are tunes that it learned from; some have fewer than nine notes.
    notes = [len(tune.notes) for tune in HELD_OUT]
    assert people.likeness.copying == pytest.approx(sum(count for count in notes if count >= 9) / sum(notes))


def test_what_was_measured_otherwise_or_is_broken_is_measured_again(bench, tmp_path):
    path = tmp_path / "people.json"
    assert kept_people(path, bench.ruler) is None
    keep(bench.measure_people(), path)
    assert kept_people(path, replace(bench.ruler, seed=1)) is None
    assert kept_people(path, replace(bench.ruler, dataset="cd" * 32)) is None
    path.write_text(path.read_text()[:100])
    assert kept_people(path, bench.ruler) is None
