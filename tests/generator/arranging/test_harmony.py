"""Chords for melodies: what a user gets under a melody of any metre, mode, length and mood."""

import random
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from safetensors.numpy import load_file, save_file

from generator.arranging.cadences import phrase_ends
from generator.arranging.colours import colour_of
from generator.arranging.harmony import harmonised
from generator.blend import spelled
from generator.chords import Harmony, Quality
from generator.evaluating.composed import compose
from generator.evaluating.harmony import strong_beats
from generator.harmonies import HABITS_PATH, HabitsRefused, load_habits
from generator.melody.melody import Melody, Note
from generator.mood import MOODS, mood_named
from generator.networks.checkpoint import SERVED
from generator.request import Request
from generator.score import Part, Score
from generator.timing import TempoMap, Timing
from tests.generator.tunes import tune, wandering_tune

CALM = (Quality.MAJOR, Quality.MINOR, Quality.DOMINANT_SEVENTH)


def in_mood(melody: Melody, mood: str, seed: int = 1, intensity: float = 0.9) -> Harmony:
    return harmonised(melody, colour_of(spelled(mood), intensity), random.Random(seed))


def dissonance(harmony: Harmony) -> float:
    chords = [chord for chord in harmony.chords if chord.quality.triad in (Quality.DIMINISHED, Quality.CLUSTER)]
    return sum(chord.duration for chord in chords) / harmony.chords[-1].end


@cache
def composed() -> list[tuple[str, Melody]]:
    """Twenty composed melodies with their moods."""
    asked = [(mood, seed) for seed in range(2) for mood in MOODS][:20]
    return [
        (mood, compose(Request.of(mood, 0.8, 15, seed, candidates=2), SERVED).melody.transposed(seed + 5))
        for mood, seed in asked
    ]


@pytest.mark.parametrize("metre", ["2/4", "3/4", "4/4", "6/8"])
@pytest.mark.parametrize("mode", ["major", "minor"])
def test_every_bar_of_any_metre_has_a_chord_and_the_last_is_the_tonic(metre, mode):
    for seed in range(5):
        melody = wandering_tune(seed, metre, bars=9, mode=mode).transposed(seed)
        harmony = in_mood(melody, "hopeful" if mode == "major" else "sad", seed)
        bar = melody.metre.steps_per_bar
        assert {chord.onset for chord in harmony.chords} >= {bar * number for number in range(9)}
        assert harmony.chords[-1].end == melody.steps
        assert harmony.chords[-1].root == melody.tonic
        third = harmony.chords[-1].pitch_classes[1] - melody.tonic
        assert third % 12 == (4 if mode == "major" else 3)


def test_the_same_seed_gives_the_same_chords_and_another_seed_others():
    melody = wandering_tune(4, bars=16)
    assert in_mood(melody, "romantic", 7) == in_mood(melody, "romantic", 7)
    assert len({in_mood(melody, "romantic", seed).symbols for seed in range(8)}) >= 6


def test_bars_that_return_without_a_cadence_in_them_return_with_their_chords():
    motif = [60, 64, 67, 64, 65, 69, 67, 62]
    melody = tune([*motif, 64, 62, 60, 62, *motif, 62, 64, 62, 60], [4] * 8 + [8] * 4 + [4] * 8 + [8] * 4)
    for seed in range(5):
        harmony = in_mood(melody, "peaceful", seed)
        assert harmony.at(0).root == harmony.at(64).root


@pytest.mark.parametrize("intensity", [0.5, 1.0])
def test_fear_is_dissonant_and_joy_plain(intensity):
    tunes = [wandering_tune(seed, bars=16, mode="minor") for seed in range(6)]
    scary = [dissonance(in_mood(melody, "scary", 1, intensity)) for melody in tunes]
    happy = [dissonance(in_mood(melody, "happy", 1, intensity)) for melody in tunes]
    assert sum(scary) > sum(happy) + 0.5
    assert sum(happy) / len(happy) < 0.1


def test_clusters_are_for_fear_alone():
    melody = wandering_tune(2, bars=32, mode="minor")
    found = {
        mood: any(
            chord.quality is Quality.CLUSTER for seed in range(4) for chord in in_mood(melody, mood, seed).chords
        )
        for mood in ("scary", "happy", "sad", "dreamy")
    }
    assert found == {"scary": True, "happy": False, "sad": False, "dreamy": False}


def test_happy_and_peaceful_chords_are_plain_and_dreamy_ones_are_sevenths():
    melodies = [wandering_tune(seed, bars=16) for seed in range(4)]
    for mood in ("happy", "peaceful"):
        chords = [chord.quality in CALM for melody in melodies for chord in in_mood(melody, mood).chords]
        assert sum(chords) / len(chords) > 0.9
    dreamy = [len(chord.pitch_classes) for melody in melodies for chord in in_mood(melody, "dreamy", 1, 1.0).chords]
    assert dreamy.count(4) / len(dreamy) > 0.35


def test_the_colour_of_a_blend_lies_between_those_of_its_moods():
    happy, scary = (colour_of(mood_named(mood), 1.0) for mood in ("happy", "scary"))
    middle = colour_of(spelled("happy:0.25,scary:0.75"), 1.0)
    assert middle.diminished == pytest.approx(0.25 * happy.diminished + 0.75 * scary.diminished)
    assert colour_of(mood_named("happy"), 0) == colour_of(mood_named("scary"), 0)


def test_a_suspended_fourth_resolves_on_its_own_root():
    found = 0
    for seed in range(30):
        chords = in_mood(wandering_tune(seed, bars=16), "lonely", seed, 1.0).chords
        for chord, following in pairwise(chords):
            if chord.quality is Quality.SUSPENDED and following.quality is not Quality.SUSPENDED:
                found += 1
                assert following.root == chord.root
    assert found > 3


def test_inversions_make_the_bass_step_and_the_end_stands_on_its_roots():
    harmonies = [in_mood(wandering_tune(seed, bars=16), "hopeful", seed) for seed in range(6)]
    assert {chord.inversion for harmony in harmonies for chord in harmony.chords} == {0, 1}
    for harmony in harmonies:
        first, *_, last = harmony.chords
        before_last = [chord for chord in harmony.chords if chord.root != last.root][-1]
        assert first.inversion == last.inversion == before_last.inversion == 0


def test_a_dominant_leads_to_the_end():
    melodies = [wandering_tune(seed, bars=8) for seed in range(10)]
    before_last = [[c for c in in_mood(m, "happy").chords if c.root != m.tonic][-1] for m in melodies]
    assert sum(chord.root == 7 for chord in before_last) >= 7


def test_phrases_end_every_fourth_bar_after_the_pick_up():
    whole = tune([60] * 64, [4] * 64)
    late = tuple(Note(note.onset + 12, note.duration, note.pitch) for note in whole.notes[:60])
    with_pick_up = replace(whole, notes=late)
    assert [(end.bar, end.closes) for end in phrase_ends(whole)] == [(3, False), (7, True), (11, False)]
    assert [(end.bar, end.closes) for end in phrase_ends(with_pick_up)] == [(4, False), (8, True), (12, False)]


def test_two_bars_and_a_melody_with_a_pick_up_are_harmonised():
    short = tune([64, 62, 60], [8, 8, 16])
    assert [chord.root for chord in in_mood(short, "happy").chords][-1] == 0
    pick_up = wandering_tune(3, "3/4", bars=2)
    assert in_mood(pick_up, "sad").chords[-1].end == pick_up.steps


def test_a_melody_of_three_minutes_is_harmonised_to_its_end():
    melody = wandering_tune(1, "2/4", bars=220)
    harmony = in_mood(melody, "tense", 2)
    assert harmony.chords[-1].end == melody.steps


def test_chords_hold_the_strong_beats_of_composed_melodies():
    pairs = [(melody, in_mood(melody, mood, 3, 0.8)) for mood, melody in composed()]
    assert strong_beats(pairs) >= 0.85


def test_composed_melodies_in_minor_end_on_the_minor_tonic():
    for mood, melody in composed():
        last = in_mood(melody, mood).chords[-1]
        assert last.root == melody.tonic
        assert last.quality in (
            (Quality.MINOR, Quality.MINOR_SEVENTH)
            if melody.mode == "minor"
            else (Quality.MAJOR, Quality.MAJOR_SEVENTH)
        )


def test_a_score_says_when_each_chord_sounds_and_how_it_is_written():
    melody = tune([65, 69, 72, 70, 67, 65], [4, 4, 8, 4, 4, 8], tonic=5)
    chords = in_mood(melody, "peaceful").chords
    timing = Timing(TempoMap.even(120))
    score = Score("", (Part("Piano", 0, ()),), timing, melody.metre, melody.key_name, 5.0, melody, chords)
    assert [symbol for _, symbol in score.chord_symbols][-1] in ("F", "Fmaj7")
    assert [start for start, _ in score.chord_symbols] == [chord.onset / 8 for chord in chords]


def test_missing_learned_harmony_is_refused_by_its_name_and_with_what_to_do(tmp_path):
    with pytest.raises(HabitsRefused, match=r"no learned harmony at gone.safetensors; learn it anew: .*--learn"):
        load_habits(tmp_path / "gone.safetensors")


@pytest.mark.parametrize("fault", ["no tensors", "cut short", "a table too few", "no probability", "another shape"])
def test_broken_learned_harmony_is_refused_by_its_name_and_with_what_to_do(tmp_path, fault):
    path = tmp_path / "harmony.safetensors"
    tables = load_file(HABITS_PATH)
    if fault == "no probability":
        tables["common"] = tables["common"] * 3
    elif fault == "another shape":
        tables["opens"] = tables["opens"][:, :5].copy()
    elif fault == "a table too few":
        del tables["moving"]
    save_file(tables, path)
    if fault in ("no tensors", "cut short"):
        path.write_bytes(b"" if fault == "no tensors" else path.read_bytes()[:2000])
    with pytest.raises(HabitsRefused, match=r"the learned harmony in harmony.safetensors is broken .* learn it anew"):
        load_habits(path)
