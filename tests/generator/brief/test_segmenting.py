"""Feelings along time become a few stretches of one mood each, in the right order."""

import pytest

from generator.brief.feeling import NEUTRAL, Feeling, Point, felt, together
from generator.brief.scenes import read_scene
from generator.brief.segmenting import Stretch, segmented
from generator.mood import MOODS


def clearly(mood: str, share: float = 0.7, why: tuple[str, ...] = ()) -> Feeling:
    rest = (1 - share) / (len(MOODS) - 1)
    shares = {name: share if name == mood else rest for name in MOODS}
    return Feeling(dict(sorted(shares.items(), key=lambda pair: -pair[1])), 0.8, why)


def stretches(*moods: str | None, each: float = 10.0) -> list[Stretch]:
    return [
        Stretch(number * each, (number + 1) * each, clearly(mood) if mood else NEUTRAL, mood or "")
        for number, mood in enumerate(moods)
    ]


def test_three_acts_are_three_segments_end_to_end():
    segments = segmented(stretches("sad", "sad", "tense", "tense", "tense", "triumphant", "triumphant"))
    assert [segment.feeling.mood for segment in segments] == ["sad", "tense", "triumphant"]
    assert [(segment.start, segment.end) for segment in segments] == [(0, 20), (20, 50), (50, 70)]


def test_one_stray_line_changes_nothing():
    segments = segmented(stretches(*["peaceful"] * 8, "scary", *["peaceful"] * 8, each=2.0))
    assert [segment.feeling.mood for segment in segments] == ["peaceful"]


def test_lines_that_say_nothing_go_with_those_around_them():
    segments = segmented(stretches("happy", None, None, "happy", None, "sad", None, "sad"))
    assert [segment.feeling.mood for segment in segments] == ["happy", "sad"]


def test_no_segment_is_shorter_than_a_tenth_of_the_whole():
    segments = segmented(stretches(*["sad"] * 12, "energetic", *["peaceful"] * 12, each=4.0))
    assert all(segment.end - segment.start >= 10 for segment in segments)
    assert segments[0].start == 0
    assert segments[-1].end == 100


def test_a_segment_keeps_its_words_in_order():
    segments = segmented(stretches("sad", "sad", "happy", "happy"))
    assert [segment.text for segment in segments] == ["sad sad", "happy happy"]


@pytest.mark.parametrize("mood", MOODS)
def test_a_point_on_the_plane_is_felt_as_the_mood_that_stands_there(mood):
    place = MOODS[mood]
    feeling = felt(point=Point(place.valence, place.arousal))
    nearest = min(MOODS.values(), key=lambda m: (m.valence - place.valence) ** 2 + (m.arousal - place.arousal) ** 2)
    assert feeling.mood == nearest.name
    assert sum(feeling.moods.values()) == pytest.approx(1)


def test_words_overrule_pictures_and_pictures_decide_where_there_are_none():
    bright = Point(0.5, 0.5)
    assert felt(scene=read_scene("A funeral in the rain, everyone is crying.", "en"), picture=bright).mood == "sad"
    feeling = felt(picture=bright)
    assert MOODS[feeling.mood].valence > 0
    assert MOODS[feeling.mood].arousal > 0


def test_of_several_feelings_the_longest_decides_and_names_its_words_first():
    whole = together([(clearly("sad", why=("grave",)), 5.0), (clearly("happy", why=("party",)), 20.0)])
    assert whole.mood == "happy"
    assert whole.why == ("party", "grave")
