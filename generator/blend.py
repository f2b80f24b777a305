"""The moods between the sixteen: blends of some of them, and the one at any point of valence and arousal."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, fsum, hypot, isfinite, prod

from generator.mood import MOODS, Mood, mood_named

MOST_BLENDED = 4
DIGITS = 4
"""Decimals of shares, and of the intensity at a point: more than is heard, few enough to be written down whole."""
PLEASANT = (1.0, 0.0)
"""The direction that neutral itself, which has none, is taken to lie in."""


class BadBlend(ValueError):
    """Shares or a point that no mood has; the message says what would be right."""


@dataclass(frozen=True)
class Blend(Mood):
    """A mood between others.

    Attributes:
        parts: at least two of the sixteen by name, the heaviest first, with shares above 0 that add up to 1.
    """

    parts: tuple[tuple[str, float], ...]

    @property
    def shares(self) -> Mapping[str, float]:
        """The moods that it is made of, the heaviest first."""
        return dict(self.parts)

    @property
    def spelling(self) -> str:
        """How it is asked for in writing, such as "happy:0.6,peaceful:0.4"."""
        return ",".join(f"{name}:{share:g}" for name, share in self.parts)


def blend(shares: Mapping[str, float]) -> Mood:
    """The mood that lies between some of the sixteen, by name, as near to each as its share has it.

    Only the ratio of the shares counts. Numbers lie between those of the moods, the tempo by its ratio; metres and
    instruments are those of the heaviest, the first of the sixteen if two are. A single mood is itself.

    Raises:
        UnknownMood: a name is none of the sixteen.
        BadBlend: there are no moods or more than MOST_BLENDED, or a share is not above 0.
    """
    if not 1 <= len(shares) <= MOST_BLENDED:
        raise BadBlend(f"a blend has 1 to {MOST_BLENDED} moods, not {len(shares)}")
    for name, share in shares.items():
        mood_named(name)
        if not (isfinite(share) and share > 0):
            raise BadBlend(f"the share of {name} must be a number above 0, not {share:g}")
    parts = _rounded(shares)
    moods = [(MOODS[name], share) for name, share in parts]
    heaviest, _ = moods[0]
    if len(moods) == 1:
        return heaviest
    return Blend(
        name=", ".join(f"{name} {100 * share:.3g} %" for name, share in parts),
        valence=sum(share * mood.valence for mood, share in moods),
        arousal=sum(share * mood.arousal for mood, share in moods),
        tempo=prod(mood.tempo**share for mood, share in moods),
        transposition=sum(share * mood.transposition for mood, share in moods),
        loudness=sum(share * mood.loudness for mood, share in moods),
        articulation=sum(share * mood.articulation for mood, share in moods),
        metres=heaviest.metres,
        instruments=heaviest.instruments,
        sentence=f"Between {', '.join(name for name, _ in parts[:-1])} and {parts[-1][0]}.",
        parts=parts,
    )


def spelled(words: str) -> Mood:
    """The mood that is asked for in writing: a name, or names with their shares such as "happy:0.6,peaceful:0.4".

    Raises:
        UnknownMood, BadBlend: as above, or this is no way to write a blend.
    """
    if ":" not in words and "," not in words:
        return mood_named(words)
    shares: dict[str, float] = {}
    for word in words.split(","):
        name, _, share = (part.strip() for part in word.partition(":"))
        if name in shares:
            raise BadBlend(f"{name} is named twice in the blend {words!r}")
        try:
            shares[name] = float(share)
        except ValueError:
            raise BadBlend(f"a blend is written such as happy:0.6,peaceful:0.4, not {words!r}") from None
    return blend(shares)


def mood_at(valence: float, arousal: float) -> tuple[Mood, float]:
    """The mood and the intensity 0..1 whose point on the plane this is, each coordinate in -1..1.

    The mood is the blend of the two of the sixteen between whose directions, seen from neutral, the point lies: the
    shares and the intensity are the ones with `mood.point(intensity)` at the point. Beyond the full character the
    intensity stays 1.

    Raises:
        BadBlend: a coordinate lies outside its range.
    """
    for what, value in (("valence", valence), ("arousal", arousal)):
        if not (isfinite(value) and -1 <= value <= 1):
            raise BadBlend(f"{what} must lie between -1 and 1, not {value:g}")
    distance = hypot(valence, arousal)
    east, north = (valence / distance, arousal / distance) if distance else PLEASANT
    after = bisect(_ANGLES, atan2(north, east))
    right, left = _AROUND[after - 1], _AROUND[after % len(_AROUND)]
    area = right.valence * left.arousal - right.arousal * left.valence
    of_right = (east * left.arousal - north * left.valence) / area
    of_left = (right.valence * north - right.arousal * east) / area
    shares = {right.name: of_right, left.name: of_left}
    intensity = min(1.0, distance * (of_right + of_left))
    return blend({name: share for name, share in shares.items() if share > 0}), round(intensity, DIGITS)


def _angle(mood: Mood) -> float:
    """The direction of a mood's point as seen from neutral, in radians from -pi to pi, anticlockwise."""
    return atan2(mood.arousal, mood.valence)


def _rounded(shares: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The shares rounded so that they add up to 1, the heaviest first; what comes to nothing is left out.

    The result rounded again is the same.
    """
    largest = max(shares.values())
    total = fsum(share / largest for share in shares.values())
    rounded = {name: round(shares[name] / largest / total, DIGITS) for name in MOODS if name in shares}
    heaviest = max(rounded, key=lambda name: rounded[name])
    others = fsum(share for name, share in rounded.items() if name != heaviest)
    rounded[heaviest] = round(1 - others, DIGITS)
    parts = [(name, share) for name, share in rounded.items() if share]
    return tuple(sorted(parts, key=lambda part: -part[1]))


_AROUND = sorted(MOODS.values(), key=_angle)
_ANGLES = [_angle(mood) for mood in _AROUND]
