"""`harmony`: how often the chords are the composer's on songs held out; with --learn, all of it learned anew."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from generator.cli.evaluate import KEPT
from generator.cli.train import CACHE
from generator.composing.composer import NothingComposed
from generator.composing.originality import IndexRefused
from generator.evaluating.composed import Shelf, compose_missing
from generator.evaluating.harmony_report import MARK, lines, measure, requests, section
from generator.evaluating.report import ReportRefused, check, redraw
from generator.harmonies import HabitsRefused, load_habits, provenance_of, save_habits
from generator.networks.checkpoint import SERVED, CheckpointRefused
from generator.request import BadRequest
from generator.training.corpora import Corpus, Source, known_sources, load_corpus
from generator.training.harmonies import learn_habits, summary
from generator.training.songs import SONGS, HarmonisedSong, load_songs, songs_of

ORIGIN = "OpenScore Lieder Corpus, the voices and their pianos"
PAGE = Path("docs") / "harmony.md"


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "harmony", help="measure the chords against those of the songs held out, and report"
    )
    parser.add_argument(
        "--learn",
        action="store_true",
        help="learn first, from the songs that are not held out; what ships is replaced",
    )
    parser.add_argument(
        "--report", type=Path, default=PAGE, metavar="FILE", help=f"page to renew, {PAGE} if not named"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn, if that is asked for; measure, print a JSON line a figure, and renew the page."""
    sources = known_sources()
    source = next((source for source in sources if source.name == SONGS), None)
    if source is None:
        raise BadRequest("the songs are not at hand; EMOTIONMUSIC_DATA names the folder that holds them")
    try:
        check(options.report, MARK)
        corpus = load_corpus(sources, CACHE)
        songs, dropped = load_songs(source, CACHE)
        _tell(f"{len(songs)} songs; dropped: {', '.join(f'{why} {n}' for why, n in dropped.most_common()) or 'none'}")
        if options.learn:
            _learn(songs, corpus, source)
        wanted = requests()
        shelf = Shelf(KEPT / "harmony.jsonl")
        with tqdm(total=len(wanted), desc="melodies", file=sys.stderr, disable=None) as bar:
            compose_missing(
                wanted, SERVED, shelf, progress=lambda share: bar.update(round(share * len(wanted)) - bar.n)
            )
        composed = [(request, shelf[request].melody) for request in wanted]
        held_out = {part: songs_of(songs, corpus, part) for part in ("validation", "test")}
        measured = measure(held_out, composed, provenance_of())
    except (CheckpointRefused, IndexRefused, NothingComposed, HabitsRefused, ReportRefused) as fault:
        print(f"harmony: {fault}", file=sys.stderr)
        return 2
    for line in lines(measured):
        print(json.dumps(line), flush=True)
    redraw(options.report, section(measured), MARK)
    return 0


def _learn(songs: list[HarmonisedSong], corpus: Corpus, source: Source) -> None:
    learned_from = songs_of(songs, corpus, "train")
    told = {name: str(count) for name, count in summary(learned_from).items()}
    provenance = {"source": ORIGIN, "licence": source.licence, "dataset": corpus.fingerprint}
    save_habits(learn_habits(learned_from), told | provenance)
    load_habits.cache_clear()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
