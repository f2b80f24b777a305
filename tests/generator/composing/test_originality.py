"""Copies of training tunes are found, common turns are not taken for copies."""

from itertools import pairwise

import pytest

from generator.composing.originality import COMMON_FROM, IndexRefused, build_index, load_index, save_index
from generator.networks.checkpoint import load_checkpoint
from tests.generator.tunes import tune, wandering_tune

TUNES = [(wandering_tune(seed), f"tune {seed}") for seed in range(20)]
INDEX = build_index(TUNES, "data")


def test_a_training_tune_in_another_key_and_other_note_values_is_found():
    source = TUNES[4][0]
    onsets = [note.onset for note in source.notes] + [source.steps]
    slower = tune(
        [note.pitch + 3 for note in source.notes], [2 * (after - before) for before, after in pairwise(onsets)]
    )
    assert INDEX.copied_runs(slower) == len(source.notes) - 8


def test_eight_shared_notes_are_allowed_and_nine_are_not():
    source = TUNES[2][0].notes
    for count, copied in ((8, 0), (9, 1)):
        shared = source[:count]
        durations = [after.onset - before.onset for before, after in pairwise(shared)]
        borrowed = tune([note.pitch for note in shared] + [61, 83, 48], [*durations, 7, 5, 9, 11])
        assert INDEX.copied_runs(borrowed) == copied


def test_a_new_melody_copies_nothing():
    assert INDEX.copied_runs(wandering_tune(999)) == 0


def test_a_turn_that_stands_in_many_tunes_belongs_to_everyone():
    scale = tune([60, 62, 64, 65, 67, 69, 71, 72, 74], [2] * 9)
    few, many = ([(scale, f"{n}") for n in range(count)] for count in (COMMON_FROM - 1, COMMON_FROM))
    assert build_index(few, "").copied_runs(scale) == 1
    assert build_index(many, "").copied_runs(scale) == 0


def test_the_index_comes_back_from_its_file_and_of_another_dataset_is_refused(tmp_path):
    path = tmp_path / "runs.safetensors"
    save_index(INDEX, path)
    assert (load_index("data", path).hashes == INDEX.hashes).all()
    with pytest.raises(IndexRefused, match="another dataset"):
        load_index("other data", path)
    path.write_bytes(b"broken")
    with pytest.raises(IndexRefused, match="no index of training runs"):
        load_index("data", path)


def test_the_index_that_ships_was_built_from_what_the_checkpoint_learned_from():
    assert len(load_index(load_checkpoint().training.dataset).hashes) > 100_000
