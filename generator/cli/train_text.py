"""`train-text`: the reader of texts from its data to its checkpoint."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from generator.brief.text_checkpoint import SERVED_TEXT
from generator.cli.train import PROGRESS
from generator.cli.words import whole_number
from generator.request import BadRequest
from generator.training.texts import DataMissing, load_texts, texts_folder
from generator.training.texts_course import TINY_READER, ReaderSettings, learn_reader

TINY_REVIEWS = 40
"""Reviews held out, and as many to choose by, in the tiny setting."""


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "train-text", help="train the reader of texts from the folder that EMOTIONMUSIC_DATA names"
    )
    parser.add_argument("--tiny", action="store_true", help="seconds long: shows that the road works")
    parser.add_argument("--epochs", type=whole_number, help="passes of the Bi-LSTM and of the bag over the reviews")
    parser.add_argument("--no-bare", action="store_true", help="leave out the Bi-LSTM that begins without word2vec")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the checkpoint; the one that serves, if none is named"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train, or go on with a training that was broken off."""
    if options.epochs is not None and options.epochs < 1:
        raise BadRequest(f"--epochs must be 1 or more, not {options.epochs}")
    if options.tiny and options.out is None:
        raise BadRequest("--tiny needs --out: what it makes is not to serve")
    settings = TINY_READER if options.tiny else ReaderSettings()
    if options.epochs:
        settings = replace(
            settings,
            polarity=tuple(replace(course, epochs=options.epochs) for course in settings.polarity),
            bag=replace(settings.bag, epochs=options.epochs),
        )
    settings = replace(settings, bare=not options.no_bare)
    out: Path = options.out or SERVED_TEXT
    # One thread, so that the same texts and settings give the same weights on the same machine.
    torch.set_num_threads(1)
    try:
        folder = texts_folder()
        texts = load_texts(folder, TINY_REVIEWS, TINY_REVIEWS) if options.tiny else load_texts(folder)
        learn_reader(texts, settings, out, PROGRESS / f"texts-{out.stem}", _tell)
    except (DataMissing, ValueError) as fault:
        print(f"train-text: {fault}", file=sys.stderr)
        return 2
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
