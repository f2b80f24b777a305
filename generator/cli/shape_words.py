"""The words of `compose` that shape a piece along its time: its energy, its hits and how it ends."""

import argparse
from argparse import ArgumentTypeError
from typing import Any

from generator.cli.words import number
from generator.request import Ending


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the words."""
    parser.add_argument(
        "--curve", type=curve, default=(), metavar="SECOND:ENERGY,...",
        help="how full it is, 0 to 1, along its time, such as 0:0.2,20:0.9,30:0.4",
    )  # fmt: skip
    parser.add_argument(
        "--hit", type=number, action="append", default=[], metavar="SECOND",
        help="a bar begins there with an accent; may be named several times",
    )  # fmt: skip
    ending = parser.add_mutually_exclusive_group()
    ending.add_argument("--loop", action="store_true", help="end so that it can be repeated without a seam")
    ending.add_argument("--fade", action="store_true", help="grow silent instead of coming to an end")


def shape(options: argparse.Namespace) -> dict[str, Any]:
    """Those fields of a request that the words name."""
    return {"curve": options.curve, "hits": tuple(sorted(options.hit)), "ending": ending_of(options)}


def ending_of(options: argparse.Namespace) -> Ending:
    """How the piece is to end."""
    return Ending.LOOP if options.loop else Ending.FADE if options.fade else Ending.RING


def curve(text: str) -> tuple[tuple[float, float], ...]:
    """The points that "0:0.2,20:0.9" names.

    Raises:
        ArgumentTypeError: it names none.
    """
    points = []
    for point in text.split(","):
        second, _, energy = point.partition(":")
        try:
            points.append((float(second), float(energy)))
        except ValueError:
            raise ArgumentTypeError(
                f"a curve is points of a second and an energy such as 0:0.2,20:0.9, and {point.strip()!r} is none"
            ) from None
    return tuple(points)
