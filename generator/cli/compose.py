"""`compose`: tracks as files in a folder, a JSON line each on stdout."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.cli import editing_words, mood_words, shape_words
from generator.cli.words import number, whole_number
from generator.compose import compose_track
from generator.composing.composer import Composer, NothingComposed, load_composer
from generator.composing.editing import Edit, plan_edit
from generator.composing.originality import IndexRefused
from generator.forms import BankRefused
from generator.harmonies import HabitsRefused
from generator.networks.checkpoint import CheckpointRefused
from generator.plan import make_plan
from generator.rendering.encoding import EncodingFailed
from generator.rendering.render import render
from generator.rendering.soundfont import SoundfontUnusable, find_soundfont
from generator.rendering.tags import Tags, tagged_midi
from generator.request import LARGEST_SEED, LONGEST_SECONDS, SHORTEST_SECONDS, BadRequest, Request

MOST_TRACKS = 1000


@dataclass(frozen=True)
class _Wanted:
    """One track to be written under a name; `edit` and `source` if it goes on from a file."""

    name: str
    request: Request
    edit: Edit | None = None
    source: Path | None = None


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("compose", help="compose tracks into a folder")
    mood_words.add_to(parser)
    parser.add_argument(
        "--seconds", type=number, help=f"length, {SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g}, 30 if it is not named"
    )
    parser.add_argument("--seed", type=whole_number, help="whole number; tracks after the first count on from it")
    parser.add_argument("--count", type=whole_number, default=1, help=f"how many tracks, 1 to {MOST_TRACKS}")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    parser.add_argument("--no-audio", action="store_true", help="write MIDI and JSON alone")
    shape_words.add_to(parser)
    editing_words.add_to(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compose what was asked for; the requests are all checked before the first note."""
    try:
        wanted = _wanted(options)
        _make_folder(options.out)
        composer = load_composer()
        for track in tqdm(wanted, unit="track", file=sys.stderr, disable=None):
            print(json.dumps(_write_track(track, composer, options.out, audio=not options.no_audio)), flush=True)
    except (
        CheckpointRefused, IndexRefused, BankRefused, HabitsRefused, NothingComposed, SoundfontUnusable,
        EncodingFailed, OSError,
    ) as fault:  # fmt: skip
        print(f"compose: {fault}", file=sys.stderr)
        return 1
    return 0


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadRequest(f"--out must name a folder, and {folder} is a file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadRequest(f"--out must name a folder that can be written to: {fault.strerror}") from fault


def _wanted(options: argparse.Namespace) -> list[_Wanted]:
    if not 1 <= options.count <= MOST_TRACKS:
        raise BadRequest(f"--count must be a whole number from 1 to {MOST_TRACKS}, not {options.count}")
    seed = int.from_bytes(os.urandom(4)) if options.seed is None else options.seed
    if options.seed is None:
        seed = min(seed, LARGEST_SEED - options.count)
    source = editing_words.read_source(options)
    tempo, seconds = editing_words.tempo_and_seconds(options, source)
    wanted = []
    for later in range(options.count):
        request = mood_words.request(
            options, seconds, seed + later, key=options.key, metre=options.metre,
            tempo=tempo, candidates=options.candidates, attributes=options.attributes, style=options.style,
            **shape_words.shape(options),
        )  # fmt: skip
        mood = re.sub("[:,]", "-", request.mood.spelling)
        name = f"{mood}-{request.intensity:g}-{request.seconds:g}s-{request.seed}"
        if source is None:
            make_plan(request)
            wanted.append(_Wanted(name, request))
            continue
        edit = source.edit(options, request.seed)
        plan_edit(request, edit)
        if (options.out / f"{name}.mid").resolve() == source.path.resolve():
            raise BadRequest(f"{name}.mid is the file that --from reads; choose another --seed or --out")
        wanted.append(_Wanted(name, request, edit, source.path))
    return wanted


def _write_track(wanted: _Wanted, composer: Composer, folder: Path, *, audio: bool) -> dict[str, Any]:
    """Write a track's files; its facts."""
    name, request = wanted.name, wanted.request
    track = compose_track(request, composer, _told(f"{name}: composing"), edit=wanted.edit)
    tags = Tags.of_facts(track.title, track.facts)
    (folder / f"{name}.mid").write_bytes(tagged_midi(track.midi, tags))
    facts = {"name": name, **track.facts}
    if wanted.source:
        facts["edit"] = {"from": wanted.source.name, **facts["edit"]}
    if audio:
        rendered = render(
            track.midi,
            seconds=request.seconds,
            title=track.title,
            soundfont=find_soundfont(),
            wav=folder / f"{name}.wav",
            mp3=folder / f"{name}.mp3",
            progress=_told(f"{name}: rendering"),
            tags=tags,
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
