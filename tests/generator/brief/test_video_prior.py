"""What a video's look and sound suggest of its mood."""

from itertools import pairwise

import pytest

from generator.brief.video import VideoReading, video_prior
from generator.brief.video.prior import (
    LONGEST_STRETCH,
    SHORTEST_STRETCH,
    STRENGTH,
    colour_arousal,
    colour_pleasure,
    rhythm,
)


def film(
    *,
    seconds: float = 30,
    cuts: tuple[float, ...] = (),
    brightness: float = 0.4,
    saturation: float = 0.25,
    motion: float = 0.25,
    loudness: float | None = None,
) -> VideoReading:
    """A video that looks and sounds the same from its start to its end."""
    count = round(4 * seconds)
    sound = None if loudness is None else (loudness,) * count
    return VideoReading(
        seconds, 25, 4, cuts, (brightness,) * count, (saturation,) * count, (0.0,) * count, (motion,) * count, sound
    )


def mood(reading: VideoReading) -> tuple[float, float]:
    _, _, valence, arousal = video_prior(reading)[0]
    return valence, arousal


def test_a_dark_slow_video_is_low_in_both() -> None:
    valence, arousal = mood(film(brightness=0.1, saturation=0.1, motion=0.02))
    assert valence < -0.3
    assert arousal < -0.3


def test_a_bright_colourful_fast_video_is_high_in_both() -> None:
    cuts = tuple(0.8 * number for number in range(1, 37))
    valence, arousal = mood(film(brightness=0.7, saturation=0.5, motion=0.6, cuts=cuts, loudness=-16))
    assert valence > 0.3
    assert arousal > 0.3


@pytest.mark.parametrize(
    "more", [{"motion": 0.6}, {"cuts": (1.0, 2.0, 3.0, 4.0)}, {"saturation": 0.5}, {"loudness": -14.0}]
)
def test_motion_cuts_colour_and_loudness_each_raise_arousal(more: dict) -> None:
    assert mood(film(**more))[1] > mood(film())[1] + 0.02


@pytest.mark.parametrize("extreme", [0.0, 1.0])
def test_it_is_weak_evidence_however_extreme_the_picture(extreme: float) -> None:
    cuts = tuple(0.2 * number for number in range(1, 149)) if extreme else ()
    for value in mood(
        film(brightness=extreme, saturation=extreme, motion=extreme, loudness=-70 + 70 * extreme, cuts=cuts)
    ):
        assert abs(value) <= STRENGTH


@pytest.mark.parametrize(
    ("seconds", "cuts"),
    [(30, ()), (3, ()), (3, (1.0, 2.0)), (61.3, (5.0, 5.5, 9.0, 40.0, 60.9)), (8, (2.0, 3.5, 5.0, 6.0)), (0.2, ())],
)
def test_its_stretches_fill_the_video_and_begin_at_cuts(seconds: float, cuts: tuple[float, ...]) -> None:
    stretches = video_prior(film(seconds=seconds, cuts=cuts))
    assert stretches[0][0] == 0
    assert stretches[-1][1] == pytest.approx(seconds)
    for (_, end, *_), (start, *_) in pairwise(stretches):
        assert end == start
    for start, end, *_ in stretches:
        assert end - start <= LONGEST_STRETCH + 1e-9
        assert end - start >= min(SHORTEST_STRETCH, seconds) - 1e-9


def test_a_change_at_a_cut_is_told_at_the_cut() -> None:
    dark, light = film(seconds=10, brightness=0.1), film(seconds=10, brightness=0.8)
    both = VideoReading(
        20, 25, 4, (10.0,), dark.brightness + light.brightness, dark.saturation * 2, dark.warmth * 2, dark.motion * 2
    )
    (_, end, before, _), (_, _, after, _) = video_prior(both)
    assert end == 10
    assert before < 0 < after


def test_a_soundtrack_of_silence_counts_as_none() -> None:
    assert mood(film(loudness=-70.0)) == mood(film())


def test_colours_weigh_as_valdez_and_mehrabian_found() -> None:
    usual = colour_pleasure(0.4, 0.25)
    brighter, fuller = colour_pleasure(0.6, 0.25) - usual, colour_pleasure(0.4, 0.4) - usual
    assert usual == pytest.approx(0)
    assert brighter / fuller == pytest.approx(0.69 / 0.22)
    brighter, fuller = colour_arousal(0.6, 0.25), colour_arousal(0.4, 0.4)
    assert brighter / fuller == pytest.approx(-0.31 / 0.60)


def test_rhythm_falls_with_the_length_of_a_shot() -> None:
    assert rhythm(0) == 1
    assert rhythm(12) == pytest.approx(0.368, abs=0.001)
