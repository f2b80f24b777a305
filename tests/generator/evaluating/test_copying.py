"""Copying: a tune is known in any key and note values, and nine notes are what it takes."""

from dataclasses import replace

import pytest

from generator.evaluating.copying import KnownRuns, copying_rate
from generator.melody.melody import Melody, Note
from tests.generator.tunes import wandering_tune

TUNES = [wandering_tune(seed) for seed in range(4)]


@pytest.fixture(scope="module")
def known() -> KnownRuns:
    return KnownRuns(TUNES)


def test_a_copied_tune_is_all_copied(known):
    assert copying_rate(TUNES, known) == 1


def test_a_copy_in_another_key_and_in_longer_notes_is_a_copy(known):
    longer = tuple(Note(2 * note.onset, 2 * note.duration, note.pitch + 3) for note in TUNES[0].notes)
    assert copying_rate([replace(TUNES[0], notes=longer, steps=2 * TUNES[0].steps)], known) == 1


def test_another_tune_copies_nothing(known):
    assert copying_rate([wandering_tune(99)], known) == 0
    assert copying_rate([], known) == 0


@pytest.mark.parametrize(("shared", "copied"), [(8, 0), (9, 9), (12, 12)])
def test_nine_notes_in_a_row_are_a_copy_and_eight_are_not(known, shared, copied):
    taken, own = TUNES[0].notes[:shared], wandering_tune(99).notes
    end = taken[-1].end
    added = tuple(Note(note.onset - own[0].onset + end + 5, 1, note.pitch) for note in own)
    melody = Melody(taken + added, TUNES[0].metre, 0, TUNES[0].mode, 2 * TUNES[0].steps + 16)
    assert known.copied_notes(melody) == copied
    assert copying_rate([melody], known) == copied / len(melody.notes)
