"""Attributes measured from notes, where they stand in a corpus, and the place on the plane of emotion."""

import pytest

from generator.melody.attributes import ATTRIBUTE_NAMES, AttributeScale, measure
from generator.melody.emotion import place_on_plane
from generator.melody.key import fitted_key
from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES
from tests.generator.tunes import tune, wandering_tune

SCALE = AttributeScale.of([wandering_tune(seed, mode=mode) for seed in range(40) for mode in ("major", "minor")])


def test_attributes_are_what_their_names_say():
    measured = measure(tune([60, 62, 64, 72, 61, 61], [4, 4, 4, 2, 1, 1]))
    assert measured.density == pytest.approx(6 / 4)
    assert measured.range == 12
    assert measured.leaps == pytest.approx(2 / 5)
    assert measured.interval_size == pytest.approx((2 + 2 + 8 + 11) / 4)
    assert measured.contour == pytest.approx((3 - 1) / 4)
    assert measured.repeated_notes == pytest.approx(1 / 5)
    assert measured.dissonance == pytest.approx(1 / 5)
    assert measured.chromaticism == pytest.approx(2 / 16)
    assert measured.rests == 0
    assert measured.climax == pytest.approx(12 / 16)
    # Between onsets stand 4, 4, 4, 2 and 1 steps.
    assert measured.rhythm_contrast == pytest.approx(200 * (0 + 0 + 2 / 6 + 1 / 3) / 4)


def test_semitones_and_rests_are_counted():
    measured = measure(Melody((Note(0, 4, 64), Note(8, 4, 65), Note(12, 4, 67)), METRES["4/4"], 0, Mode.MAJOR, 16))
    assert measured.semitones == pytest.approx(1 / 2)
    assert measured.rests == pytest.approx(4 / 16)


def test_a_note_off_the_beat_that_sounds_over_the_beat_is_syncopated():
    straight, syncopated = tune([60] * 4, [4, 4, 4, 4]), tune([60] * 4, [4, 2, 6, 4])
    assert measure(straight).syncopation == 0
    assert measure(syncopated).syncopation == pytest.approx(1 / 4)


def test_bars_that_return_to_the_note_are_repetition():
    melody = tune([60, 62, 64, 65] * 3 + [60, 62, 64, 67], [4] * 16)
    assert measure(melody).repetition == pytest.approx(2 / 4)


def test_the_raised_seventh_of_a_minor_tune_is_not_chromatic():
    assert measure(tune([60, 63, 67, 71, 72], [4, 4, 4, 2, 2], mode="minor")).chromaticism == 0


def test_register_does_not_hang_on_the_key():
    melody = tune([60, 64, 67, 72], [4, 4, 4, 4])
    assert measure(melody).register == measure(melody.transposed(5)).register


def test_a_triad_of_its_own_mode_makes_the_mode_clear():
    major, minor = (
        measure(tune([60, third, 67, 60], [4] * 4, mode=mode)) for third, mode in ((64, "major"), (63, "minor"))
    )
    wrong = measure(tune([60, 63, 67, 60], [4] * 4, mode="major"))
    assert wrong.mode_clarity < 0 < min(major.mode_clarity, minor.mode_clarity)


def test_where_an_attribute_stands_is_its_share_of_the_corpus():
    middle = {name: SCALE.value(name, 0.0) for name in ATTRIBUTE_NAMES}
    for name in ("density", "register", "range"):
        assert SCALE.value(name, -1.0) < middle[name] < SCALE.value(name, 1.0)
    standings = [SCALE.place(wandering_tune(seed, mode=mode)) for seed in range(40) for mode in ("major", "minor")]
    for name in ATTRIBUTE_NAMES:
        found = [standing[name] for standing in standings]
        assert all(-1 <= standing <= 1 for standing in found)
        assert sum(found) / len(found) == pytest.approx(0, abs=0.1)


def test_what_lies_beyond_the_corpus_stands_at_its_ends():
    quick = SCALE.place(tune([60, 83] * 32, [1] * 64))
    assert (quick["density"], quick["leaps"], quick["rests"]) == (1.0, 1.0, pytest.approx(-1.0, abs=0.3))


def test_the_same_notes_are_less_pleasant_in_minor():
    standing = SCALE.place(tune([60, 64, 67, 64] * 4, [4] * 16))
    assert place_on_plane(standing, Mode.MAJOR)[0] > 0 > place_on_plane(standing, Mode.MINOR)[0]


def test_many_short_notes_are_more_aroused_than_few_long_ones():
    quick, slow = (
        SCALE.place(melody) for melody in (tune([60, 64, 67, 64] * 8, [2] * 32), tune([60, 64, 67, 64], [16] * 4))
    )
    assert place_on_plane(quick, Mode.MAJOR)[1] > place_on_plane(slow, Mode.MAJOR)[1]


def test_every_place_lies_on_the_plane():
    for seed in range(20):
        place = place_on_plane(SCALE.place(wandering_tune(seed)), Mode.MINOR)
        assert all(-1 <= coordinate <= 1 for coordinate in place)


def test_the_key_of_a_scale_is_found_by_its_notes():
    melody = tune([62, 64, 66, 67, 69, 71, 73, 74, 69, 66, 62], [2] * 10 + [8])
    assert fitted_key(melody.notes) == (2, Mode.MAJOR)


def test_relative_keys_are_told_apart_by_where_the_tune_rests():
    melody = tune([69, 71, 72, 74, 76, 77, 80, 81, 76, 72, 69], [2] * 10 + [8])
    assert fitted_key(melody.notes, sharps=0) == (9, Mode.MINOR)
