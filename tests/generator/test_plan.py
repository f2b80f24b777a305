"""From a request to a frame of bars that fills the asked length exactly."""

import pytest

from generator.melody.melody import Mode
from generator.mood import MOODS, UnknownMood, mood_named
from generator.plan import make_plan
from generator.request import LARGEST_SEED, BadRequest, Request

QUADRANTS = {
    "happy playful energetic triumphant hopeful": (1, 1),
    "tense scary angry mysterious": (-1, 1),
    "sad melancholic lonely": (-1, -1),
    "peaceful dreamy romantic nostalgic": (1, -1),
}


def test_there_are_sixteen_moods_each_in_its_quadrant():
    placed = {name: signs for names, signs in QUADRANTS.items() for name in names.split()}
    assert placed.keys() == MOODS.keys()
    for mood in MOODS.values():
        assert (mood.valence > 0) * 2 - 1 == placed[mood.name][0]
        assert (mood.arousal > 0) * 2 - 1 == placed[mood.name][1]


def test_an_unknown_mood_is_answered_with_the_names_that_there_are():
    with pytest.raises(UnknownMood, match="'bored'.*happy.*nostalgic"):
        mood_named("bored")


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("seconds", [10, 12.5, 30, 37, 180])
def test_whole_bars_and_the_ring_fill_the_asked_seconds(mood, seconds):
    for seed in range(8):
        plan = make_plan(Request.of(mood, 0.8, seconds, seed))
        played = plan.bars * plan.metre.quarters_per_bar * 60 / plan.tempo
        assert played + plan.ring == pytest.approx(seconds, abs=1e-6)
        assert plan.metre.name in MOODS[mood].metres
        assert 40 <= plan.tempo <= 190


@pytest.mark.parametrize("mood", MOODS)
def test_a_minute_is_planned_near_the_mood_s_tempo(mood):
    plan = make_plan(Request.of(mood, 1.0, 60, 3))
    assert plan.tempo == pytest.approx(MOODS[mood].tempo, rel=0.1)


def test_sad_is_slower_lower_and_in_minor_and_happy_the_contrary():
    sad, happy = (make_plan(Request.of(mood, 1.0, 60, 5)) for mood in ("sad", "happy"))
    assert sad.tempo < 80 < 120 < happy.tempo
    assert (sad.mode, happy.mode) == (Mode.MINOR, Mode.MAJOR)


def test_the_same_request_has_the_same_plan_and_other_seeds_other_keys():
    request = Request.of("happy", 0.5, 30, 11)
    assert make_plan(request) == make_plan(request)
    assert len({make_plan(Request.of("happy", 0.5, 30, seed)).transposition for seed in range(30)}) > 3


@pytest.mark.parametrize(
    ("intensity", "seconds", "seed", "says"),
    [
        (1.1, 30, 0, "intensity must lie between 0 and 1"),
        (-0.1, 30, 0, "intensity must lie between 0 and 1"),
        (float("nan"), 30, 0, "intensity must lie between 0 and 1"),
        (0.5, 0, 0, "seconds must lie between 10 and 180"),
        (0.5, -5, 0, "seconds must lie between 10 and 180"),
        (0.5, 1e9, 0, "seconds must lie between 10 and 180"),
        (0.5, float("inf"), 0, "seconds must lie between 10 and 180"),
        (0.5, 30, -1, "seed must be a whole number from 0"),
        (0.5, 30, LARGEST_SEED + 1, "seed must be a whole number from 0"),
    ],
)
def test_a_number_out_of_range_is_refused_with_what_would_be_right(intensity, seconds, seed, says):
    with pytest.raises(BadRequest, match=says):
        Request.of("sad", intensity, seconds, seed)
