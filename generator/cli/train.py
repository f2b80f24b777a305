"""`train`: a network from the corpus to its checkpoint."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.cli.words import whole_number
from generator.composing.originality import INDEX_PATH, KnownTune, RunIndex, build_index, save_index
from generator.forms import build_bank, save_bank
from generator.networks.checkpoint import NETWORK_NAMES, SERVED, network_class
from generator.request import BadRequest
from generator.training.corpora import Corpus, Source, known_sources, load_corpus
from generator.training.dataset import melodies_of, part_of
from generator.training.labelled import renew_targets
from generator.training.loop import TINY, TrainingSettings, train

VAR = Path(os.environ.get("EMOTIONMUSIC_VAR", "var"))
CACHE = VAR / "corpus"
PROGRESS = VAR / "training"
SERVED_EPOCHS = 12
ABLATIONS = ("lookback", "attention", "position", "emotion")
TINY_FILES = 60
"""Files that the tiny setting reads, a tune each, of the first source alone."""


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("train", help="train a network from the corpus")
    parser.add_argument("network", nargs="?", default="lb_attention", choices=NETWORK_NAMES)
    parser.add_argument("--tiny", action="store_true", help="a few tunes, seconds long: shows that the road works")
    parser.add_argument("--out", type=Path, metavar="FILE", help=f"the checkpoint; in {PROGRESS} if none is named")
    parser.add_argument(
        "--serve", action="store_true", help="train lb_attention longer, and compose with it from then on"
    )
    parser.add_argument("--epochs", type=whole_number, help="passes over the training part")
    parser.add_argument(
        "--pieces", type=whole_number, help="learn from so many pieces alone, to see what is memorised"
    )
    parser.add_argument(
        "--without", choices=ABLATIONS, help="leave a part of lb_attention out, to see what it is worth"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train, or go on with a training that was broken off."""
    for word in ("epochs", "pieces"):
        if (value := getattr(options, word)) is not None and value < 1:
            raise BadRequest(f"--{word} must be 1 or more, not {value}")
    if (options.without or options.serve) and options.network != "lb_attention":
        raise BadRequest(f"--{'without' if options.without else 'serve'} is for lb_attention alone")
    if options.serve and (options.out or options.without or options.tiny or options.pieces):
        raise BadRequest("--serve goes with --epochs alone: what serves is whole and has its own place")
    settings = _settings(options)
    sources = known_sources()
    corpus = load_corpus(sources[:1], CACHE, limit=TINY_FILES) if options.tiny else load_corpus(sources, CACHE)
    _tell(_summary(corpus))
    name = "served" if options.serve else _name(options)
    out = options.out or (SERVED if options.serve else PROGRESS / f"{name}.safetensors")
    progress = PROGRESS / f"{out.stem if options.out else name}.progress.pt"
    try:
        training = train(options.network, corpus, settings, out, progress, _tell)
    except ValueError as fault:
        print(f"train: {fault}", file=sys.stderr)
        return 2
    if options.serve:
        save_index(index_of(corpus, sources), INDEX_PATH)
        save_bank(build_bank(melodies_of(corpus, "train")))
        renew_targets(corpus, _tell)
    _tell(f"{out}: best after epoch {training.epochs}, nats a step: {training.losses}")
    return 0


def index_of(corpus: Corpus, sources: list[Source]) -> RunIndex:
    """The index of all runs of the corpus, which knows what its held-out tunes share with the others."""
    origins = {source.name: source.origin for source in sources}
    tunes = [
        KnownTune(
            entry.piece.melody,
            entry.group,
            entry.piece.identity,
            entry.piece.title,
            origins[entry.piece.source],
            held_out=part_of(entry) != "train",
        )
        for entry in corpus.pieces
    ]
    return build_index(tunes, corpus.fingerprint)


def _settings(options: argparse.Namespace) -> TrainingSettings:
    settings = TINY if options.tiny else TrainingSettings()
    sizes = dict(network_class(options.network).tiny) if options.tiny else {}
    if options.without:
        sizes[options.without] = False
    epochs = options.epochs or (SERVED_EPOCHS if options.serve else settings.epochs)
    return replace(settings, sizes=sizes, pieces=options.pieces, epochs=epochs)


def _name(options: argparse.Namespace) -> str:
    """What the checkpoint is called: the network, and how it differs from the one on the bench."""
    return "-".join(
        [
            options.network,
            *(["tiny"] if options.tiny else []),
            *([f"without-{options.without}"] if options.without else []),
            *([f"{options.pieces}-pieces"] if options.pieces else []),
            *([f"{options.epochs}-epochs"] if options.epochs else []),
        ]
    )


def _summary(corpus: Corpus) -> str:
    kept = ", ".join(f"{name} {count}" for name, count in sorted(corpus.counts.items()))
    dropped = ", ".join(f"{reason} {count}" for reason, count in corpus.dropped.most_common())
    return f"{len(corpus.pieces)} pieces ({kept}); dropped: {dropped or 'none'}"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
