"""The slight slowing with which a piece that rings out comes to its end.

The curve is that of runners who stop (Friberg & Sundberg 1999, doi 10.1121/1.426687): the tempo falls from 1 to w
along v(x) = (1 + (w^q - 1) x)^(1/q) over a place x = 0..1 in the score, with q = 3.
"""

from generator.melody.metre import Metre
from generator.mood import Mood

BARS = 2
CURVATURE = 3
DEPTH = 0.14
"""By how much a piece of neutral arousal slows down, as a share of its tempo; excited ones do so less."""
LEAST = 0.03
"""A slowing that nobody hears is left out."""
GENTLER = 0.9
"""What the depth is multiplied by, again and again, while there is no time for it."""

Anchors = list[tuple[float, float]]
"""Steps and their seconds."""


def depth_of(mood: Mood, intensity: float) -> float:
    """By what share the tempo falls to the end."""
    depth = DEPTH * (1 - mood.point(intensity)[1])
    return depth if depth >= LEAST else 0.0


def slowed(anchors: Anchors, metre: Metre, depth: float, most: float) -> Anchors:
    """The anchors with beats that grow longer over the last bars, by `most` seconds together at most.

    The tempo before them stays. Only what lies after the last hit gives way, and of that the half at most.
    """
    (first, begins), (last, ends) = anchors[-2:]
    beat = metre.steps_per_beat
    beats = int(min(BARS * metre.steps_per_bar, (last - first) / 2) // beat)
    even = (ends - begins) / (last - first) * beat
    lengths = _lengths(beats, even, depth)
    while sum(lengths) - beats * even > most:
        depth *= GENTLER
        lengths = _lengths(beats, even, depth)
    if depth < LEAST or not beats:
        return anchors
    slower = [(last - beats * beat, ends - beats * even)]
    for length in lengths:
        here, second = slower[-1]
        slower.append((here + beat, second + length))
    return [*anchors[:-1], *slower]


def _lengths(beats: int, even: float, depth: float) -> list[float]:
    """Seconds of each beat of the slowing, when an even one lasts `even`."""
    slowness = [1 + ((1 - depth) ** CURVATURE - 1) * (number + 0.5) / beats for number in range(beats)]
    return [float(even * value ** (-1 / CURVATURE)) for value in slowness]
