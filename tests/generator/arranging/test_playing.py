"""Accompaniments in seconds."""

import random
from itertools import pairwise

import pytest

from generator.arranging.course import Stroke
from generator.arranging.playing import played
from generator.melody.metre import METRES
from generator.players import Role
from generator.styles import STYLES
from generator.timing import TempoMap, Timing

EVEN = Timing(TempoMap.even(120))
GUITAR = next(player for player in STYLES["acoustic"].players if player.program == 24)
PIANO = STYLES["piano"].players[0]
DRUMS = next(player for player in STYLES["lo-fi"].players if player.role is Role.DRUMS)


def sounding(player, strokes, *, energies=(0.5,) * 4, seed=1, loudness=80.0):
    return played(
        player, strokes, timing=EVEN, metre=METRES["4/4"], loudness=loudness, energies=energies, last_end=9.0,
        chance=random.Random(seed),
    )  # fmt: skip


def test_notes_sound_within_a_few_hundredths_of_their_place():
    notes = sounding(PIANO, [Stroke(step, 4, 60) for step in range(0, 60, 4)])
    for note, step in zip(notes, range(0, 60, 4), strict=True):
        assert note.start == pytest.approx(step * 0.125, abs=0.013)


def test_what_lasts_to_the_end_rings_on():
    notes = sounding(PIANO, [Stroke(32, 16, 55), Stroke(48, 16, 60)])
    assert notes[0].end == pytest.approx(6.0, abs=0.02)
    assert notes[1].end == 9.0


def test_a_guitar_is_strummed_and_a_piano_struck_at_once():
    chord = [Stroke(0, 8, pitch) for pitch in (48, 52, 55, 60)]
    strummed, struck = ([note.start for note in sounding(player, chord)] for player in (GUITAR, PIANO))
    assert all(0.005 < after - before < 0.02 for before, after in pairwise(strummed))
    assert len(set(struck)) == 1


def test_fuller_bars_and_strong_beats_are_louder():
    strokes = [Stroke(step, 1, 60) for step in range(0, 64, 2)]
    quiet, loud = (sounding(PIANO, strokes, energies=(energy,) * 4) for energy in (0.1, 0.9))
    assert sum(note.velocity for note in loud) > sum(note.velocity for note in quiet) + 10 * len(strokes)
    assert sum(note.velocity for note in loud[::8]) > sum(note.velocity for note in loud[1::8])


@pytest.mark.parametrize("player", [GUITAR, PIANO, DRUMS], ids=lambda player: player.name)
def test_no_pitch_sounds_twice_at_once_and_no_velocity_leaves_its_range(player):
    strokes = [Stroke(step, 6, 60, weight=40) for step in range(0, 56, 2)]
    notes = sounding(player, strokes, loudness=120.0)
    assert all(before.end <= after.start for before, after in pairwise(notes))
    assert all(1 <= note.velocity <= 127 for note in notes)
    assert all(note.end > note.start for note in notes)


def test_the_same_chance_plays_alike():
    strokes = [Stroke(step, 2, 60) for step in range(0, 32, 2)]
    assert sounding(PIANO, strokes, seed=4) == sounding(PIANO, strokes, seed=4)
    assert sounding(PIANO, strokes, seed=4) != sounding(PIANO, strokes, seed=5)
