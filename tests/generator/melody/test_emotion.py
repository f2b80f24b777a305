"""Attributes measured from notes, and the place on the plane of emotion that follows from them."""

import pytest

from generator.melody.attributes import measure
from generator.melody.emotion import EmotionScale
from generator.melody.key import fitted_key
from generator.melody.melody import Mode
from tests.generator.tunes import tune, wandering_tune

SCALE = EmotionScale.of([wandering_tune(seed, mode=mode) for seed in range(40) for mode in ("major", "minor")])


def test_attributes_are_what_their_names_say():
    measured = measure(tune([60, 62, 64, 72, 61], [4, 4, 4, 2, 2]))
    assert measured.density == pytest.approx(5 / 4)
    assert measured.length == pytest.approx(4 / 5)
    assert measured.range == 12
    assert measured.leaps == pytest.approx(2 / 4)
    assert measured.chromaticism == pytest.approx(2 / 16)
    assert measured.rests == 0


def test_the_raised_seventh_of_a_minor_tune_is_not_chromatic():
    assert measure(tune([60, 63, 67, 71, 72], [4, 4, 4, 2, 2], mode="minor")).chromaticism == 0


def test_register_does_not_hang_on_the_key():
    melody = tune([60, 64, 67, 72], [4, 4, 4, 4])
    assert measure(melody).register == measure(melody.transposed(5)).register


def test_the_same_notes_are_less_pleasant_in_minor():
    major, minor = (tune([60, 64, 67, 64] * 4, [4] * 16, mode=mode) for mode in ("major", "minor"))
    assert SCALE.place(major)[0] > 0 > SCALE.place(minor)[0]


def test_many_short_notes_are_more_aroused_than_few_long_ones():
    quick = tune([60, 64, 67, 64] * 8, [2] * 32)
    slow = tune([60, 64, 67, 64], [16] * 4)
    assert SCALE.place(quick)[1] > SCALE.place(slow)[1]


def test_every_place_lies_on_the_plane():
    for seed in range(20):
        assert all(-1 <= coordinate <= 1 for coordinate in SCALE.place(wandering_tune(seed)))


def test_the_key_of_a_scale_is_found_by_its_notes():
    melody = tune([62, 64, 66, 67, 69, 71, 73, 74, 69, 66, 62], [2] * 10 + [8])
    assert fitted_key(melody.notes) == (2, Mode.MAJOR)


def test_relative_keys_are_told_apart_by_where_the_tune_rests():
    melody = tune([69, 71, 72, 74, 76, 77, 80, 81, 76, 72, 69], [2] * 10 + [8])
    assert fitted_key(melody.notes, sharps=0) == (9, Mode.MINOR)
