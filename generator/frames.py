"""Metre, bars and tempo, so that whole bars and the last note's ring fill the asked seconds."""

import random
from dataclasses import dataclass
from itertools import accumulate

from generator.hits import HitOutOfReach, divided
from generator.melody.metre import METRE_NAMES, METRES, STEPS_PER_QUARTER, Metre
from generator.request import Ending, Request

FARTHEST_TEMPO = 0.15
"""How far, as a share, the tempo may be moved to make a whole number of bars fill the length."""
USUAL_TEMPO = 0.05
"""A share by which the tempo may be moved without being noticed."""
RING_SHARE = 0.08
LONGEST_RING = 2.0
"""The last note rings on after the last bar for a share of the length, and for so many seconds at most."""
FEWEST_BARS = 2
ROUNDING = 1e-6
"""Bars that a length may fall short of a whole number by, as sums of floating-point numbers do."""
OTHER_RINGS = (1.0, 0.5, 1.5, 0.15)
"""What the ring may be multiplied by where bars have to begin at asked seconds, the best first."""
SHARE_OF_PICK_UPS = 0.4
"""Of the pieces; of the training tunes it is 0.7, but a piece for a film better begins on the beat."""
PICK_UPS = {"2/4": (2,), "3/4": (4, 4, 2), "4/4": (4, 4, 2), "6/8": (2,)}
"""Usual pick-ups of each metre in steps, as often as the seed is to choose them."""


@dataclass(frozen=True)
class Frame:
    """The bars of a piece.

    Attributes:
        metre: of all bars.
        bars: their number, at least two; the first of them holds a pick-up alone, if there is one.
        pick_up: steps before the first whole bar, 0 where the piece begins on the beat.
        tempo: quarter notes a minute; what sounds at this tempo and the ring fill the asked seconds exactly, or, with
            hits, nearly.
        ring: seconds that the last note rings on after the last bar; none in a piece that does not end.
        hits: numbers of the bars that begin at an asked second, each with that second, in order.
    """

    metre: Metre
    bars: int
    pick_up: int
    tempo: float
    ring: float
    hits: tuple[tuple[int, float], ...]


def drawn_frame(request: Request, chance: random.Random) -> Frame:
    """Bars and tempo that fill the length; the mood's first metre is drawn twice as often as its others.

    Where hits leave no room for a pick-up there is none, and where they fit in none of the mood's metres the others
    are tried. What goes round has no pick-up.
    """
    names = (request.metre,) if request.metre else request.mood.metres
    pick_up = chance.random() < SHARE_OF_PICK_UPS and request.ending is not Ending.LOOP
    pick_ups = {name: chance.choice(PICK_UPS[name]) * pick_up for name in names}
    others = () if request.metre else tuple(name for name in METRE_NAMES if name not in names)
    frames: list[tuple[Frame, float]] = []
    for tried in (pick_ups, dict.fromkeys(names, 0), dict.fromkeys(others, 0)):
        frames = frames or [
            frame for name, steps in tried.items() if (frame := _possible(request, METRES[name], steps))
        ]
    if not frames:
        frames = [best_frame(request, METRES[names[0]], 0)]
    cheapest = min(cost for _, cost in frames)
    fitting = [frame for frame, cost in frames if cost <= cheapest + 1.0]
    weights = [2 if frame.metre.name == names[0] else 1 for frame in fitting]
    return chance.choices(fitting, weights)[0]


def _possible(request: Request, metre: Metre, pick_up: int) -> tuple[Frame, float] | None:
    try:
        return best_frame(request, metre, pick_up)
    except HitOutOfReach:
        return None


def best_frame(request: Request, metre: Metre, pick_up: int, bars: int | None = None) -> tuple[Frame, float]:
    """The number of bars that needs the smallest bend of the tempo, whole phrases preferred; and its cost.

    A tempo that was asked for is not bent, if it leaves room for two bars and nothing has to fall on a second: the
    ring takes up what whole bars leave. With `bars` there are so many whole ones.

    Raises:
        HitOutOfReach: no bar can begin at one of the asked hits.
    """
    if request.hits:
        return _through_hits(request, metre, pick_up, bars)
    if request.tempo and request.ending is Ending.RING and bars is None:
        exact = exact_frame(request.seconds, request.tempo, metre, pick_up)
        if exact:
            return exact, 0.0
    asked = request.tempo or request.mood.tempo_at(request.intensity)
    ring = ring_of(request.seconds, request.ending)
    before = pick_up / STEPS_PER_QUARTER
    exact_bars = ((request.seconds - ring) * asked / 60 - before) / metre.quarters_per_bar
    fewest, most = int(exact_bars * (1 - FARTHEST_TEMPO)) - 1, int(exact_bars * (1 + FARTHEST_TEMPO)) + 2
    frames = []
    for count in [bars] if bars else range(max(FEWEST_BARS, fewest), max(FEWEST_BARS, most) + 1):
        tempo = (count * metre.quarters_per_bar + before) * 60 / (request.seconds - ring)
        bend = abs(tempo / asked - 1)
        unfinished_phrase = 0.0 if count % 4 == 0 else 0.6 if count % 2 == 0 else 1.5
        cost = (bend / USUAL_TEMPO) ** 2 + unfinished_phrase
        frames.append((Frame(metre, count + bool(pick_up), pick_up, tempo, ring, ()), cost))
    return min(frames, key=lambda pair: pair[1])


def _through_hits(request: Request, metre: Metre, pick_up: int, bars: int | None) -> tuple[Frame, float]:
    """The bars between the asked hits, and before and after them."""
    ring = ring_of(request.seconds, request.ending)
    division = divided(
        request.hits,
        [request.seconds - share * ring for share in (OTHER_RINGS if ring else (0.0,))],
        metre,
        pick_up=pick_up,
        tempo=request.tempo or request.mood.tempo_at(request.intensity),
        bars=bars,
    )
    numbers = list(accumulate(division.bars, initial=int(bool(pick_up))))
    on_bars = numbers[len(numbers) - 1 - len(request.hits) : -1]
    frame = Frame(
        metre=metre,
        bars=numbers[-1],
        pick_up=pick_up,
        tempo=division.tempo,
        ring=request.seconds - division.end,
        hits=tuple(zip(on_bars, request.hits, strict=True)),
    )
    return frame, division.cost


def exact_frame(seconds: float, tempo: float, metre: Metre, pick_up: int) -> Frame | None:
    """As many whole bars as `tempo` leaves room for, and a ring over the rest; None if it leaves none for two."""
    before = pick_up / STEPS_PER_QUARTER
    bars = int(((seconds - ring_of(seconds)) * tempo / 60 - before) / metre.quarters_per_bar + ROUNDING)
    if bars < FEWEST_BARS:
        return None
    sounding = (bars * metre.quarters_per_bar + before) * 60 / tempo
    return Frame(metre, bars + bool(pick_up), pick_up, tempo, seconds - sounding, ())


def ring_of(seconds: float, ending: Ending = Ending.RING) -> float:
    """Seconds that the last note of a piece of that length rings on; in a piece that does not end there are none."""
    return min(LONGEST_RING, RING_SHARE * seconds) if ending is Ending.RING else 0.0


def seconds_for(sounding: float, ending: Ending = Ending.RING) -> float:
    """The length of a piece whose bars last `sounding` seconds: the inverse of leaving out the ring."""
    if ending is not Ending.RING:
        return sounding
    return min(sounding / (1 - RING_SHARE), sounding + LONGEST_RING)
