"""Checkpoints: complete, citable, and refused when they are not ours."""

import json

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from generator.melody.attributes import AttributeScale
from generator.networks.checkpoint import (
    SERVED,
    CheckpointRefused,
    Training,
    build_network,
    load_checkpoint,
    save_checkpoint,
)
from tests.generator.tunes import wandering_tune

SIZES = {"units": 16, "attention_steps": 8, "attention_units": 8}


@pytest.fixture
def saved(tmp_path):
    torch.manual_seed(2)
    network = build_network("lb_attention", SIZES)
    scale = AttributeScale.of([wandering_tune(seed) for seed in range(5)])
    training = Training("ab" * 32, {"tunes": 5}, {"tunes": "CC0 1.0"}, 3, {"validation": 1.5}, [[1.6, 1.5]], 2.5, 7)
    path = tmp_path / "small.safetensors"
    save_checkpoint(path, network, scale, training)
    return path, network, scale, training


def rewritten(path, **changes):
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata() | changes
    save_file(load_file(path), path, metadata)
    return path


def test_a_checkpoint_comes_back_with_all_that_it_was_saved_with(saved):
    path, network, scale, training = saved
    loaded = load_checkpoint(path)
    assert loaded.scale == scale
    assert loaded.training == training
    assert loaded.network.config == network.config
    weights = network.state_dict()
    assert all(torch.equal(weight, weights[name]) for name, weight in loaded.network.state_dict().items())


def test_the_identity_changes_with_a_single_weight(saved):
    path, network, scale, training = saved
    before = load_checkpoint(path).identity
    with torch.no_grad():
        network.label.bias[0] += 1e-3
    save_checkpoint(path, network, scale, training)
    assert load_checkpoint(path).identity != before


def test_a_pickled_checkpoint_is_not_loaded(tmp_path):
    path = tmp_path / "pickled.safetensors"
    torch.save({"weights": torch.zeros(3)}, path)
    with pytest.raises(CheckpointRefused, match="pickled checkpoints are not loaded"):
        load_checkpoint(path)


def test_a_missing_and_a_truncated_checkpoint_say_so(tmp_path, saved):
    with pytest.raises(CheckpointRefused, match="no checkpoint at"):
        load_checkpoint(tmp_path / "nowhere.safetensors")
    saved[0].write_bytes(saved[0].read_bytes()[:5000])
    with pytest.raises(CheckpointRefused, match="no safetensors file"):
        load_checkpoint(saved[0])


def test_weights_of_another_config_are_refused(saved):
    path = rewritten(saved[0], config=json.dumps(SIZES | {"units": 32}))
    with pytest.raises(CheckpointRefused, match="weights of another config"):
        load_checkpoint(path)


def test_a_config_with_foreign_words_is_refused(saved):
    path = rewritten(saved[0], config=json.dumps({"heads": 8}))
    with pytest.raises(CheckpointRefused, match="config is not one of lb_attention"):
        load_checkpoint(path)


def test_another_encoding_of_melodies_is_refused(saved):
    path = rewritten(saved[0], encoding=json.dumps({"lowest_pitch": 21}))
    with pytest.raises(CheckpointRefused, match="writes melodies as other numbers"):
        load_checkpoint(path)


def test_a_safetensors_file_without_a_description_is_refused(tmp_path):
    path = tmp_path / "bare.safetensors"
    save_file({"weights": torch.zeros(3)}, path)
    with pytest.raises(CheckpointRefused, match="lacks the description"):
        load_checkpoint(path)


def test_the_checkpoint_that_ships_is_small_and_names_what_it_learned_from():
    checkpoint = load_checkpoint()
    assert SERVED.stat().st_size < 10_000_000
    assert checkpoint.training.counts.keys() == checkpoint.training.licences.keys()
    assert sum(checkpoint.training.counts.values()) > 4000
    assert "essen" not in " ".join(checkpoint.training.counts).lower()
    assert not any("NC" in licence for licence in checkpoint.training.licences.values())
