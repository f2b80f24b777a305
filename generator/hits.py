"""Bars that begin at asked seconds: how many stand between two hits, at tempi as near as can be to one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from generator.melody.metre import STEPS_PER_QUARTER, Metre
from generator.request import BadRequest

BASES = tuple(1.25 ** (share / 5) for share in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5))
"""What the asked tempo may be multiplied by for the piece as a whole, the smallest changes first."""
FARTHEST_STRETCH = log(1.18)
"""How far, as a logarithm, the tempo between two hits may stand from the piece's."""
USUAL_STRETCH = 0.04
"""One that passes for a performer's freedom."""
UNFINISHED_PHRASE = (0.0, 1.5, 0.6, 1.5)
"""What it costs that a number of bars leaves a remainder of 0 to 3 by four."""
OTHER_END = 4.0
"""And that the last bar ends elsewhere than is best."""
NEARBY = 15.0
GRAIN = 0.05
"""Seconds as far as, and in steps of which, another place is looked for in place of one that cannot be."""


class HitOutOfReach(BadRequest):
    """No bar can begin at one of the hits; the message names it, and the nearest that can be."""


@dataclass(frozen=True)
class Stretch:
    """The bars between two hits, of `seconds` together, with `pick_up` steps before the first."""

    seconds: float
    pick_up: int = 0

    def options(self, metre: Metre, tempo: float) -> Iterator[tuple[int, float]]:
        """Numbers of bars that it may have, each with the cost of the tempo that they need beside `tempo`."""
        before = self.pick_up / STEPS_PER_QUARTER
        exact = (self.seconds * tempo / 60 - before) / metre.quarters_per_bar
        for bars in range(max(1, int(exact * 0.8)), max(1, int(exact * 1.25)) + 2):
            needed = (bars * metre.quarters_per_bar + before) * 60 / self.seconds
            away = abs(log(needed / tempo))
            if away <= FARTHEST_STRETCH:
                yield bars, (away / USUAL_STRETCH) ** 2


@dataclass(frozen=True)
class Divided:
    """How a piece is divided.

    Attributes:
        bars: whole ones of each stretch: before the first hit, between every two and after the last.
        tempo: quarter notes a minute that the stretches' tempi stand around.
        end: the second at which the last bar ends.
        cost: of all that is not as it was wished.
    """

    bars: tuple[int, ...]
    tempo: float
    end: float
    cost: float


def divided(
    hits: Sequence[float], ends: Sequence[float], metre: Metre, *, pick_up: int, tempo: float, bars: int | None = None
) -> Divided:
    """The whole bars before, between and after `hits`, up to one of `ends`, nearest to one tempo.

    Args:
        hits: seconds in order; 0 is the beginning, which a bar without a pick-up has anyway.
        ends: seconds at which the last bar may end, the best first.
        pick_up: steps before the first whole bar.
        tempo: the wished one, in quarter notes a minute.
        bars: how many whole bars there are to be; as many as fit if None.

    Raises:
        HitOutOfReach: there is no such division.
    """

    def division(of: Sequence[float]) -> Divided | None:
        found = [_divided(of, end, metre, pick_up, tempo, bars) for end in ends]
        possible = [
            replace(one, cost=one.cost + OTHER_END * number) for number, one in enumerate(found) if one is not None
        ]
        return min(possible, key=lambda one: one.cost, default=None)

    if found := division(hits):
        return found
    first_wrong = next((count for count in range(1, len(hits)) if not division(hits[:count])), len(hits))
    raise HitOutOfReach(_what_can_be(hits[:first_wrong], max(ends), lambda of: division(of) is not None))


def _divided(
    hits: Sequence[float], end: float, metre: Metre, pick_up: int, tempo: float, bars: int | None
) -> Divided | None:
    """The best division up to `end`, None if there is none."""
    borders = [0.0, *(hit for hit in hits if hit > 0 or pick_up), end]
    if any(after - before < GRAIN for before, after in pairwise(borders)):
        return None
    stretches = [
        Stretch(after - before, 0 if number else pick_up) for number, (before, after) in enumerate(pairwise(borders))
    ]
    best = None
    for base in BASES:
        shifted = (log(base) / USUAL_STRETCH) ** 2
        by_bars: dict[int, tuple[float, tuple[int, ...]]] = {0: (shifted, ())}
        for stretch in stretches:
            longer: dict[int, tuple[float, tuple[int, ...]]] = {}
            for count, cost in stretch.options(metre, tempo * base):
                for before, (so_far, parts) in by_bars.items():
                    grown = (so_far + cost, (*parts, count))
                    if before + count not in longer or grown < longer[before + count]:
                        longer[before + count] = grown
            by_bars = longer
        for total, (cost, parts) in by_bars.items():
            if bars not in (None, total):
                continue
            whole = Divided(parts, tempo * base, end, cost + UNFINISHED_PHRASE[total % 4])
            if best is None or whole.cost < best.cost:
                best = whole
    return best


def _what_can_be(hits: Sequence[float], end: float, possible: Callable[[Sequence[float]], bool]) -> str:
    """Words for the last of the hits, which cannot be, and the nearest second that can."""
    *before, hit = hits
    earliest = before[-1] if before else 0.0
    for number in range(1, round(NEARBY / GRAIN)):
        for other in (hit - number * GRAIN, hit + number * GRAIN):
            if earliest < other < end and possible([*before, other]):
                return f"no bar can begin at {hit:g} s; the nearest that can be is {other:.2f} s"
    return f"no bar can begin at {hit:g} s; leave this hit out"
