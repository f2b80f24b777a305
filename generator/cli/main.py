"""The command line's words, each handed to its command."""

import argparse
import sys
from importlib import import_module
from typing import NoReturn

from generator.request import BadRequest
from generator.targets import TargetsRefused

COMMANDS = (
    "compose", "describe", "draw", "train", "train-text", "train-scenes", "targets", "evaluate", "moods", "harmony",
    "arrangements", "benchmark",
)  # fmt: skip
"""Each is a module of this folder, a hyphen spelled as a low line; only the one that is asked for is loaded, since
others bring large libraries."""


class _OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line and ends with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: list[str]) -> int:
    """Run a command; 0 if it worked, 2 if it was asked for wrongly, 1 if it failed."""
    parser = _OneLineParser(prog="python -m generator", description="Compose, train and measure.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_OneLineParser)
    for name in COMMANDS if not arguments or arguments[0] not in COMMANDS else arguments[:1]:
        import_module(f"generator.cli.{name.replace('-', '_')}").add_to(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except (BadRequest, TargetsRefused) as fault:
        print(f"{parser.prog} {options.command}: {fault}", file=sys.stderr)
        return 2
