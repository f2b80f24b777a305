"""A mood's character at every intensity: where attributes of the melody are to stand among the corpus's."""

from collections.abc import Mapping

from generator.targets import PUBLISHED

ONSET_OF_REACH = 0.7
"""The exponent of intensity: below 1, so that little intensity is heard already."""


def reach(intensity: float) -> float:
    """How far `intensity` 0..1 goes from neutral towards the full character, 0..1."""
    return float(intensity**ONSET_OF_REACH)


def character(mood: str, intensity: float) -> dict[str, float]:
    """What a mood asks for at `intensity` 0..1: every attribute on its way from the middle."""
    return {name: standing * reach(intensity) for name, standing in PUBLISHED[mood].items()}


def way_from_neutral(standing: Mapping[str, float], mood: str) -> float:
    """How far a melody has gone from neutral towards a mood's full character, by where its attributes stand.

    0 is neutral, 1 the full character: the standing projected on the character.
    """
    full = PUBLISHED[mood]
    return sum(standing[name] * value for name, value in full.items()) / sum(value**2 for value in full.values())
