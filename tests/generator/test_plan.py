"""From a request to a frame of bars that fills the asked length exactly."""

import pytest

from generator.character import character
from generator.melody.form import Likeness
from generator.melody.melody import Key, Mode
from generator.melody.metre import STEPS_PER_QUARTER
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
        played = (plan.steps - plan.silent_steps) / STEPS_PER_QUARTER * 60 / plan.tempo
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


def test_what_is_asked_for_by_name_goes_before_what_the_mood_asks_for():
    request = Request.of(
        "happy", 0.8, 40, 2, metre="3/4", key="D minor", tempo=92.0, attributes={"density": 0.25, "leaps": 1.0}
    )
    plan = make_plan(request)
    assert (plan.metre.name, plan.tempo, plan.tonic, plan.mode) == ("3/4", 92.0, 2, Mode.MINOR)
    assert (plan.asked["density"], plan.asked["leaps"]) == (-0.5, 1.0)
    assert plan.asked["register"] > 0


@pytest.mark.parametrize("tempo", [40, 92, 133.5, 220])
@pytest.mark.parametrize("seconds", [10, 37, 180])
def test_an_asked_tempo_is_kept_and_the_last_note_rings_for_a_bar_more_at_most(tempo, seconds):
    for seed in range(6):
        plan = make_plan(Request.of("sad", 0.8, seconds, seed, tempo=tempo))
        played = (plan.steps - plan.silent_steps) / STEPS_PER_QUARTER * 60 / plan.tempo
        assert played + plan.ring == pytest.approx(seconds)
        if plan.bars > 4:
            assert plan.tempo == tempo
            assert plan.ring <= 2 + plan.metre.quarters_per_bar * 60 / tempo


def test_the_form_has_an_echo_for_every_bar_and_none_of_a_bar_to_come():
    for seed in range(30):
        plan = make_plan(Request.of("dreamy", 0.8, 10 + 5.5 * seed, seed))
        assert len(plan.form) == plan.bars
        assert all(echo.model is None or echo.model < bar for bar, echo in enumerate(plan.form))


def test_intensity_moves_every_asked_attribute_away_from_the_middle():
    for mood in MOODS.values():
        steps = [character(mood, step / 10) for step in range(11)]
        assert not any(steps[0].values())
        for name, full in steps[-1].items():
            way = [abs(step[name]) for step in steps]
            assert way == sorted(way)
            assert way[-1] == abs(full) <= 1


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


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"metre": "5/4"}, "metre must be one of 2/4, 3/4, 4/4, 6/8, not '5/4'"),
        ({"key": "H dur"}, 'a key is a tonic and "major" or "minor", such as "D minor"'),
        ({"tempo": 10.0}, "tempo must lie between 40 and 220, not 10"),
        ({"candidates": 0}, "candidates must be a whole number from 1 to 64, not 0"),
        ({"attributes": {"loudness": 0.5}}, "no attribute 'loudness'; known are mode_clarity, density"),
        ({"attributes": {"density": 1.5}}, "attribute density must lie between 0 and 1, not 1.5"),
    ],
)
def test_a_choice_that_cannot_be_met_is_refused_with_what_would_be_right(choice, says):
    with pytest.raises(BadRequest, match=says):
        Request.of("sad", 0.5, 30, 0, **choice)


@pytest.mark.parametrize(
    ("words", "key"),
    [("D minor", (2, "minor")), ("eb Major", (3, "major")), ("D# major", (3, "major")), ("Gb minor", (6, "minor"))],
)
def test_a_key_is_known_by_any_of_its_names(words, key):
    named = Key.named(words)
    assert (named.tonic, named.mode) == key
    assert Key.named(named.name) == named


@pytest.mark.parametrize("seconds", [25, 90])
def test_the_more_repetition_is_asked_for_the_more_bars_return_to_the_note(seconds):
    def returns(share: float) -> float:
        plans = [
            make_plan(Request.of("hopeful", 0.5, seconds, seed, attributes={"repetition": share}))
            for seed in range(20)
        ]
        return sum(sum(echo.likeness is Likeness.SAME for echo in plan.form) / plan.bars for plan in plans) / 20

    shares = [returns(step / 4) for step in range(5)]
    assert shares == sorted(shares)
    assert shares[-1] > shares[0] + 0.2
