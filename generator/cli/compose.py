"""`compose`: tracks as files in a folder, a JSON line each on stdout."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.cli.words import number, whole_number
from generator.compose import compose_track
from generator.composing.composer import Composer, NothingComposed, load_composer
from generator.composing.originality import IndexRefused
from generator.mood import MOODS
from generator.networks.checkpoint import CheckpointRefused
from generator.rendering.encoding import EncodingFailed
from generator.rendering.render import render
from generator.rendering.soundfont import SoundfontUnusable, find_soundfont
from generator.request import LARGEST_SEED, LONGEST_SECONDS, SHORTEST_SECONDS, BadRequest, Request

MOST_TRACKS = 1000


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("compose", help="compose tracks into a folder")
    parser.add_argument("--mood", required=True, metavar="MOOD", help=", ".join(MOODS))
    parser.add_argument("--intensity", type=number, default=0.8, help="0 (neutral) to 1 (full character)")
    parser.add_argument(
        "--seconds", type=number, default=30.0, help=f"length, {SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g}"
    )
    parser.add_argument("--seed", type=whole_number, help="whole number; tracks after the first count on from it")
    parser.add_argument("--count", type=whole_number, default=1, help=f"how many tracks, 1 to {MOST_TRACKS}")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    parser.add_argument("--no-audio", action="store_true", help="write MIDI and JSON alone")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compose what was asked for; the requests are all checked before the first note."""
    requests = _requests(options)
    if options.out.exists() and not options.out.is_dir():
        raise BadRequest(f"--out must name a folder, and {options.out} is a file")
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadRequest(f"--out must name a folder that can be written to: {fault.strerror}") from fault
    try:
        composer = load_composer()
        for request in tqdm(requests, unit="track", file=sys.stderr, disable=None):
            print(json.dumps(_write_track(request, composer, options.out, audio=not options.no_audio)), flush=True)
    except (
        CheckpointRefused, IndexRefused, NothingComposed, SoundfontUnusable, EncodingFailed, OSError,
    ) as fault:  # fmt: skip
        print(f"compose: {fault}", file=sys.stderr)
        return 1
    return 0


def _requests(options: argparse.Namespace) -> list[Request]:
    if not 1 <= options.count <= MOST_TRACKS:
        raise BadRequest(f"--count must be a whole number from 1 to {MOST_TRACKS}, not {options.count}")
    seed = int.from_bytes(os.urandom(4)) if options.seed is None else options.seed
    if options.seed is None:
        seed = min(seed, LARGEST_SEED - options.count)
    return [
        Request.of(options.mood, options.intensity, options.seconds, seed + number) for number in range(options.count)
    ]


def _write_track(request: Request, composer: Composer, folder: Path, *, audio: bool) -> dict[str, Any]:
    """Write a track's files; its facts."""
    name = f"{request.mood.name}-{request.intensity:g}-{request.seconds:g}s-{request.seed}"
    track = compose_track(request, composer, _told(f"{name}: composing"))
    (folder / f"{name}.mid").write_bytes(track.midi)
    facts = {"name": name, **track.facts}
    if audio:
        rendered = render(
            track.midi,
            seconds=request.seconds,
            title=track.title,
            soundfont=find_soundfont(),
            wav=folder / f"{name}.wav",
            mp3=folder / f"{name}.mp3",
            progress=_told(f"{name}: rendering"),
        )
        facts |= {
            "seconds_measured": round(rendered.seconds, 4),
            "lufs": round(rendered.loudness.integrated, 2),
            "true_peak_dbtp": round(rendered.loudness.true_peak, 2),
        }
    (folder / f"{name}.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return facts


def _told(what: str) -> Callable[[float], None]:
    """A progress that writes to the terminal, and keeps quiet when there is none."""
    if not sys.stderr.isatty():
        print(what, file=sys.stderr)
        return lambda share: None
    return lambda share: print(f"\r{what} {share:4.0%}", end="", file=sys.stderr, flush=True)
