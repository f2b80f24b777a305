"""Features, each against a value worked out by hand."""

from dataclasses import replace
from math import log2

import numpy as np
import pytest

from generator.evaluating.features import COLUMN_NAMES, FEATURE_COLUMNS, feature_table, features
from generator.melody.melody import Melody
from tests.generator.tunes import tune, wandering_tune


def named(melody: Melody) -> dict[str, float]:
    return dict(zip(COLUMN_NAMES, features(melody), strict=True))


# Two bars of 4/4: C D E C in quarters, and the same an eighth later with a rest before.
ROUND = tune([60, 62, 64, 60], [4, 4, 4, 4])


def test_the_features_of_a_short_tune_are_those_worked_out_by_hand():
    found = named(tune([60, 62, 64, 60, 72, 61], [4, 4, 4, 4, 8, 4]))
    assert found["pitch_range"] == 12
    assert found["pitches_used"] == 5
    assert found["pitch_classes_used"] == 4
    # Three of the six notes are C, and one each D, E and C sharp.
    assert found["pitch_class_entropy"] == pytest.approx(0.5 * log2(2) + 3 * log2(6) / 6)
    assert found["degrees_0"] == pytest.approx(0.5)
    # No scale holds C, C sharp, D and E: without the C sharp five of six lie in C major.
    assert found["scale_consistency"] == pytest.approx(5 / 6)
    assert found["mean_interval"] == pytest.approx((2 + 2 + 4 + 12 + 11) / 5)
    assert found["intervals_2"] == pytest.approx(2 / 5)
    assert found["intervals_12_or_more"] == pytest.approx(1 / 5)
    assert found["leaps"] == pytest.approx(2 / 5)
    assert found["rising"] == pytest.approx(3 / 5)
    assert found["turns"] == pytest.approx(3 / 4)
    assert found["turns_after_leaps"] == 1
    assert found["climax"] == 16 / 32
    assert found["mean_length"] == pytest.approx(28 / 6 / 4)
    assert found["lengths_4"] == pytest.approx(5 / 6)
    assert found["length_entropy"] == pytest.approx(-(5 / 6) * log2(5 / 6) - (1 / 6) * log2(1 / 6))
    assert found["mean_inter_onset"] == pytest.approx(24 / 5 / 4)
    assert found["rests"] == 0
    assert found["silent_end"] == 4 / 16
    assert found["closes_on_tonic"] == 0


def test_bars_that_return_are_found_at_their_distance():
    first, second = [(60, 4), (62, 4), (64, 8)], [(67, 2), (65, 2), (64, 4), (62, 8)]
    found = named(tune(*zip(*(first + second + first + second), strict=True)))
    assert found["melody_likeness_2"] == 1
    assert found["rhythm_likeness_2"] == 1
    assert found["melody_likeness_1"] == 0
    # Onsets on 0, 4, 8 and on 0, 2, 4, 8: one of sixteen steps differs.
    assert found["rhythm_likeness_1"] == pytest.approx(15 / 16)
    assert found["melody_likeness_4"] == found["rhythm_likeness_16"] == 0
    assert found["repeated_bars"] == found["repeated_rhythms"] == 0.5


def test_rests_notes_over_the_bar_line_and_weak_onsets_are_counted():
    notes = tune([60, 60, 60, 60], [3, 12, 4, 13]).notes
    gap = Melody((notes[0], *notes[2:]), ROUND.metre, 0, ROUND.mode, 32)
    found = named(gap)
    assert found["rests"] == pytest.approx(12 / 32)
    assert found["held_over"] == pytest.approx(1 / 3)
    assert found["odd_onsets"] == pytest.approx(2 / 3)
    assert found["downbeats"] == 0.5
    assert found["repeated_pitches"] == 1
    assert found["variability"] == pytest.approx(200 * 11 / 19)


def test_what_only_moves_to_another_key_keeps_its_features():
    melody = wandering_tune(3)
    here, there = named(melody), named(melody.transposed(2))
    assert {name for name in here if here[name] != pytest.approx(there[name])} == {"mean_pitch"}
    assert there["mean_pitch"] == pytest.approx(here["mean_pitch"] + 2)


def test_shares_of_a_histogram_sum_to_one():
    vector = features(wandering_tune(5))
    for name in ("degrees", "intervals", "lengths"):
        assert vector[FEATURE_COLUMNS[name]].sum() == pytest.approx(1)


@pytest.mark.parametrize("notes", [0, 1, 2])
def test_the_shortest_melodies_have_finite_features(notes):
    assert np.isfinite(features(replace(ROUND, notes=ROUND.notes[:notes]))).all()


def test_a_table_has_a_row_a_melody_and_a_column_a_name():
    assert feature_table([wandering_tune(seed) for seed in range(3)]).shape == (3, len(COLUMN_NAMES))
    assert feature_table([]).shape == (0, len(COLUMN_NAMES))
    assert len(set(COLUMN_NAMES)) == len(COLUMN_NAMES)
    assert sum(columns.stop - columns.start for columns in FEATURE_COLUMNS.values()) == len(COLUMN_NAMES)
