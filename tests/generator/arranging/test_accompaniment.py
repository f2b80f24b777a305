"""What a style's players play beneath a melody."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from generator.arranging.accompaniment import accompany
from generator.arranging.beats import BEATS, KITS, ORCHESTRA, beat_strokes
from generator.arranging.course import Course
from generator.arranging.energy import arc_of
from generator.arranging.figures import BASS_FIGURES, FIGURES
from generator.arranging.performance import INSTRUMENT_NAMES
from generator.chords import Chord, Quality
from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES
from generator.mood import MOODS
from generator.players import Role
from generator.request import Ending
from generator.styles import STYLE_OF_MOOD, STYLES

BARS = 16
TURNAROUND = ((0, Quality.MAJOR), (9, Quality.MINOR), (2, Quality.MINOR_SEVENTH), (7, Quality.DOMINANT_SEVENTH))
ACCOMPANIED = [style for style in STYLES.values() if style.players]


def melody_in(metre_name: str, *, pick_up: bool = False) -> Melody:
    metre = METRES[metre_name]
    beat = metre.steps_per_beat
    first = metre.steps_per_bar - beat if pick_up else 0
    onsets = range(first, BARS * metre.steps_per_bar, beat)
    notes = tuple(Note(onset, beat, 72 + (onset // beat * 5) % 7) for onset in onsets)
    return Melody(notes, metre, 0, Mode.MAJOR, BARS * metre.steps_per_bar)


def chords_of(melody: Melody) -> list[Chord]:
    bar = melody.metre.steps_per_bar
    return [Chord(*TURNAROUND[number % 4], number * bar, bar) for number in range(melody.bars)]


def accompanied(style, melody, seed=1, energies=None):
    energies = energies or arc_of(melody.bars, 0, Ending.RING, 1.0, random.Random(seed))
    return accompany(melody, chords_of(melody), style, Course(energies), random.Random(seed))


@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("style", ACCOMPANIED, ids=lambda style: style.name)
def test_every_style_plays_in_every_metre_within_the_ranges_and_within_the_chords(style, metre):
    melody = melody_in(metre)
    chords = chords_of(melody)
    score = accompanied(style, melody, energies=[0.5] * 8 + [1.0] * (BARS - 8))
    assert len(score) == len(style.players)
    for player, strokes in score.items():
        for stroke in strokes:
            assert stroke.onset + stroke.duration <= melody.steps
            assert stroke.duration > 0
            if player.role is Role.DRUMS:
                continue
            chord = next(chord for chord in chords if chord.onset <= stroke.onset < chord.end)
            assert stroke.onset + stroke.duration <= chord.end
            assert stroke.pitch % 12 in chord.pitch_classes or player.role is Role.BASS
            assert player.low <= stroke.pitch <= player.high + 12
        assert strokes[-1].onset >= melody.steps - melody.metre.steps_per_bar


@pytest.mark.parametrize("style", ACCOMPANIED, ids=lambda style: style.name)
def test_the_same_seed_accompanies_alike_and_another_differently(style):
    melody = melody_in("4/4")
    assert accompanied(style, melody, 3) == accompanied(style, melody, 3)
    assert len({str(accompanied(style, melody, seed)) for seed in range(10)}) == 10


def test_more_energy_brings_more_players_and_more_notes():
    melody = melody_in("4/4")
    counts = [
        sum(len(strokes) for strokes in accompanied(STYLES["cinematic"], melody, 1, [energy] * BARS).values())
        for energy in (0.1, 0.4, 0.7, 1.0)
    ]
    assert counts == sorted(counts)
    assert counts[-1] > 3 * counts[0]


def test_the_parts_of_a_style_have_names_of_their_own_beside_the_melody_s():
    for style in ACCOMPANIED:
        names = [player.name for player in style.players]
        melodies = {INSTRUMENT_NAMES[program] for program in style.melody}
        assert len(set(names)) == len(names)
        assert not melodies & set(names)


def test_nothing_sounds_beneath_a_pick_up():
    melody = melody_in("3/4", pick_up=True)
    first = min(stroke.onset for strokes in accompanied(STYLES["folk band"], melody).values() for stroke in strokes)
    assert first >= melody.metre.steps_per_bar


def test_the_bass_begins_every_chord_with_its_bass_and_moves_by_less_than_an_octave():
    melody = melody_in("4/4")
    bass = next(player for player in STYLES["folk band"].players if player.role is Role.BASS)
    halves = [replace(chord, onset=chord.onset + late, duration=8) for chord in chords_of(melody) for late in (0, 8)]
    chords = [replace(chord, root=(chord.root + 5 * (number % 2)) % 12) for number, chord in enumerate(halves)]
    for seed in range(10):
        strokes = accompany(melody, chords, STYLES["folk band"], Course([0.9] * BARS), random.Random(seed))[bass]
        first = {stroke.onset: stroke for stroke in strokes if stroke.onset % 8 == 0}
        assert [first[chord.onset].pitch % 12 for chord in chords] == [chord.bass for chord in chords]
        basses = [first[chord.onset].pitch for chord in chords]
        assert all(abs(after - before) < 12 for before, after in pairwise(basses))


def test_every_name_in_a_style_is_a_figure_or_a_beat():
    for style in STYLES.values():
        for player in style.players:
            known = {Role.CHORDS: FIGURES, Role.BASS: BASS_FIGURES, Role.DRUMS: BEATS}[player.role]
            assert {name for ladder in player.ladders for name in ladder} <= known.keys()
            assert player.kit in KITS
            assert player.high - player.low >= 12
    assert STYLE_OF_MOOD.keys() == MOODS.keys()
    assert set(STYLE_OF_MOOD.values()) <= STYLES.keys()


@pytest.mark.parametrize("metre", METRES.values(), ids=lambda metre: metre.name)
def test_every_beat_stays_in_its_bar(metre):
    for name in BEATS:
        strokes = beat_strokes(name, metre)
        assert strokes
        assert all(0 <= step < metre.steps_per_bar for step, _, _ in strokes)


def test_the_arc_climaxes_after_its_middle_and_ends_quieter():
    energies = arc_of(32, 0, Ending.RING, 1.0, random.Random(1))
    climax = energies.index(max(energies))
    assert 16 <= climax < 30
    assert energies[0] < max(energies) - 0.2
    assert energies[-1] < max(energies) - 0.2


def test_after_a_pick_up_players_enter_where_a_phrase_begins():
    melody = melody_in("4/4", pick_up=True)
    energies = arc_of(melody.bars, 1, Ending.RING, 1.0, random.Random(2))
    changes = [bar for bar in range(1, melody.bars) if energies[bar] != energies[bar - 1]]
    assert changes
    assert all((bar - 1) % 4 == 0 for bar in changes)


@pytest.mark.parametrize("style", ["cinematic", "suspense"])
def test_kettledrums_are_struck_on_the_root_or_the_fifth_of_the_chord(style):
    melody = melody_in("4/4")
    drums = next(player for player in STYLES[style].players if player.role is Role.DRUMS)
    assert drums.program == ORCHESTRA
    struck = 0
    for seed in range(8):
        for stroke in accompanied(STYLES[style], melody, seed, [0.95] * BARS)[drums]:
            if 41 <= stroke.pitch <= 53:
                chord = next(chord for chord in chords_of(melody) if chord.onset <= stroke.onset < chord.end)
                assert stroke.pitch % 12 in (chord.pitch_classes[0], chord.pitch_classes[2])
                struck += 1
    assert struck > 50


@pytest.mark.parametrize(
    ("style", "foreign"),
    [("acoustic", {38, 41, 45, 48, 49}), ("folk band", {38, 40, 41, 45, 48, 49}), ("lo-fi", {49})],
)
def test_quiet_kits_have_no_strokes_of_loud_ones(style, foreign):
    melody = melody_in("4/4")
    drums = next(player for player in STYLES[style].players if player.role is Role.DRUMS)
    for seed in range(8):
        course = Course([0.95] * BARS, frozenset({6}))
        strokes = accompany(melody, chords_of(melody), STYLES[style], course, random.Random(seed))[drums]
        assert not foreign & {stroke.pitch for stroke in strokes}


def test_a_bass_stays_low():
    melody = melody_in("4/4")
    for style in ACCOMPANIED:
        for player, strokes in accompanied(style, melody, 1, [0.9] * BARS).items():
            if player.role is Role.BASS:
                starts = [stroke.pitch for stroke in strokes if stroke.onset % melody.metre.steps_per_bar == 0]
                assert max(starts) <= player.low + 14
