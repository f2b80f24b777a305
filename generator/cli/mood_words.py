"""The words of `compose` that ask for a mood: by name, blended, or by its point on the plane of emotion."""

import argparse
from typing import Any

from generator.cli.words import number
from generator.mood import MOODS
from generator.request import BadRequest, Request

USUAL_INTENSITY = 0.8


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the words."""
    parser.add_argument(
        "--mood", metavar="MOOD", help=f"{', '.join(MOODS)}; or some with their shares, such as happy:0.6,peaceful:0.4"
    )
    parser.add_argument(
        "--intensity", type=number, help=f"0 (neutral) to 1 (full character), {USUAL_INTENSITY:g} if it is not named"
    )
    point = parser.add_argument_group("a point of the plane of emotion, in place of --mood and --intensity")
    point.add_argument("--valence", type=number, help="-1 (unpleasant) to 1 (pleasant)")
    point.add_argument("--arousal", type=number, help="-1 (calm) to 1 (excited)")


def request(options: argparse.Namespace, seconds: float, seed: int, **choices: Any) -> Request:
    """The request for the mood that the words ask for; `choices` are any further of its attributes.

    Raises:
        BadRequest: they ask for none or in both ways, or a number lies outside its range, or a name is unknown.
    """
    mood, intensity, valence, arousal = options.mood, options.intensity, options.valence, options.arousal
    if valence is None and arousal is None:
        if mood is None:
            raise BadRequest("name a --mood, or a point with --valence and --arousal")
        return Request.of(mood, USUAL_INTENSITY if intensity is None else intensity, seconds, seed, **choices)
    if mood is not None or intensity is not None:
        raise BadRequest("--valence and --arousal stand in place of --mood and --intensity; name one pair alone")
    if valence is None or arousal is None:
        raise BadRequest("a point needs --valence and --arousal, both of them")
    return Request.at(valence, arousal, seconds, seed, **choices)
