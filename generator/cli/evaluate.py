"""`evaluate`: what checkpoints reach on the held-out parts, side by side."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from generator.cli.train import CACHE
from generator.networks.checkpoint import SERVED, CheckpointRefused, load_checkpoint
from generator.training.corpora import known_sources, load_corpus
from generator.training.dataset import melodies_of
from generator.training.loop import mean_loss


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("evaluate", help="held-out losses of checkpoints")
    parser.add_argument("checkpoints", nargs="*", type=Path, default=[SERVED], help="the served one, if none is named")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a JSON line a checkpoint: parameters and nats a step on the validation and the test part."""
    corpus = load_corpus(known_sources(), CACHE)
    for path in options.checkpoints:
        try:
            checkpoint = load_checkpoint(path)
        except CheckpointRefused as fault:
            print(f"evaluate: {fault}", file=sys.stderr)
            return 2
        if checkpoint.training.dataset != corpus.fingerprint:
            print(
                f"evaluate: {path.name} learned from another dataset than the one at hand, so its held-out part "
                "may hold tunes that it knows",
                file=sys.stderr,
            )
            return 2
        losses = {
            part: round(mean_loss(checkpoint.network, melodies_of(corpus, part), checkpoint.scale), 4)
            for part in ("validation", "test")
        }
        print(
            json.dumps(
                {
                    "checkpoint": checkpoint.identity,
                    "parameters": checkpoint.network.parameter_count,
                    "epochs": checkpoint.training.epochs,
                    **losses,
                }
            )
        )
    return 0
