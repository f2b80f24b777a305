"""Melodies and their events on the grid."""

import pytest

from generator.melody.events import NO_EVENT, NOTE_OFF, OffTheGrid, events_to_melody, melody_to_events, pitch_event
from generator.melody.melody import Melody, Mode, Note, to_common_tonic
from generator.melody.metre import METRES, bar_number
from tests.generator.tunes import tune, wandering_tune


@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("mode", ["major", "minor"])
def test_a_melody_comes_back_from_its_events_unchanged(metre, mode):
    for seed in range(30):
        melody = wandering_tune(seed, metre, mode=mode)
        again = events_to_melody(melody_to_events(melody), melody.metre, melody.tonic, melody.mode)
        assert again == melody


def test_a_bar_has_sixteen_steps_in_four_four_and_twelve_in_three_four_and_six_eight():
    assert {name: metre.steps_per_bar for name, metre in METRES.items()} == {
        "2/4": 8,
        "3/4": 12,
        "4/4": 16,
        "6/8": 12,
    }


def test_a_note_followed_by_a_rest_is_let_go_and_one_followed_by_a_note_is_not():
    melody = Melody((Note(0, 2, 60), Note(4, 2, 62), Note(6, 2, 64)), METRES["2/4"], 0, Mode.MAJOR, 8)
    assert melody_to_events(melody).tolist() == [
        pitch_event(60), NO_EVENT, NOTE_OFF, NO_EVENT, pitch_event(62), NO_EVENT, pitch_event(64), NO_EVENT,
    ]  # fmt: skip


def test_a_pitch_outside_the_grid_is_refused_by_name():
    with pytest.raises(OffTheGrid, match="pitch 84 lies outside 48..83"):
        melody_to_events(tune([84], [16]))


@pytest.mark.parametrize(
    "notes",
    [
        (Note(0, 4, 60), Note(2, 2, 62)),
        (Note(14, 4, 60),),
        (Note(0, 0, 60),),
    ],
)
def test_overlapping_endless_and_empty_notes_are_no_melody(notes):
    with pytest.raises(ValueError, match="overlaps its neighbour or leaves the piece"):
        Melody(notes, METRES["4/4"], 0, Mode.MAJOR, 16)


def test_a_minor_tune_stays_minor_when_it_is_moved_to_the_common_tonic():
    moved = to_common_tonic(tune([62, 65, 69, 62], [4, 4, 4, 4], tonic=2, mode="minor"))
    assert moved is not None
    assert (moved.tonic, moved.mode) == (0, Mode.MINOR)
    assert [note.pitch for note in moved.notes] == [60, 63, 67, 60]


def test_a_tune_that_fits_the_grid_in_no_octave_has_no_common_form():
    assert to_common_tonic(tune([40, 86], [8, 8])) is None


def test_a_low_tune_is_raised_by_octaves_onto_the_grid():
    moved = to_common_tonic(tune([36, 40, 43], [4, 4, 8]))
    assert moved is not None
    assert [note.pitch for note in moved.notes] == [48, 52, 55]


@pytest.mark.parametrize(("onset", "first", "number"), [(0, 0, 1), (16, 0, 2), (12, 12, 1), (16, 12, 1), (40, 12, 2)])
def test_bars_are_counted_as_people_do_with_a_pick_up_before_the_first(onset, first, number):
    assert bar_number(onset, first, 16) == number
