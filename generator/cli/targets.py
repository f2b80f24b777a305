"""`targets`: what the moods ask for, learned anew from the pieces that curators labelled."""

import argparse
from pathlib import Path
from typing import Any

from generator.cli.train import CACHE
from generator.targets import TARGETS_PATH
from generator.training.corpora import known_sources, load_corpus
from generator.training.labelled import renew_targets


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "targets", help="learn what the moods ask for from labelled pieces; the network stays as it is"
    )
    parser.add_argument(
        "--out", type=Path, default=TARGETS_PATH, metavar="FILE", help="the one composed by, if not named"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn from the corpus at hand, and print a line a mood."""
    renew_targets(load_corpus(known_sources(), CACHE), print, options.out)
    return 0
