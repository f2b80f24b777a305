"""`benchmark`: how long a track takes on this machine, from request to files."""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from generator.cli.words import number, whole_number
from generator.compose import compose_track
from generator.composing.composer import load_composer
from generator.mood import MOODS
from generator.rendering.render import render
from generator.rendering.soundfont import find_soundfont
from generator.request import Request


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("benchmark", help="time tracks from request to files")
    parser.add_argument("--seconds", type=number, default=30.0, help="length of each track")
    parser.add_argument("--runs", type=whole_number, default=10, help="tracks timed, after one that warms up")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a JSON line: medians of composing and rendering, in seconds, over different moods."""
    composer = load_composer()
    moods = list(MOODS)
    timings: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.runs + 1):
            request = Request.of(moods[number % len(moods)], 0.8, options.seconds, number)
            timings.append(_time_track(request, composer, Path(folder)))
    composing, rendering = zip(*timings[1:], strict=True)
    print(
        json.dumps(
            {
                "seconds_of_music": options.seconds,
                "runs": options.runs,
                "composing_s": round(statistics.median(composing), 3),
                "rendering_s": round(statistics.median(rendering), 3),
                "whole_s": round(statistics.median(map(sum, timings[1:])), 3),
                "slowest_s": round(max(map(sum, timings[1:])), 3),
            }
        )
    )
    return 0


def _time_track(request: Request, composer: Any, folder: Path) -> tuple[float, float]:
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
