"""Bars begin at the seconds that were asked for, or the user hears which cannot be and what can."""

import random
import re
from itertools import pairwise

import pytest

from generator.hits import HitOutOfReach
from generator.plan import make_plan
from generator.request import BadRequest, Ending, Request


def spread(chance, seconds, count, apart):
    """Seconds with at least `apart` between any two and before and after them."""
    room = seconds - (count + 1) * apart
    cuts = sorted(chance.uniform(0, room) for _ in range(count))
    return tuple(round(cut + (number + 1) * apart, 2) for number, cut in enumerate(cuts))


@pytest.mark.parametrize("mood", ["happy", "sad", "scary", "peaceful", "energetic"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_hits_five_seconds_apart_can_be_met_at_tempi_near_the_mood_s(mood, count):
    chance = random.Random(f"{mood} {count}")
    for seed in range(12):
        hits = spread(chance, 45, count, 5.0)
        plan = make_plan(Request.of(mood, 0.8, 45, seed, hits=hits))
        assert [second for _, second in plan.hits] == list(hits)
        bars = [bar for bar, _ in plan.hits]
        assert all(before < after for before, after in pairwise(bars))
        assert bars[0] > 0
        assert bars[-1] < plan.bars
        places = [(0, 0.0), *plan.hits, (plan.bars, 45 - plan.ring)]
        for number, ((bar, second), (following, then)) in enumerate(pairwise(places)):
            steps = (following - bar) * plan.metre.steps_per_bar - (0 if number else plan.silent_steps)
            assert steps / 4 * 60 / (then - second) == pytest.approx(plan.tempo, rel=0.2)
        assert plan.tempo == pytest.approx(plan.request.mood.tempo_at(0.8), rel=0.3)


def test_a_hit_that_cannot_be_is_named_with_the_nearest_that_can():
    with pytest.raises(
        HitOutOfReach, match=r"no bar can begin at 20.3 s; the nearest that can be is [\d.]+ s"
    ) as told:
        make_plan(Request.of("sad", 0.8, 30, 1, metre="4/4", hits=(12.5, 20.0, 20.3)))
    nearest = float(re.findall(r"is ([\d.]+) s", str(told.value))[0])
    plan = make_plan(Request.of("sad", 0.8, 30, 1, metre="4/4", hits=(12.5, 20.0, nearest)))
    assert plan.hits[-1][1] == nearest


def test_a_hit_at_the_very_beginning_is_the_first_bar():
    plan = make_plan(Request.of("happy", 0.8, 30, 3, hits=(0.0, 12.0)))
    assert plan.hits[0] == (0, 0.0)
    assert not plan.pick_up


def test_a_loop_with_hits_fills_its_seconds_without_a_ring():
    plan = make_plan(Request.of("happy", 0.8, 30, 3, hits=(12.0,), ending=Ending.LOOP))
    assert (plan.ring, plan.pick_up) == (0, 0)
    assert plan.hits[0][1] == 12.0


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"hits": (31.0,)}, "a hit, in seconds, must lie between 0 and 30, not 31"),
        ({"hits": (float("nan"),)}, "a hit, in seconds, must lie between 0 and 30"),
        ({"hits": (5.0, 5.0)}, "hits come in order of time, but 5 s follows 5 s"),
        ({"hits": tuple(range(1, 34))}, "there can be at most 32 hits, not 33"),
        ({"curve": ((0.0, 1.5),)}, "the energy of a point of the curve must lie between 0 and 1, not 1.5"),
        ({"curve": ((-1.0, 0.5),)}, "the time of a point of the curve, in seconds, must lie between 0 and 30"),
        ({"curve": ((9.0, 0.5), (3.0, 0.5))}, "the points of a curve come in order of time, but 3 s follows 9 s"),
    ],
)
def test_hits_and_curves_out_of_range_are_refused_with_what_would_be_right(choice, says):
    with pytest.raises(BadRequest, match=says):
        Request.of("sad", 0.5, 30, 0, **choice)
