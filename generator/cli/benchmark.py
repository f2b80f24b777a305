"""`benchmark`: how quick the networks are on this machine, side by side, and how long a track takes."""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.benchmarking.devices import DeviceSpeeds, devices, measure, tasks
from generator.benchmarking.playing import StyleSpeed, style_speeds
from generator.benchmarking.stepping import Effort
from generator.benchmarking.table import goals, speed_table, style_goals, style_table
from generator.benchmarking.tracks import CANDIDATES, melody_seconds, minute_in_style, track_seconds
from generator.cli.evaluate import KEPT, SPEEDS
from generator.cli.words import number, whole_number
from generator.composing.composer import Composer, load_composer
from generator.request import BadRequest
from generator.styles import STYLES


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "benchmark", help="time the networks side by side, and tracks from request to files"
    )
    parser.add_argument("--steps", type=whole_number, default=300, help="steps that a network makes in a run")
    parser.add_argument("--runs", type=whole_number, default=3, help="runs of each network, of which the best counts")
    parser.add_argument(
        "--tracks", type=whole_number, default=10, help="tracks timed, after one that warms up; 0: none"
    )
    parser.add_argument("--seconds", type=number, default=30.0, help="length of each track")
    parser.add_argument(
        "--styles", type=_styles, default=tuple(STYLES), metavar="A,B|none", help="styles timed, all if not named"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of the tables")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print; keep the networks' speeds one melody at a time for the report of the evaluation."""
    for word, least in (("steps", 1), ("runs", 1), ("tracks", 0)):
        if (value := getattr(options, word)) < least:
            raise BadRequest(f"--{word} must be {least} or more, not {value}")
    composer = load_composer()
    found = devices()
    work = len(found) * tasks() + len(CANDIDATES) * options.runs + (options.tracks + 1 if options.tracks else 0)
    work += len(options.styles)
    with tqdm(total=work, desc="benchmark", leave=False, disable=None) as bar:

        def done() -> None:
            bar.update()

        # Tracks first: what a GPU was set to do must not go on beside them.
        melodies = {count: melody_seconds(composer, count, options.runs, done) for count in CANDIDATES}
        tracks = _tracks(composer, options, done)
        styles = list(style_speeds(*minute_in_style(composer), options.styles, options.runs, done))
        effort = Effort(options.steps, options.runs)
        measured = [measure(name, device, effort, done) for name, device in found.items()]
    _keep_speeds(measured[0], KEPT / SPEEDS)
    if options.json:
        print(json.dumps(_facts(measured, melodies, tracks, options) | {"styles": [s.facts for s in styles]}))
    else:
        print(_pages(measured, melodies, tracks, styles, options))
    return 0


def _tracks(composer: Composer, options: argparse.Namespace, done: Callable[[], None]) -> dict[str, float]:
    if not options.tracks:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        return track_seconds(composer, options.seconds, options.tracks, Path(folder), done)


def _keep_speeds(speeds: DeviceSpeeds, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps({name: round(found[1], 1) for name, found in speeds.carried.items()}))
    unfinished.replace(path)


def _facts(
    measured: list[DeviceSpeeds], melodies: dict[int, float], tracks: dict[str, float], options: argparse.Namespace
) -> dict[str, Any]:
    return {
        "devices": [speeds.facts for speeds in measured],
        "melody_of_a_minute_s": {str(count): round(seconds, 3) for count, seconds in melodies.items()},
        "tracks": {"seconds_of_music": options.seconds, "tracks": options.tracks}
        | {name: round(seconds, 3) for name, seconds in tracks.items()},
    }


def _pages(
    measured: list[DeviceSpeeds],
    melodies: dict[int, float],
    tracks: dict[str, float],
    styles: list[StyleSpeed],
    options: argparse.Namespace,
) -> str:
    times = [f"  {f'{count} candidates':<16}{seconds:8.2f} s" for count, seconds in melodies.items()]
    whole = [f"  {name.removesuffix('_s'):<16}{seconds:8.2f} s" for name, seconds in tracks.items()]
    return "\n".join(
        [
            "The last number of a column's head is of melodies written at once; their steps count together.",
            "",
            speed_table(measured),
            "",
            "a minute of melody, from the request to MIDI",
            *times,
            *(["", f"a track of {options.seconds:g} s, from the request to its files", *whole] if tracks else []),
            *(["", "a minute in each style, from melody to MP3", style_table(styles)] if styles else []),
            "",
            *goals(measured[0], melodies),
            *(style_goals(styles) if styles else []),
        ]
    )


def _styles(words: str) -> tuple[str, ...]:
    names = () if words == "none" else tuple(word.strip() for word in words.split(","))
    for name in names:
        if name not in STYLES:
            raise argparse.ArgumentTypeError(f"there is no style {name!r}; known are {', '.join(STYLES)}, or none")
    return names
