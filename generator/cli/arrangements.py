"""`arrangements`: every style with every mood at every length, made and checked; with --report, measured on scores."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.cli.evaluate import KEPT
from generator.cli.words import number, whole_number
from generator.composing.composer import NothingComposed
from generator.composing.originality import IndexRefused
from generator.evaluating.arrangements import Size, measure
from generator.evaluating.arrangements_report import MARK, faults, lines, section
from generator.evaluating.composed import Shelf, compose_missing
from generator.evaluating.finished import Finished, check_score, check_sound
from generator.evaluating.pieces import Piece, pieces, score_of_piece
from generator.evaluating.report import ReportRefused, check, redraw
from generator.evaluating.survey import QUADRANT_MOODS
from generator.harmonies import HabitsRefused
from generator.mood import MOODS
from generator.networks.checkpoint import SERVED, CheckpointRefused
from generator.rendering.encoding import EncodingFailed
from generator.rendering.soundfont import SoundfontUnusable
from generator.request import BadRequest, Request
from generator.styles import STYLES

LENGTHS = (10.0, 37.0, 90.0, 180.0)
MELODIES = "arrangements.jsonl"
CHECKED = "arrangements-checked.jsonl"


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "arrangements", help="make and check a piece of every style, mood and length, or measure their scores"
    )
    parser.add_argument("--styles", default=",".join(STYLES), metavar="A,B", help="all, if not named")
    parser.add_argument(
        "--moods", default=",".join(QUADRANT_MOODS), metavar="A,B", help=f"{', '.join(QUADRANT_MOODS)}, if not named"
    )
    parser.add_argument(
        "--lengths", type=_lengths, default=LENGTHS, metavar="S,S", help="seconds, 10,37,90,180 if not named"
    )
    parser.add_argument("--seed", type=whole_number, default=0, help="of the melodies")
    parser.add_argument("--jobs", type=whole_number, default=len(os.sched_getaffinity(0)), help="processes at a time")
    parser.add_argument("--no-audio", action="store_true", help="check scores and MIDI files alone")
    parser.add_argument("--resume", action="store_true", help="leave out what an earlier run found without a fault")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="measure styles on their scores instead, and renew this page"
    )
    parser.add_argument("--seeds", type=whole_number, default=Size().seeds, help="melodies a mood for --report")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check or measure, a JSON line a piece or style; 1 if something is at fault, each fault named on stderr."""
    styles, moods = _named(options.styles, STYLES, "style"), _named(options.moods, MOODS, "mood")
    if options.jobs < 1:
        raise BadRequest(f"--jobs must be 1 or more, not {options.jobs}")
    if options.seeds < 2:
        raise BadRequest(f"--seeds must be 2 or more, not {options.seeds}")
    wanted = pieces(styles, moods, options.lengths, options.seed)
    try:
        found = _measure(options, styles) if options.report else _check(options, wanted)
    except (
        CheckpointRefused, IndexRefused, NothingComposed, HabitsRefused, ReportRefused, SoundfontUnusable,
        EncodingFailed,
    ) as fault:  # fmt: skip
        print(f"arrangements: {fault}", file=sys.stderr)
        return 2
    for line in found:
        print(f"arrangements: {line}", file=sys.stderr)
    return 1 if found else 0


def _measure(options: argparse.Namespace, styles: Sequence[str]) -> list[str]:
    """Renew the page; what falls short of what is aimed at."""
    check(options.report, MARK)
    size = Size(seeds=options.seeds)
    shelf = _melodies(size.requests, options.jobs)
    with tqdm(total=len(styles), desc="styles", file=sys.stderr, disable=None) as bar:
        measured = measure(shelf, size, styles, lambda share: _move(bar, share))
    for line in lines(measured):
        print(json.dumps(line), flush=True)
    redraw(options.report, section(measured), MARK)
    return faults(measured)


def _check(options: argparse.Namespace, wanted: Sequence[Piece]) -> list[str]:
    """Make the pieces; their faults. What is without fault is kept, so that a run that broke off can go on."""
    kept = KEPT / CHECKED
    done = _without_fault(kept) if options.resume else set()
    wanted = [piece for piece in wanted if piece.name not in done]
    shelf = _melodies([piece.request for piece in wanted], options.jobs)
    found: list[str] = []
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        kept.open("a", encoding="utf-8") as file,
        tqdm(total=len(wanted), desc="pieces", file=sys.stderr, disable=None) as bar,
    ):
        work = _Check(Path(folder), shelf, audio=not options.no_audio)
        for piece, finished in zip(wanted, _each(work, wanted, options.jobs), strict=True):
            line = json.dumps(finished.facts | {"faults": finished.faults})
            print(line, flush=True)
            found += [f"{piece.name}: {fault}" for fault in finished.faults]
            if not options.no_audio:
                print(line, file=file, flush=True)
            bar.update()
    return found


class _Check:
    """The check of one piece, which can be sent to another process."""

    def __init__(self, folder: Path, shelf: Shelf, *, audio: bool) -> None:
        self._folder, self._shelf, self._audio = folder, shelf, audio

    def __call__(self, piece: Piece) -> Finished:
        score = score_of_piece(piece, self._shelf)
        if not self._audio:
            return check_score(piece, score)
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            return check_sound(piece, score, Path(folder))


def _each(work: Callable[[Piece], Finished], wanted: Sequence[Piece], jobs: int) -> Iterator[Finished]:
    if jobs == 1:
        yield from map(work, wanted)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, wanted)


def _melodies(requests: Sequence[Request], jobs: int) -> Shelf:
    shelf = Shelf(KEPT / MELODIES)
    with tqdm(total=1, desc="melodies", file=sys.stderr, disable=None) as bar:
        compose_missing(requests, SERVED, shelf, workers=jobs, progress=lambda share: _move(bar, share))
    return shelf


def _move(bar: Any, share: float) -> None:
    bar.update(share * bar.total - bar.n)


def _without_fault(path: Path) -> set[str]:
    names: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            facts = json.loads(line)
            if facts["faults"]:
                names.discard(facts["name"])
            else:
                names.add(facts["name"])
        except (ValueError, KeyError):
            continue
    return names


def _named(words: str, known: Any, what: str) -> list[str]:
    names = [word.strip() for word in words.split(",")]
    for name in names:
        if name not in known:
            raise BadRequest(f"there is no {what} {name!r}; known are {', '.join(known)}")
    return names


def _lengths(words: str) -> tuple[float, ...]:
    return tuple(number(word) for word in words.split(","))
