"""A mood's character at every intensity: where attributes of the melody are to stand among the corpus's."""

from collections.abc import Mapping

from generator.mood import Mood
from generator.targets import full_character

ONSET_OF_REACH = 0.7
"""The exponent of intensity: below 1, so that little intensity is heard already."""
SHARE_THAT_ASKS = 0.5
"""Of a blend: an attribute that moods of a smaller share ask for is left free."""


def reach(intensity: float) -> float:
    """How far `intensity` 0..1 goes from neutral towards the full character, 0..1."""
    return float(intensity**ONSET_OF_REACH)


def character(mood: Mood, intensity: float) -> dict[str, float]:
    """What a mood asks for at `intensity` 0..1: every attribute on its way from the middle.

    Raises:
        TargetsRefused: the learned targets are broken.
    """
    return {name: standing * reach(intensity) for name, standing in _full(mood).items()}


def way_from_neutral(standing: Mapping[str, float], mood: Mood) -> float:
    """How far a melody has gone from neutral towards a mood's full character, by where its attributes stand.

    0 is neutral, 1 the full character: the standing projected on the character.

    Raises:
        TargetsRefused: as above.
    """
    full = _full(mood)
    return sum(standing[name] * value for name, value in full.items()) / sum(value**2 for value in full.values())


def _full(mood: Mood) -> dict[str, float]:
    """The characters of the moods that it is made of, mixed by their shares.

    A mood that leaves an attribute free goes with the corpus's middle, so that a wish fades as its share does.
    """
    parts = [(share, full_character(name)) for name, share in mood.shares.items()]
    names = dict.fromkeys(name for _, full in parts for name in full)
    return {
        name: sum(share * full.get(name, 0.0) for share, full in parts)
        for name in names
        if sum(share for share, full in parts if name in full) >= SHARE_THAT_ASKS
    }
