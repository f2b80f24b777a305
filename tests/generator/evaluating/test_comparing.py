"""Overlap and the judges: what is the same is found the same, what differs is told apart."""

import random
from dataclasses import replace

import numpy as np
import pytest

from generator.evaluating.features import FEATURE_COLUMNS, feature_table
from generator.evaluating.human_or_machine import recognition
from generator.evaluating.overlap import distance_overlaps, overlap_area, overlaps
from generator.evaluating.telling_apart import REGISTER_AND_MODE, tell_apart
from generator.melody.melody import Melody, Note
from tests.generator.tunes import wandering_tune


def scattered(melody: Melody, seed: int) -> Melody:
    """The same rhythm on pitches drawn at random."""
    chance = random.Random(seed)
    return replace(
        melody, notes=tuple(Note(note.onset, note.duration, chance.randint(48, 83)) for note in melody.notes)
    )


@pytest.fixture(scope="module")
def walks() -> list[Melody]:
    return [wandering_tune(seed) for seed in range(120)]


@pytest.mark.parametrize(
    "sample", [np.random.default_rng(0).normal(size=200), np.arange(50) % 4.0, np.zeros(9), np.array([3.0])]
)
def test_a_sample_overlaps_with_itself_wholly(sample):
    assert overlap_area(sample, sample) == pytest.approx(1)


def test_samples_that_lie_apart_do_not_overlap():
    chance = np.random.default_rng(0)
    assert overlap_area(chance.normal(0, 1, 200), chance.normal(50, 1, 200)) == pytest.approx(0, abs=1e-6)
    assert overlap_area(np.zeros(20), np.ones(30)) == 0
    assert overlap_area(np.zeros(20), np.arange(40.0) + 10) < 0.01


def test_the_overlap_of_two_normal_distributions_is_the_one_known():
    chance = np.random.default_rng(1)
    # Two standard normal densities whose means lie d apart overlap by 2 Phi(-d / 2): 0.617 for d = 1.
    assert overlap_area(chance.normal(0, 1, 20_000), chance.normal(1, 1, 20_000)) == pytest.approx(0.617, abs=0.015)
    assert overlap_area(chance.normal(0, 1, 300), chance.normal(0, 1, 300)) > 0.9


def test_overlap_does_not_hang_on_order_or_unit():
    chance = np.random.default_rng(2)
    first, second = chance.gamma(2, size=100), chance.gamma(3, size=150)
    area = overlap_area(first, second)
    assert overlap_area(second, first) == pytest.approx(area)
    assert overlap_area(1000 * first, 1000 * second) == pytest.approx(area)


def test_there_is_no_overlap_with_nothing():
    with pytest.raises(ValueError, match="empty"):
        overlap_area(np.zeros(0), np.zeros(3))


def test_melodies_of_one_kind_overlap_more_than_those_of_another(walks):
    halves = feature_table(walks[:60]), feature_table(walks[60:])
    random_pitches = feature_table([scattered(walk, seed) for seed, walk in enumerate(walks[60:])])
    for measure, same in ((overlaps, 0.85), (distance_overlaps, 0.93)):
        alike, unlike = measure(*halves), measure(halves[0], random_pitches)
        assert alike.keys() == FEATURE_COLUMNS.keys()
        assert all(0 <= area <= 1.000001 for area in [*alike.values(), *unlike.values()])
        assert np.mean(list(alike.values())) > same > np.mean(list(unlike.values()))


def test_a_judge_tells_random_pitches_from_walks_and_cannot_tell_walks_from_walks(walks):
    human = feature_table(walks[:60])
    machine = feature_table([scattered(walk, seed) for seed, walk in enumerate(walks[:60])])
    told = recognition(human, machine, repeats=1)
    assert told.auc > 0.98
    assert told.fits == 2
    assert 0.3 < recognition(human, feature_table(walks[60:]), repeats=2).auc < 0.68


def test_the_judge_comes_to_the_same_verdict_again(walks):
    human, machine = feature_table(walks[:20]), feature_table(walks[20:40])
    assert recognition(human, machine, repeats=1) == recognition(human, machine, repeats=1)


def test_a_judge_needs_a_counterpart_for_each_tune(walks):
    with pytest.raises(ValueError, match="two equal tables"):
        recognition(feature_table(walks[:6]), feature_table(walks[:5]))


def test_moods_that_differ_in_their_notes_are_told_apart(walks):
    calm = [replace(walk, notes=walk.notes[::3]) for walk in walks[:20]]
    seeds = list(range(20))
    telling = tell_apart([*walks[:20], *calm], ["lively"] * 20 + ["calm"] * 20, seeds * 2)
    assert telling.accuracy > 0.9
    assert telling.moods == ("lively", "calm")
    assert [sum(row) for row in telling.confusion] == [20, 20]
    assert telling.accuracy == sum(telling.confusion[i][i] for i in range(2)) / 40


def test_moods_that_do_not_differ_are_not_told_apart(walks):
    telling = tell_apart(walks[:80], ["one", "other"] * 40, [number // 2 for number in range(80)])
    assert 0.3 < telling.accuracy < 0.7


def test_moods_that_differ_in_register_alone_are_not_told_apart_without_it(walks):
    high = [walk.transposed(12) for walk in walks[:20]]
    told = [*walks[:20], *high], ["low"] * 20 + ["high"] * 20, list(range(20)) * 2
    assert tell_apart(*told).accuracy > 0.6
    assert tell_apart(*told, without=REGISTER_AND_MODE).accuracy == 0.5


def test_one_mood_cannot_be_told_apart(walks):
    with pytest.raises(ValueError, match="two moods"):
        tell_apart(walks[:3], ["sad"] * 3, [1, 2, 3])
    with pytest.raises(ValueError, match="a mood and a seed for each"):
        tell_apart(walks[:3], ["sad", "happy"], [1, 2])
