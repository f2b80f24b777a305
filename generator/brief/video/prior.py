"""What a video's look and sound alone suggest of its mood: weak evidence, to be outweighed by any words."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import ceil, exp, sqrt

from generator.brief.video.limits import QUIETEST
from generator.brief.video.reading import VideoReading

SHORTEST_STRETCH, LONGEST_STRETCH = 4.0, 12.0
"""Seconds: shorter shots are taken together, longer ones divided."""
STRENGTH = 0.6
"""The farthest that look and sound move a mood from neutral."""

_USUAL_BRIGHTNESS, _SPREAD_OF_BRIGHTNESS = 0.40, 0.20
_USUAL_SATURATION, _SPREAD_OF_SATURATION = 0.25, 0.15
_FARTHEST = 2.0
"""Spreads from the usual, beyond which brightness and saturation say no more."""
_RHYTHM_SECONDS = 12.0
_QUIET, _LOUD = -50.0, -14.0
"""LUFS."""
_WEIGHT_OF_COLOUR = 0.5

Stretch = tuple[float, float, float, float]


def video_prior(reading: VideoReading) -> list[Stretch]:
    """(start, end, valence, arousal) of each stretch of the video, which it fills without gaps.

    Seconds; valence and arousal lie in ±STRENGTH. A stretch begins at a cut where that makes it 4 to 12 s long.

    Valence is what colour_pleasure says. Arousal is the mean of motion, rhythm of the cuts and loudness, which
    Hanjalic & Xu (2005, doi 10.1109/TMM.2004.840618) weigh alike, and with half their weight of colour_arousal; there
    is no loudness where there is no sound. Motion m in 0..1 counts as 2·sqrt(m) − 1, so that a quarter is neutral, and
    loudness from -50 LUFS, lowest, to -14 LUFS. The usual values that make a picture neutral are chosen by hand.
    """
    return [(start, end, *_mood(reading, start, end)) for start, end in pairwise(_borders(reading))]


def colour_pleasure(brightness: float, saturation: float) -> float:
    """0.69·brightness + 0.22·saturation (Valdez & Mehrabian 1994, doi 10.1037/0096-3445.123.4.394), within ±1.

    Both are 0..1 as in VideoReading and are standardised first, as in the source, here by values usual in videos.
    """
    bright, colourful = _standardised(brightness, saturation)
    return (0.69 * bright + 0.22 * colourful) / ((0.69 + 0.22) * _FARTHEST)


def colour_arousal(brightness: float, saturation: float) -> float:
    """-0.31·brightness + 0.60·saturation (Valdez & Mehrabian 1994), within ±1; standardised as in colour_pleasure."""
    bright, colourful = _standardised(brightness, saturation)
    return (-0.31 * bright + 0.60 * colourful) / ((0.31 + 0.60) * _FARTHEST)


def rhythm(shot_seconds: float) -> float:
    """exp(-length / 12 s) of a shot, from 1 for the shortest down to 0, in the manner of Hanjalic & Xu (2005)."""
    return exp(-shot_seconds / _RHYTHM_SECONDS)


def _borders(reading: VideoReading) -> list[float]:
    borders = [0.0]
    for cut in (*reading.cuts, reading.seconds):
        is_end = cut == reading.seconds
        if is_end and len(borders) > 1 and cut - borders[-1] < SHORTEST_STRETCH:
            borders.pop()
        if not is_end and (cut - borders[-1] < SHORTEST_STRETCH or cut >= reading.seconds):
            continue
        last = borders[-1]
        parts = max(1, ceil((cut - last) / LONGEST_STRETCH - 1e-9))
        borders += [last + (cut - last) * part / parts for part in range(1, parts + 1)]
    return borders


def _mood(reading: VideoReading, start: float, end: float) -> tuple[float, float]:
    first = int(start * reading.samples_a_second)
    last = max(first + 1, int(end * reading.samples_a_second))

    def mean(curve: Sequence[float]) -> float:
        values = curve[first:last] or curve[-1:]
        return sum(values) / len(values)

    brightness, saturation = mean(reading.brightness), mean(reading.saturation)
    counted = [
        (1.0, 2 * sqrt(mean(reading.motion)) - 1),
        (1.0, 2 * _mean_rhythm(reading, start, end) - 1),
        (_WEIGHT_OF_COLOUR, colour_arousal(brightness, saturation)),
    ]
    if reading.loudness is not None and max(reading.loudness, default=QUIETEST) > QUIETEST:
        heard = (mean(reading.loudness) - _QUIET) / (_LOUD - _QUIET)
        counted.append((1.0, 2 * min(1.0, max(0.0, heard)) - 1))
    arousal = sum(weight * value for weight, value in counted) / sum(weight for weight, _ in counted)
    return round(STRENGTH * colour_pleasure(brightness, saturation), 3), round(STRENGTH * arousal, 3)


def _mean_rhythm(reading: VideoReading, start: float, end: float) -> float:
    """The rhythm of the shots within, each by how much of the stretch it fills."""
    edges = [0.0, *reading.cuts, reading.seconds]
    inside = [start, *(cut for cut in reading.cuts if start < cut < end), end]
    total = 0.0
    for one, other in pairwise(inside):
        shot = min(bisect_right(edges, one), len(edges) - 1)
        total += (other - one) * rhythm(edges[shot] - edges[shot - 1])
    return total / (end - start)


def _standardised(brightness: float, saturation: float) -> tuple[float, float]:
    bright = (brightness - _USUAL_BRIGHTNESS) / _SPREAD_OF_BRIGHTNESS
    colourful = (saturation - _USUAL_SATURATION) / _SPREAD_OF_SATURATION
    return tuple(min(_FARTHEST, max(-_FARTHEST, value)) for value in (bright, colourful))  # type: ignore[return-value]
