"""Chords laid out for an instrument."""

from itertools import pairwise

import pytest

from generator.arranging.voicing import parallels, voiced

CADENCE = [(0, 4, 7), (9, 0, 4), (5, 9, 0), (2, 5, 9), (7, 11, 2), (0, 4, 7)]
SEVENTHS = [(2, 5, 0, 9), (7, 11, 5, 2), (0, 4, 11, 7)]
FREE = [127] * 6


@pytest.mark.parametrize("size", [3, 4])
def test_every_chord_is_whole_and_within_the_range(size):
    for chord, voicing in zip(CADENCE, voiced(CADENCE, 48, 76, size, FREE), strict=True):
        assert len(voicing) == size
        assert {pitch % 12 for pitch in voicing} == set(chord)
        assert voicing[0] >= 48
        assert voicing[-1] <= 76


def test_voices_move_by_little_and_never_in_parallel_fifths_or_octaves():
    voicings = voiced(CADENCE * 3, 48, 79, 3, FREE * 3)
    assert sum(parallels(before, after) for before, after in pairwise(voicings)) == 0
    moved = [abs(a - b) for before, after in pairwise(voicings) for a, b in zip(before, after, strict=True)]
    assert sum(moved) / len(moved) < 3


def test_parallel_fifths_and_octaves_are_seen_and_held_voices_are_none():
    assert parallels((48, 55), (50, 57)) == 1
    assert parallels((48, 60), (50, 62)) == 1
    assert parallels((48, 55), (48, 55)) == 0
    assert parallels((48, 55), (50, 59)) == 0
    assert parallels((48, 55, 64), (55, 60, 64)) == 0


def test_a_chord_of_four_loses_what_is_needed_least_where_there_are_three_voices():
    for chord, voicing in zip(SEVENTHS, voiced(SEVENTHS, 50, 74, 3, FREE[:3]), strict=True):
        assert {pitch % 12 for pitch in voicing} == set(chord[:3])


def test_the_chords_stay_below_the_melody_where_there_is_room():
    voicings = voiced(CADENCE, 45, 76, 3, [64] * 6)
    assert max(voicing[-1] for voicing in voicings) < 64


def test_no_chords_no_voicings():
    assert voiced([], 48, 72, 3, []) == []
