"""The command line's words, each handed to its command."""

import argparse
import sys
from typing import NoReturn

from generator.cli import benchmark, compose, evaluate, harmony, moods, targets, train
from generator.request import BadRequest
from generator.targets import TargetsRefused


class _OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line and ends with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: list[str]) -> int:
    """Run a command; 0 if it worked, 2 if it was asked for wrongly, 1 if it failed."""
    parser = _OneLineParser(prog="python -m generator", description="Compose, train and measure.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_OneLineParser)
    for command in (compose, train, targets, evaluate, moods, harmony, benchmark):
        command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except (BadRequest, TargetsRefused) as fault:
        print(f"{parser.prog} {options.command}: {fault}", file=sys.stderr)
        return 2
