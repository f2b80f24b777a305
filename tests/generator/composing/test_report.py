"""What is told of a melody's originality, and which melody is given to nobody."""

import json

import pytest

from generator.composing.earlier import EarlierRun, NoEarlierTracks, longest_run, run_hashes
from generator.composing.originality import KnownTune, build_index
from generator.composing.report import MOST_NOTES_OF_EARLIER, Originality
from generator.melody.melody import Melody, Note
from generator.melody.metre import bar_number
from tests.generator.tunes import wandering_tune

TUNES = [KnownTune(wandering_tune(seed), f"{seed}", f"b/{seed}", f"Tune {seed}", "A book") for seed in range(9)]
INDEX = build_index([*TUNES, KnownTune(wandering_tune(50, bars=16), "held out", held_out=True)], "data")


class Remembered(NoEarlierTracks):
    """Earlier tracks in memory, found by the numbers of their runs as a site finds them."""

    def __init__(self, *melodies: Melody) -> None:
        self.rows = [
            (track, place, run)
            for track, melody in enumerate(melodies)
            for place, run in enumerate(run_hashes(melody))
        ]

    def longest_shared(self, melody: Melody) -> EarlierRun | None:
        wanted = set(run_hashes(melody))
        return longest_run(melody, (row for row in self.rows if row[2] in wanted))


def slower(melody: Melody) -> Melody:
    notes = tuple(Note(2 * note.onset, 2 * note.duration, note.pitch) for note in melody.notes)
    return Melody(notes, melody.metre, melody.tonic, melody.mode, 2 * melody.steps)


def beginning(melody: Melody, count: int, first: int = 0) -> Melody:
    return Melody(melody.notes[first : first + count], melody.metre, melody.tonic, melody.mode, melody.steps)


def test_an_earlier_melody_is_found_in_another_key_and_other_note_values():
    known = wandering_tune(100)
    earlier = Remembered(wandering_tune(101), known, wandering_tune(102))
    found = earlier.longest_shared(slower(known.transposed(4)))
    assert found == EarlierRun(len(known.notes), 1)


@pytest.mark.parametrize("count", [9, 10, 17])
def test_the_part_that_two_melodies_share_is_counted_in_notes_and_placed_in_the_new_one(count):
    known = wandering_tune(100)
    earlier = Remembered(beginning(known, count, first=5))
    assert earlier.longest_shared(known) == EarlierRun(count, known.notes[5].onset // 16 + 1)


def test_eight_notes_of_an_earlier_melody_are_not_told():
    known = wandering_tune(100)
    assert Remembered(beginning(known, 8)).longest_shared(known) is None
    assert run_hashes(beginning(known, 8)) == []


def test_runs_of_two_different_melodies_are_not_put_together():
    known = wandering_tune(100)
    parts = beginning(known, 12), beginning(known, 12, first=4)
    assert Remembered(*parts).longest_shared(known).notes == 12


def test_numbers_of_runs_fit_into_a_signed_column_and_do_not_change():
    hashes = run_hashes(wandering_tune(3))
    assert all(0 <= value < 2**63 for value in hashes)
    assert len(hashes) == len(wandering_tune(3).notes) - 8
    assert hashes == run_hashes(wandering_tune(3).transposed(-7))


def test_nine_notes_of_a_training_tune_are_over_the_limit_and_a_new_melody_is_not():
    originality = Originality(INDEX)
    assert originality.over_limit(TUNES[3].melody)
    assert not originality.over_limit(wandering_tune(200))


@pytest.mark.parametrize(("count", "over"), [(MOST_NOTES_OF_EARLIER, False), (MOST_NOTES_OF_EARLIER + 1, True)])
def test_more_notes_of_somebody_s_track_than_people_share_are_over_the_limit(count, over):
    melody = wandering_tune(200)
    assert Originality(INDEX, Remembered(beginning(melody, count))).over_limit(melody) is over


def test_the_facts_say_where_the_longest_run_stands_and_what_people_share():
    melody = wandering_tune(200, bars=10)
    facts = json.loads(json.dumps(Originality(INDEX).facts(melody)))
    shared = INDEX.longest_shared(melody)
    assert facts["longest_run"] == {
        "notes": shared.notes,
        "at_bar": shared.at_bar,
        "common": False,
        "shared_with": {
            "identity": shared.identity, "title": shared.title, "source": shared.source, "bar": shared.bar,
        },
    }  # fmt: skip
    assert facts["longest_uncommon_run"] == facts["longest_run"]
    people = {share.notes: share for share in INDEX.people}[32]
    assert len(melody.notes) >= 32
    assert (facts["people"]["notes"], facts["people"]["mean"]) == (32, people.mean)
    assert facts["people"]["low"] <= facts["people"]["mean"] <= facts["people"]["high"]
    assert (facts["earlier_track"], facts["own_earlier_track"]) == (None, None)


def test_the_facts_tell_of_an_earlier_track():
    melody = wandering_tune(200)
    facts = Originality(INDEX, Remembered(beginning(melody, 11, first=2))).facts(melody)
    assert facts["earlier_track"] == {
        "notes": 11,
        "at_bar": bar_number(melody.notes[2].onset, melody.notes[0].onset, 16),
    }
