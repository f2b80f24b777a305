"""A mood timeline as the numbers of an SVG. Percent scale with the page; the curves lie in a box of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 1000, 100
"""Of the box that the curves are drawn in."""
MARGIN = 6
FARTHEST = 0.8
"""No mood lies farther from neutral, so nothing is drawn beyond."""


@dataclass(frozen=True)
class Block:
    """A stretch: its `number` from 1, where it begins and how wide it is, such as "12.5%"."""

    number: int
    x: str
    width: str
    mood: str
    start: float


@dataclass(frozen=True)
class Drawing:
    """The blocks, the paths of pleasantness and energy, and where the cuts are, in percent."""

    blocks: tuple[Block, ...]
    pleasantness: str
    energy: str
    cuts: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


def drawing_of(stretches: Sequence[Any], seconds: float, cuts: Sequence[float] = ()) -> Drawing:
    """The drawing of stretches, each with start, end, mood, valence and arousal, -1..1."""
    middles = [WIDTH * (stretch.start + stretch.end) / 2 / seconds for stretch in stretches]
    return Drawing(
        tuple(
            Block(
                number,
                _percent(stretch.start, seconds),
                _percent(stretch.end - stretch.start, seconds),
                stretch.mood,
                stretch.start,
            )
            for number, stretch in enumerate(stretches, 1)
        ),
        _path(middles, [stretch.valence for stretch in stretches]),
        _path(middles, [stretch.arousal for stretch in stretches]),
        tuple(_percent(cut, seconds) for cut in cuts),
    )


def _percent(second: float, seconds: float) -> str:
    return f"{100 * second / seconds:.3f}%"


def _path(middles: Sequence[float], values: Sequence[float]) -> str:
    """A line through the middles that is level in each of them."""
    shares = [max(-1.0, min(1.0, value / FARTHEST)) for value in values]
    heights = [MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share) / 2 for share in shares]
    path = f"M0 {heights[0]:.1f}H{middles[0]:.1f}"
    for x, y, before, after in zip(middles[1:], heights[1:], middles, heights, strict=False):
        between = (before + x) / 2
        path += f"C{between:.1f} {after:.1f} {between:.1f} {y:.1f} {x:.1f} {y:.1f}"
    return f"{path}H{WIDTH}"
