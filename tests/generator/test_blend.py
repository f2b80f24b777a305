"""Moods between the sixteen: blended by hand, or found at a point of valence and arousal."""

import random
from itertools import pairwise
from math import cos, pi, sin

import pytest

from generator.blend import BadBlend, blend, mood_at, spelled
from generator.character import character, way_from_neutral
from generator.melody.melody import Mode
from generator.mood import MOODS, Mood, UnknownMood
from generator.plan import make_plan
from generator.request import BadRequest, Request

NUMBERS = ("valence", "arousal", "tempo", "transposition", "loudness", "articulation")
RING = 2000
"""Points around neutral."""


def some_blends(count: int) -> list[Mood]:
    """Blends of two to four moods by chance."""
    chance = random.Random("blends")
    picked = [chance.sample(list(MOODS), chance.randint(2, 4)) for _ in range(count)]
    return [blend({name: chance.uniform(0.1, 1) for name in names}) for names in picked]


def around(radius: float, points: int) -> list[dict[str, float]]:
    """What the moods at points on a circle about neutral ask for."""
    turns = [2 * pi * point / points for point in range(points + 1)]
    return [character(*mood_at(radius * cos(turn), radius * sin(turn))) for turn in turns]


def largest_step(asked: list[dict[str, float]]) -> float:
    """The most that a wish changes between neighbours which both have it."""
    return max(abs(after[name] - before[name]) for before, after in pairwise(asked) for name in after.keys() & before)


@pytest.mark.parametrize("mood", MOODS)
def test_a_single_mood_blended_is_that_mood_and_has_the_same_plan(mood):
    assert blend({mood: 0.3}) is MOODS[mood]
    assert dict(MOODS[mood].shares) == {mood: 1.0}
    assert make_plan(Request.of(f"{mood}:1", 0.8, 30, 4)) == make_plan(Request.of(mood, 0.8, 30, 4))


def test_a_blend_lies_between_its_moods_in_every_number():
    for mood in some_blends(50):
        parts = [MOODS[name] for name in mood.shares]
        for number in NUMBERS:
            values = [getattr(part, number) for part in parts]
            assert min(values) - 1e-9 <= getattr(mood, number) <= max(values) + 1e-9


def test_a_blend_asks_the_notes_for_something_between_its_moods():
    happy, sad = (character(MOODS[name], 1) for name in ("happy", "sad"))
    steps = [character(spelled(f"happy:{10 - share},sad:{share}"), 1) for share in range(1, 10)]
    densities = [happy["density"], *(step["density"] for step in steps), sad["density"]]
    assert densities == sorted(densities, reverse=True)
    assert steps[4]["register"] == pytest.approx((happy["register"] + sad["register"]) / 2)


def test_a_wish_that_only_some_moods_have_fades_with_their_share_and_ends_below_a_half(monkeypatch):
    full = {"angry": {"density": 0.8, "repeated_notes": 0.5}, "sad": {"density": -0.7}}
    monkeypatch.setattr("generator.character.full_character", full.__getitem__)
    asked = character(spelled("angry:0.6,sad:0.4"), 1)
    assert asked == pytest.approx({"density": 0.2, "repeated_notes": 0.3})
    assert character(spelled("angry:0.4,sad:0.6"), 1).keys() == {"density"}


def test_the_full_character_of_a_blend_is_the_whole_way_from_neutral():
    for mood in some_blends(20):
        free = dict.fromkeys(character(MOODS["angry"], 0), 0.0)
        assert way_from_neutral(free, mood) == 0
        assert way_from_neutral(free | character(mood, 1), mood) == pytest.approx(1)


def test_the_heaviest_mood_says_who_plays_and_the_pleasure_says_the_mode():
    mood = spelled("sad:0.4,happy:0.6")
    assert (mood.metres, mood.instruments) == (MOODS["happy"].metres, MOODS["happy"].instruments)
    assert (mood.mode, spelled("sad:0.6,happy:0.4").mode) == (Mode.MAJOR, Mode.MINOR)
    assert mood.tempo == pytest.approx(132**0.6 * 62**0.4)
    assert (mood.name, mood.sentence) == ("happy 60 %, sad 40 %", "Between happy and sad.")


def test_a_blend_is_the_same_however_it_is_written_and_as_it_is_kept():
    assert spelled("sad:1,happy:3") == spelled(" happy : 0.75 , sad : 0.25 ") == blend({"happy": 9, "sad": 3})
    assert spelled("peaceful:1,happy:1").spelling == "happy:0.5,peaceful:0.5"
    for mood in [*some_blends(300), blend({"happy": 1, "sad": 1, "scary": 1}), *MOODS.values()]:
        assert spelled(mood.spelling) == mood
        assert sum(mood.shares.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("intensity", [1.0, 0.8, 0.3, 0.05])
def test_at_a_mood_s_own_point_that_mood_is_found_at_its_intensity(mood, intensity):
    assert mood_at(*MOODS[mood].point(intensity)) == (MOODS[mood], intensity)


def test_the_mood_at_a_point_has_that_point_unless_it_lies_beyond_the_full_character():
    for tenths in range(-10, 11):
        for arousal in (-1.0, -0.35, -0.1, 0.0, 0.15, 0.6, 1.0):
            mood, intensity = mood_at(tenths / 10, arousal)
            assert 0 <= intensity <= 1
            if intensity < 1:
                assert mood.point(intensity) == pytest.approx((tenths / 10, arousal), abs=2e-4)


def test_neutral_asks_for_nothing_and_is_reached_gradually():
    mood, intensity = mood_at(0.0, 0.0)
    assert (intensity, mood.mode) == (0.0, Mode.MAJOR)
    assert max(abs(asked) for step in around(1e-3, RING) for asked in step.values()) < 0.02


@pytest.mark.parametrize("radius", [1.0, 0.5, 0.1, 0.01])
def test_a_small_move_of_the_point_makes_a_small_change_in_what_is_asked(radius):
    wide, narrow = (largest_step(around(radius, RING * finer)) for finer in (1, 10))
    assert wide < 0.1
    assert narrow < wide / 5 + 2e-4


def test_a_point_goes_with_all_other_choices():
    plan = make_plan(Request.at(0.4, -0.1, 30, 2, key="G major", metre="3/4", candidates=4))
    assert (plan.tonic, plan.metre.name) == (7, "3/4")
    assert plan.asked["density"] < 0


@pytest.mark.parametrize("point", [(1.1, 0), (0, -1.1), (float("nan"), 0), (0, float("inf"))])
def test_a_point_off_the_plane_is_refused_with_what_would_be_right(point):
    with pytest.raises(BadRequest, match="must lie between -1 and 1"):
        Request.at(*point, 30, 0)


@pytest.mark.parametrize(
    ("words", "fault", "says"),
    [
        ("bored", UnknownMood, "'bored'.*happy.*nostalgic"),
        ("", UnknownMood, "choose one of happy"),
        ("happy:0.5,bored:0.5", UnknownMood, "'bored'"),
        ("happy:0.5,sad", BadBlend, "such as happy:0.6,peaceful:0.4, not 'happy:0.5,sad'"),
        ("happy:0.5,", BadBlend, "such as happy:0.6,peaceful:0.4"),
        ("happy:half,sad:half", BadBlend, "such as happy:0.6,peaceful:0.4"),
        ("happy:0.5,sad:0", BadBlend, "the share of sad must be a number above 0, not 0"),
        ("happy:0.5,sad:-1", BadBlend, "the share of sad must be a number above 0, not -1"),
        ("happy:nan", BadBlend, "the share of happy must be a number above 0, not nan"),
        ("happy:inf,sad:1", BadBlend, "the share of happy must be a number above 0, not inf"),
        ("happy:0.5,happy:0.5", BadBlend, "happy is named twice"),
        ("happy:1,sad:1,angry:1,tense:1,lonely:1", BadBlend, "a blend has 1 to 4 moods, not 5"),
    ],
)
def test_what_is_no_blend_is_refused_with_what_would_be_right(words, fault, says):
    with pytest.raises(fault, match=says):
        spelled(words)
    with pytest.raises(BadRequest, match=says):
        Request.of(words, 0.8, 30, 0)
