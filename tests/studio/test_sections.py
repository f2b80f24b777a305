"""Stretches too short for music join the neighbour that is more like them."""

import random
from itertools import pairwise

from emotionmusic.studio.sections import Section, joined, mood_of_all
from generator.mood import MOODS
from generator.request import SHORTEST_SECONDS


def sections(*stretches: tuple[float, str]) -> list[Section]:
    found, start = [], 0.0
    for seconds, mood in stretches:
        found.append(Section(start, start + seconds, mood, 0.8))
        start += seconds
    return found


def moods(whole: list[Section]) -> list[tuple[float, float, str]]:
    return [(section.start, section.end, section.mood) for section in whole]


def test_what_is_long_enough_stays():
    asked = sections((10, "sad"), (12, "happy"))
    assert joined(asked) == asked


def test_a_short_one_goes_to_the_neighbour_that_is_more_like_it():
    assert moods(joined(sections((20, "peaceful"), (5, "scary"), (20, "tense")))) == [
        (0, 20, "peaceful"),
        (20, 45, "tense"),
    ]
    assert moods(joined(sections((20, "tense"), (5, "dreamy"), (20, "peaceful")))) == [
        (0, 20, "tense"),
        (20, 45, "peaceful"),
    ]


def test_neighbours_of_one_mood_and_intensity_are_one():
    assert moods(joined(sections((10, "sad"), (10, "sad"), (10, "happy")))) == [(0, 20, "sad"), (20, 30, "happy")]


def test_whatever_is_asked_the_sections_stand_end_to_end_and_none_is_too_short():
    chance = random.Random(7)
    for _ in range(200):
        asked = sections(*((chance.uniform(0.5, 25), chance.choice(list(MOODS))) for _ in range(chance.randint(1, 9))))
        whole = joined(asked)
        assert (whole[0].start, whole[-1].end) == (0.0, asked[-1].end)
        assert all(one.end == other.start for one, other in pairwise(whole))
        assert len(whole) == 1 or all(section.seconds >= SHORTEST_SECONDS - 1e-3 for section in whole)


def test_the_longest_mood_names_the_whole_where_the_one_that_was_read_is_gone():
    asked = sections((10, "sad"), (30, "happy"), (15, "sad"))
    assert mood_of_all(asked, "angry") == ("happy", 0.8)
    assert mood_of_all(asked, "sad") == ("sad", 0.8)
