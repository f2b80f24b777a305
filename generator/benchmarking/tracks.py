"""How long a request takes on this machine: to its melody's MIDI file, and to all its files."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from generator.compose import compose_track
from generator.composing.composer import Composer
from generator.composing.editing import plan_anew
from generator.melody.melody import Melody
from generator.mood import MOODS
from generator.plan import MusicPlan
from generator.rendering.render import render
from generator.rendering.soundfont import find_soundfont
from generator.request import SHORTEST_SECONDS, Request

CANDIDATES = (1, 16, 32)
MELODY_SECONDS = 60.0
INTENSITY = 0.8
DENSE_MOOD = "energetic"
MOODS_APART = 5
"""Moods from one run to the next in the list of all; it shares no divisor with their number, so each has its turn."""


def melody_seconds(composer: Composer, candidates: int, runs: int, done: Callable[[], None]) -> float:
    """Median seconds from a request for a minute, of another mood and seed each run, to its MIDI file.

    A short one, which is not timed, warms up.
    """
    taken = []
    compose_track(Request.of(DENSE_MOOD, INTENSITY, SHORTEST_SECONDS, 0, candidates=candidates), composer)
    for number, mood in enumerate(_moods(runs)):
        start = time.perf_counter()
        compose_track(Request.of(mood, INTENSITY, MELODY_SECONDS, number, candidates=candidates), composer)
        taken.append(time.perf_counter() - start)
        done()
    return statistics.median(taken)


def track_seconds(
    composer: Composer, seconds: float, tracks: int, folder: Path, done: Callable[[], None]
) -> dict[str, float]:
    """Medians of composing, rendering and both, and the slowest track, after one that warms up.

    Of tracks of so many `seconds` in different moods; their files are left in `folder`.
    """
    taken = []
    for number, mood in enumerate(_moods(tracks + 1)):
        taken.append(_composed_and_rendered(Request.of(mood, INTENSITY, seconds, number), composer, folder))
        done()
    composing, rendering = zip(*taken[1:], strict=True)
    return {
        "composing_s": statistics.median(composing),
        "rendering_s": statistics.median(rendering),
        "whole_s": statistics.median(map(sum, taken[1:])),
        "slowest_s": max(map(sum, taken[1:])),
    }


def minute_in_style(composer: Composer) -> tuple[Melody, MusicPlan]:
    """A dense minute of melody, and the plan that styles arrange it by."""
    plan, fixed = plan_anew(Request.of(DENSE_MOOD, INTENSITY, MELODY_SECONDS, 1, candidates=1))
    return composer.compose(plan, fixed).melody, plan


def _moods(count: int) -> list[str]:
    """Of several quadrants even where there are few."""
    names = list(MOODS)
    return [names[MOODS_APART * number % len(names)] for number in range(count)]


def _composed_and_rendered(request: Request, composer: Composer, folder: Path) -> tuple[float, float]:
    start = time.perf_counter()
    track = compose_track(request, composer)
    composed = time.perf_counter()
    render(
        track.midi,
        seconds=request.seconds,
        title=track.title,
        soundfont=find_soundfont(),
        wav=folder / "track.wav",
        mp3=folder / "track.mp3",
    )
    return composed - start, time.perf_counter() - composed
