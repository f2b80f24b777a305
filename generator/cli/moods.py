"""`moods`: what each mood asks of the notes, what the composer makes of it, and the page of it."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.cli.evaluate import KEPT
from generator.cli.words import number, whole_number
from generator.composing.composer import NothingComposed
from generator.composing.originality import IndexRefused
from generator.evaluating.mood_plot import draw_moods
from generator.evaluating.mood_report import MARK, lines, section
from generator.evaluating.moods import measure_moods
from generator.evaluating.report import ReportRefused, check, redraw
from generator.evaluating.survey import Survey
from generator.networks.checkpoint import SERVED, CheckpointRefused, load_checkpoint
from generator.request import BadRequest

PAGE = Path("docs") / "emotion.md"
FEWEST = 2
"""Melodies a mood: some to learn from, others to be judged."""


def add_to(commands: Any) -> None:
    """Add the command's words."""
    usual = Survey()
    parser: argparse.ArgumentParser = commands.add_parser(
        "moods", help="measure what the moods ask of the notes and what is composed, and report"
    )
    parser.add_argument(
        "--count", type=whole_number, default=usual.count, help="melodies a mood; all else is in proportion"
    )
    parser.add_argument("--intensity", type=number, default=usual.intensity, help="of the moods, 0 to 1")
    parser.add_argument("--seconds", type=number, default=usual.seconds, help="length of every melody")
    parser.add_argument("--checkpoint", type=Path, default=SERVED, metavar="FILE", help="the one served, if not named")
    parser.add_argument(
        "--report", type=Path, default=PAGE, metavar="FILE", help=f"page to renew, {PAGE} if not named"
    )
    parser.add_argument("--jobs", type=whole_number, default=len(os.sched_getaffinity(0)), help="processes at a time")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compose what is not kept yet, print a JSON line a figure, and renew the page and its plot."""
    if options.count < FEWEST:
        raise BadRequest(f"--count must be {FEWEST} or more, not {options.count}")
    if options.jobs < 1:
        raise BadRequest(f"--jobs must be 1 or more, not {options.jobs}")
    survey = Survey.of_size(options.count, options.intensity, options.seconds)
    report: Path = options.report
    requests = len(survey.requests)
    try:
        check(report, MARK)
        checkpoint = load_checkpoint(options.checkpoint)
        with tqdm(total=requests, desc="moods", unit="melody", file=sys.stderr, disable=None) as bar:
            measured = measure_moods(
                checkpoint,
                options.checkpoint,
                survey,
                KEPT / "moods",
                workers=options.jobs,
                progress=lambda share: bar.update(round(share * requests) - bar.n),
            )
    except (CheckpointRefused, IndexRefused, NothingComposed, ReportRefused) as fault:
        print(f"moods: {fault}", file=sys.stderr)
        return 2
    for line in lines(measured):
        print(json.dumps(line), flush=True)
    plot = report.parent / "bench" / f"{report.stem}.svg"
    draw_moods(measured, plot)
    redraw(report, section(measured, plot.relative_to(report.parent).as_posix()), MARK)
    return 0
