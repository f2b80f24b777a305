"""`describe`: what a video is about, as a mood timeline in JSON."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from generator.brief.checkpoint_files import ReaderRefused
from generator.brief.describing import describe
from generator.brief.reading import read_file, read_words
from generator.brief.refusal import BriefRefused
from generator.brief.timeline import MoodTimeline
from generator.brief.video import read_video
from generator.cli.words import number
from generator.request import BadRequest

VIDEOS = (".mp4", ".mov", ".webm", ".mkv")


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "describe", help="tell the moods of a description, of subtitles, a shot list or a video, along its time"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="words or a video, a JSON object each")
    parser.add_argument("--text", help="words in place of a file")
    parser.add_argument("--batch", action="store_true", help="a description a line on stdin, a JSON object a line out")
    parser.add_argument("--seconds", type=number, help="length of the music where the words have no times")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Describe what was handed in; 1 if something of it cannot be read."""
    if sum((bool(options.files), options.text is not None, options.batch)) != 1:
        raise BadRequest("name files, or --text, or --batch, one of the three")
    failed = False
    try:
        for line in _told(options):
            failed = failed or "error" in line
            print(json.dumps(line, ensure_ascii=False), flush=not options.batch)
    except ReaderRefused as fault:
        print(f"describe: {fault}", file=sys.stderr)
        return 1
    return int(failed)


def _told(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    if options.text is not None:
        yield _described(partial(_of_words, options.text, options.seconds))
    elif options.batch:
        for line in sys.stdin:
            yield _described(partial(_of_words, line, options.seconds))
    for path in options.files:
        yield {"file": path.name, **_described(partial(_of_file, path, options.seconds))}


def _described(timeline: Callable[[], MoodTimeline]) -> dict[str, Any]:
    """The timeline's fields, or why there is none."""
    try:
        return timeline().to_json()
    except BriefRefused as refused:
        return {"error": refused.message, "reason": refused.reason.value}


def _of_words(text: str, seconds: float | None) -> MoodTimeline:
    return describe(read_words(text), seconds)


def _of_file(path: Path, seconds: float | None) -> MoodTimeline:
    if path.suffix.lower() in VIDEOS:
        return describe(None, seconds, read_video(path, path.name))
    return describe(read_file(path, path.name), seconds)
