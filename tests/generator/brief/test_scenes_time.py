"""Long and hostile descriptions, read in time that grows with their length."""

import time

import pytest

from generator.brief.scenes import LONGEST, read_scene

GARBAGE = [
    ("en", "not very "),
    ("en", "a"),
    ("en", "hold "),
    ("ko", "지도 않"),
    ("ko", "가"),
    ("zh", "不悲伤"),
    ("zh", "漂"),
]


def seconds(text: str, language: str) -> float:
    read_scene("warm up", language)
    started = time.process_time()
    read_scene(text, language)
    return time.process_time() - started


@pytest.mark.parametrize(("language", "garbage"), GARBAGE)
def test_time_grows_with_the_length_and_no_faster(language, garbage):
    times = LONGEST // len(garbage)
    assert seconds(garbage * times, language) < 0.3 + 10 * seconds(garbage * (times // 4), language)


@pytest.mark.parametrize(("language", "garbage"), GARBAGE)
def test_ten_million_characters_are_read_within_seconds(language, garbage):
    assert seconds(garbage * (10_000_000 // len(garbage)), language) < 5


def test_of_an_endless_text_the_ending_still_counts():
    endless = "A sad funeral. " * 20_000
    assert (
        read_scene(endless + "But in the end everybody laughs at the party.", "en").valence
        > 0
        > (read_scene(endless, "en").valence)
    )
