"""A piece along its time: its energy, its hits, its slowing, and how it ends."""

from functools import cache

import numpy as np
import pytest
from scipy.stats import spearmanr

from generator.arranging.slowing import depth_of
from generator.compose import compose_track, rearrange_track
from generator.composing.composer import load_composer
from generator.mood import MOODS
from generator.rendering.reading import score_of
from generator.request import BadRequest, Ending, Request
from generator.styles import STYLES

SECONDS = 30


def request(mood="happy", seed=3, **choices):
    return Request.of(mood, 0.8, SECONDS, seed, candidates=1, **choices)


@cache
def composed(mood="happy", seed=3, hits=(), ending=Ending.RING):
    return compose_track(request(mood, seed, hits=hits, ending=ending), load_composer())


def arranged(style, mood="happy", hits=(), ending=Ending.RING, **choices):
    melody = composed(mood, 3, hits, ending).melody
    return score_of(rearrange_track(melody, request(mood, style=style, hits=hits, ending=ending, **choices)).midi)


def fullness(score, start, end):
    """The velocities of all notes that begin between two seconds, a second."""
    notes = [note for part in score.parts for note in part.notes if start <= note.start < end]
    return sum(note.velocity for note in notes) / (end - start)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_strikes_together_at_the_hits(style):
    hits = (7.5, 19.2)
    score = arranged(style, hits=hits)
    for hit in hits:
        struck = [note for part in score.parts for note in part.notes if abs(note.start - hit) <= 0.05]
        melody = [note for note in score.parts[0].notes if abs(note.start - hit) <= 0.005]
        assert melody
        loudness = np.median([note.velocity for note in score.parts[0].notes])
        assert max(note.velocity for note in melody) > loudness
        if len(score.parts) > 1:
            assert len(struck) > len(melody)


@pytest.mark.parametrize("style", STYLES)
def test_an_energy_curve_thins_and_thickens_every_style(style):
    rising, falling = (arranged(style, curve=curve) for curve in (((0, 0.1), (30, 1)), ((0, 1), (30, 0.1))))
    assert fullness(rising, 18, 27) > 1.1 * fullness(falling, 18, 27)
    assert fullness(rising, 1, 10) < fullness(falling, 1, 10) / 1.1


def test_the_fullness_of_a_band_follows_the_curve():
    score = arranged("cinematic", curve=((0, 0.2), (15, 1.0), (26, 0.3)))
    seconds = list(range(0, 27, 2))
    asked = np.interp(np.array(seconds) + 1, [0, 15, 26], [0.2, 1.0, 0.3])
    assert spearmanr(asked, [fullness(score, second, second + 2) for second in seconds]).statistic > 0.7


def test_calm_pieces_slow_down_at_their_end_and_excited_ones_hardly():
    ends = {}
    for mood in ("sad", "energetic"):
        tempi = [tempo for _, tempo in arranged("piano", mood).timing.tempo_map.tempi]
        assert tempi == sorted(tempi, reverse=True)
        ends[mood] = tempi[-1] / tempi[0]
    assert 0.8 < ends["sad"] < 0.9 < 0.93 < ends["energetic"] <= 1
    assert all(0 <= depth_of(mood, 1.0) < 0.2 for mood in MOODS.values())


@pytest.mark.parametrize("style", ["lo-fi", "hip-hop beat", "chiptune"])
def test_a_beat_holds_its_tempo_to_the_last_bar(style):
    assert len(arranged(style, "sad").timing.tempo_map.tempi) == 1


def test_slowing_down_and_hits_change_nothing_of_the_length():
    for choices in ({}, {"hits": (7.5, 19.2)}, {"ending": Ending.LOOP}, {"ending": Ending.FADE}):
        assert arranged("piano", "sad", **choices).seconds == pytest.approx(SECONDS, abs=0.005)


def test_what_goes_round_is_full_to_its_last_bar_and_what_rings_out_is_not():
    def last_bar(ending):
        score = arranged("acoustic", ending=ending)
        bar = score.metre.quarters_per_bar * 60 / score.tempo
        end = score.seconds_at(score.melody.steps)
        return sum(end - bar < note.start < end - 0.05 for part in score.parts for note in part.notes)

    assert last_bar(Ending.LOOP) > 1.5 * last_bar(Ending.RING)


def test_a_melody_with_a_pick_up_is_not_made_to_go_round():
    track = next(track for seed in range(20) if (track := composed("happy", seed)).facts["pick_up"])
    with pytest.raises(BadRequest, match="begins with a pick-up cannot go round; let it ring out or fade"):
        rearrange_track(track.melody, request(ending=Ending.LOOP))


def test_another_style_and_tempo_have_the_same_melody():
    track = composed()
    other = rearrange_track(track.melody, request(style="strings", tempo=100.0))
    assert other.melody == track.melody == score_of(other.midi).melody
    assert (other.facts["style"], other.facts["bars"]) == ("strings", track.facts["bars"])
    assert other.facts["parts"] != track.facts["parts"]
    assert rearrange_track(track.melody, request(style="strings", tempo=100.0)).midi == other.midi


@pytest.mark.parametrize("style", ["chiptune", "hip-hop beat", "folk band", "ambient"])
def test_no_pedal_holds_what_sounds_on_by_itself(style):
    for seed in range(6):
        score = score_of(rearrange_track(composed().melody, request(style=style, seed=seed)).midi)
        first = score.parts[0]
        if first.program in (80, 81, 21, 110, 88):
            assert first.pedal_from is None
            assert first.notes[-1].end < score.seconds - 0.5
