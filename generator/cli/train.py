"""`train`: a network from the corpus to its checkpoint."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from generator.cli.words import whole_number
from generator.composing.originality import INDEX_PATH, build_index, save_index
from generator.networks.checkpoint import NETWORK_NAMES, SERVED
from generator.training.corpora import Corpus, known_sources, load_corpus
from generator.training.loop import TINY, TrainingSettings, train

VAR = Path(os.environ.get("EMOTIONMUSIC_VAR", "var"))
CACHE = VAR / "corpus"
PROGRESS = VAR / "training"
TINY_FILES = 60
"""Files that the tiny setting reads, a tune each, of the first source alone."""


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("train", help="train a network from the corpus")
    parser.add_argument("network", nargs="?", default="lb_attention", choices=NETWORK_NAMES)
    parser.add_argument("--tiny", action="store_true", help="a few tunes, seconds long: shows that the road works")
    parser.add_argument("--out", type=Path, help="the checkpoint; the served network's default is the one in use")
    parser.add_argument("--epochs", type=whole_number, help="passes over the training part")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train, or go on with a training that was broken off."""
    settings = TINY if options.tiny else TrainingSettings()
    if options.epochs is not None:
        if options.epochs < 1:
            print("train: --epochs must be 1 or more", file=sys.stderr)
            return 2
        settings = settings.with_epochs(options.epochs)
    sources = known_sources()
    corpus = load_corpus(sources[:1], CACHE, limit=TINY_FILES) if options.tiny else load_corpus(sources, CACHE)
    _tell(_summary(corpus))
    serves = options.network == "lb_attention" and not options.tiny
    out = options.out or (SERVED if serves else PROGRESS / f"{options.network}{'-tiny' * options.tiny}.safetensors")
    progress = PROGRESS / f"{out.stem}.progress.pt"
    try:
        training = train(options.network, corpus, settings, out, progress, _tell)
    except ValueError as fault:
        print(f"train: {fault}", file=sys.stderr)
        return 2
    if out == SERVED:
        save_index(build_index(((e.piece.melody, e.group) for e in corpus.pieces), corpus.fingerprint), INDEX_PATH)
    _tell(f"{out}: best after epoch {training.epochs}, nats a step: {training.losses}")
    return 0


def _summary(corpus: Corpus) -> str:
    kept = ", ".join(f"{name} {count}" for name, count in sorted(corpus.counts.items()))
    dropped = ", ".join(f"{reason} {count}" for reason, count in corpus.dropped.most_common())
    return f"{len(corpus.pieces)} pieces ({kept}); dropped: {dropped or 'none'}"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
