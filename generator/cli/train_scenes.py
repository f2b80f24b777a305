"""`train-scenes`: what descriptions of videos teach, from the descriptions that come with the project."""

import argparse
import sys
from pathlib import Path
from typing import Any

import torch

from generator.brief.lexicon import LANGUAGES
from generator.brief.taught import SERVED_SCENES, save_taught
from generator.training.descriptions import FOLDER, BadDescriptions, Found, learn, left_out, load_descriptions


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "train-scenes", help="learn from described videos which moods suit them, beside the scene lexicon"
    )
    parser.add_argument("--descriptions", type=Path, default=FOLDER, metavar="FOLDER", help="of the descriptions")
    parser.add_argument("--out", type=Path, default=SERVED_SCENES, metavar="FILE", help="the checkpoint")
    parser.add_argument(
        "--left-out", action="store_true", help="only print how well authors are read that were not learned from"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn and write, or learn from some authors and read the others."""
    # One thread, so that the same descriptions give the same weights on the same machine.
    torch.set_num_threads(1)
    try:
        descriptions = load_descriptions(options.descriptions)
    except BadDescriptions as fault:
        print(f"train-scenes: {fault}", file=sys.stderr)
        return 2
    if not descriptions:
        print(f"train-scenes: there are no descriptions in {options.descriptions}", file=sys.stderr)
        return 2
    if options.left_out:
        print(_row("the lexicon alone", left_out(descriptions, lexicon_alone=True)))
        print(_row("and what others taught", left_out(descriptions)))
        return 0
    learned = {language: learn(descriptions, language) for language in LANGUAGES}
    save_taught(
        options.out,
        {language: lines for language, (lines, _) in learned.items()},
        {language: trust for language, (_, trust) in learned.items()},
        {
            "descriptions": len(descriptions),
            "licences": {"descriptions of EmotionMusic": "written for it, part of the project"},
            "n-grams": {language: len(lines.known) for language, (lines, _) in learned.items()},
        },
    )
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB from {len(descriptions)} descriptions")
    return 0


def _row(name: str, found: Found) -> str:
    figures = (
        f"{language} {100 * found.quadrant[language]:.1f} / {100 * found.mood[language]:.1f}" for language in LANGUAGES
    )
    return f"{name:<24}{'   '.join(figures)}   one quadrant in all {100 * found.agreement:.1f}"
