"""The same melody in another mode and another metre."""

import pytest

from generator.melody.melody import MAJOR_SCALE, MINOR_SCALE, Mode, Note
from generator.melody.metre import METRES
from generator.melody.transforms import with_metre, with_mode
from generator.melody.written import melody_fields, melody_of_fields
from tests.generator.tunes import tune, wandering_tune


def degrees(melody) -> set[int]:
    return {(note.pitch - melody.tonic) % 12 for note in melody.notes}


@pytest.mark.parametrize("tonic", [0, 2, 11])
def test_a_scale_in_the_other_mode_is_its_scale_on_the_same_tonic(tonic):
    major = tune([60 + tonic + step for step in (0, 2, 4, 5, 7, 9, 11, 9)], [2] * 8, tonic=tonic)
    minor = with_mode(major, Mode.MINOR)
    assert degrees(major) == set(MAJOR_SCALE)
    assert degrees(minor) == set(MINOR_SCALE)
    assert (minor.tonic, minor.mode) == (tonic, Mode.MINOR)
    assert with_mode(minor, Mode.MAJOR) == major


def test_a_leading_note_goes_on_leading():
    rising = tune([67, 71, 72, 71], [4] * 4)
    assert [note.pitch for note in with_mode(rising, Mode.MINOR).notes] == [67, 71, 72, 70]


def test_in_its_own_mode_and_metre_a_melody_is_itself():
    melody = wandering_tune(1)
    assert with_mode(melody, melody.mode) is melody
    assert with_metre(melody, melody.metre) is melody


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("old", METRES)
@pytest.mark.parametrize("new", METRES)
def test_in_another_metre_every_note_stays_in_its_bar(old, new, seed):
    before = wandering_tune(seed, old)
    after = with_metre(before, METRES[new])
    assert (after.bars, after.metre.name) == (before.bars, new)
    for there, here in zip(before.bar_contents(), after.bar_contents(), strict=True):
        assert {pitch for _, pitch in here} <= {pitch for _, pitch in there}
        assert bool(here) == bool(there)


def test_downbeats_stay_downbeats_and_full_bars_stay_full():
    waltz = with_metre(tune([60, 62, 64, 65], [8, 8, 12, 4]), METRES["3/4"])
    assert waltz.notes == (Note(0, 6, 60), Note(6, 6, 62), Note(12, 9, 64), Note(21, 3, 65))


def test_a_note_on_the_last_sixteenth_does_not_slip_into_the_next_bar():
    short_pick_up = tune([60, 62], [1, 16])
    late = type(short_pick_up)((Note(15, 1, 60), Note(16, 16, 62)), METRES["4/4"], 0, Mode.MAJOR, 32)
    assert with_metre(late, METRES["2/4"]).notes == (Note(7, 1, 60), Note(8, 8, 62))


def test_a_melody_survives_its_fields():
    for metre in METRES:
        melody = wandering_tune(3, metre, mode="minor")
        assert melody_of_fields(melody_fields(melody)) == melody


@pytest.mark.parametrize(
    "wrong",
    [
        {"notes": [[0, 4]]}, {"notes": [[0, 4, 60.5]]}, {"notes": [["0", 4, 60]]}, {"notes": [[0, 4, 128]]},
        {"notes": [[0, 4, -1]]}, {"notes": 7}, {"notes": [[0, 40, 60]]}, {"steps": 17}, {"steps": True},
        {"tonic": 12}, {"metre": "5/4"}, {"metre": None}, {"mode": "dorian"},
    ],
)  # fmt: skip
def test_fields_that_spell_no_melody_are_refused(wrong):
    fields = {"metre": "4/4", "tonic": 0, "mode": "major", "steps": 16, "notes": [[0, 4, 60]]}
    assert melody_of_fields(fields).bars == 1
    with pytest.raises(ValueError, match=r"melody|bars|piece|between|Mode"):
        melody_of_fields(fields | wrong)


@pytest.mark.parametrize("nothing", [None, [], "melody", 7, {}])
def test_what_is_no_fields_at_all_is_refused(nothing):
    with pytest.raises(ValueError, match="no melody"):
        melody_of_fields(nothing)
