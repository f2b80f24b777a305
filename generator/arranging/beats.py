"""Drum beats: what is struck at which sixteenth of a bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.melody.metre import Metre

KICK, SNARE, SIDE_STICK, BRUSH, CLAP = 36, 38, 37, 40, 39
CLOSED_HAT, OPEN_HAT, CRASH, SWELL, CYMBALS = 42, 46, 49, 55, 57
LOW_TOM, MIDDLE_TOM, HIGH_TOM = 41, 45, 48
SHAKER, TAMBOURINE = 70, 54
ORCHESTRA = 48
"""The kit in which General MIDI's toms are kettledrums, from F2 at number 41 upward."""
LOWEST_KETTLEDRUM, PITCH_CLASS_OF_LOWEST = 41, 5

Beat = Mapping[int, tuple[str, str]]
"""For every drum its strokes over 16 steps (4/4, and 2/4 as its first half) and over 12 (3/4; 6/8 is made of it).

x is a stroke, o a soft one, X an accent."""

BEATS: Mapping[str, Beat] = MappingProxyType({
    "shaker": {SHAKER: ("o.x.o.x.o.x.o.x.", "o.x.o.x.o.x.")},
    "brushes": {
        BRUSH: ("....x.......x...", "....o...o..."), CLOSED_HAT: ("o.o.o.o.o.o.o.o.", "o.o.o.o.o.o."),
        KICK: ("x.......o.......", "x..........."),
    },
    "swells": {SWELL: ("............o...", "........o..."), LOW_TOM: ("x...............", "x...........")},
    "timpani": {
        LOW_TOM: ("X.......x.....xx", "X.......x.x."), MIDDLE_TOM: ("............x...", "......x....."),
        CYMBALS: ("o...............", "o..........."),
    },
    "lo-fi calm": {
        KICK: ("x.........o.....", "x..........."), SIDE_STICK: ("....x.......x...", "....x...x..."),
    },
    "lo-fi": {
        KICK: ("x......o..x.....", "x.....o....."), SNARE: ("....x.......x..o", "....x...x..."),
        CLOSED_HAT: ("x.o.x.o.x.o.x.o.", "x.o.x.o.x.o."),
    },
    "chip calm": {KICK: ("x.......x.......", "x..........."), CLOSED_HAT: ("....x.......x...", "....x...x...")},
    "chip": {
        KICK: ("x.......x.x.....", "x.....x....."), SNARE: ("....x.......x...", "....x...x..."),
        CLOSED_HAT: ("x.x.x.x.x.x.x.x.", "x.x.x.x.x.x."),
    },
    "hip-hop calm": {KICK: ("x.........x.....", "x.....x....."), CLAP: ("....x.......x...", "........x...")},
    "hip-hop": {
        KICK: ("X..x......x..x..", "X.....x..x.."), SNARE: ("....X.......X...", "........X..."),
        CLOSED_HAT: ("x.x.x.x.x.xxx.x.", "x.x.x.x.xxx."), OPEN_HAT: ("..............o.", "..........o."),
    },
    "shaker and stick": {
        SHAKER: ("o.x.o.x.o.x.o.x.", "o.x.o.x.o.x."), SIDE_STICK: ("....x.....x.x...", "....x...x..."),
    },
    "lo-fi lazy": {
        KICK: ("x.....x...x.....", "x.......o..."), SNARE: ("....x.......x...", "....x.....o."),
        CLOSED_HAT: ("x.x.o.x.x.x.o.xo", "x.x.o.x.o.x."),
    },
    "chip running": {
        KICK: ("x...x...x...x...", "x...x...x..."), SNARE: ("....x.......x.x.", "....x.....x."),
        CLOSED_HAT: ("..x...x...x...x.", "..x...x...x."),
    },
    "hip-hop rolling": {
        KICK: ("X.....x...X.....", "X.....x....."), CLAP: ("....X.......X...", "........X..."),
        CLOSED_HAT: ("x.x.x.xxx.x.xxx.", "x.x.xxx.x.x."),
    },
    "timpani calls": {LOW_TOM: ("X...........x.xx", "X.......x.x."), SWELL: ("........o.......", "........o...")},
    "marching": {
        LOW_TOM: ("X...x...X...x...", "X...x...x..."), SNARE: ("x.xxx.x.x.xxx.x.", "x.xxx.x.x.x."),
    },
    "far strokes": {LOW_TOM: ("X...............", "X..........."), KICK: ("..........o.....", "........o...")},
    "foot and shaker": {
        KICK: ("x.......x.......", "x..........."), SHAKER: ("o.x.o.x.o.x.o.x.", "o.x.o.x.o.x."),
    },
    "foot": {KICK: ("x.......x.......", "x...........")},
    "foot and tambourine": {
        KICK: ("x...o...x...o...", "x...o...o..."), TAMBOURINE: ("..o.x.o...o.x.o.", "....x.o.x.o."),
    },
    "heartbeat": {LOW_TOM: ("x.o.............", "x.o.........")},
    "heartbeat and toms": {
        LOW_TOM: ("x.o.....x.o.....", "x.o...x.o..."), MIDDLE_TOM: ("..............oo", "..........oo"),
    },
})  # fmt: skip


@dataclass(frozen=True)
class Kit:
    """What suits a set of drums beside its beats.

    Attributes:
        fills: what may stand in place of the last beat of a phrase, over four sixteenths, for every drum.
        last: the strokes that end a piece, each drum with its mark.
        hit: the drums that mark a hit.
    """

    fills: tuple[Mapping[int, str], ...]
    last: Mapping[int, str]
    hit: tuple[int, ...]


KITS: Mapping[str, Kit] = MappingProxyType({
    "band": Kit(
        ({SNARE: "xxXx"}, {HIGH_TOM: "xx..", MIDDLE_TOM: "..xx"}, {SNARE: "..xx", LOW_TOM: "x..."}, {SNARE: "x.xX"}),
        {KICK: "x", CRASH: "o"}, (KICK, CRASH),
    ),
    "dusty": Kit(
        ({SNARE: "..ox"}, {SIDE_STICK: "x.xx"}, {CLOSED_HAT: "xxxx"}),
        {KICK: "x", OPEN_HAT: "o"}, (KICK, OPEN_HAT),
    ),
    "brushes": Kit(({BRUSH: "o.xx"}, {SHAKER: "xxxx"}, {SIDE_STICK: "x.x."}), {KICK: "o", BRUSH: "x"}, (KICK, BRUSH)),
    "feet": Kit(
        ({TAMBOURINE: "x.xx"}, {KICK: "x.x."}, {TAMBOURINE: "xxxx"}), {KICK: "x", TAMBOURINE: "x"}, (KICK, TAMBOURINE),
    ),
    "timpani": Kit(
        ({LOW_TOM: "xxxx"}, {MIDDLE_TOM: "x.x.", LOW_TOM: ".x.x"}, {LOW_TOM: "x.xx"}),
        {LOW_TOM: "x", CYMBALS: "o"}, (LOW_TOM, CYMBALS),
    ),
})  # fmt: skip
WEIGHTS = {"X": 12, "x": 0, "o": -22}
"""MIDI velocity beside the drums' own."""


def beat_strokes(name: str, metre: Metre) -> list[tuple[int, int, int]]:
    """Each stroke of a bar: its step, the drum, and its weight in MIDI velocity.

    A bar of 6/8 has the accents of 3/4 moved onto its two beats; of two that meet there the stronger is struck.
    """
    found: dict[tuple[int, int], int] = {}
    for drum, (of_sixteen, of_twelve) in BEATS[name].items():
        line = (of_sixteen if metre.steps_per_bar in (8, 16) else of_twelve)[: metre.steps_per_bar]
        for step, mark in enumerate(line):
            if mark in WEIGHTS:
                moved = _onto_two_beats(step) if metre.name == "6/8" else step
                found[moved, drum] = max(WEIGHTS[mark], found.get((moved, drum), WEIGHTS[mark]))
    return sorted((step, drum, weight) for (step, drum), weight in found.items())


def tuned(drum: int, root: int, fifth: int) -> int:
    """The kettledrum that a tom of the orchestra's kit stands for: the low ones the root, the middle one the fifth."""
    if drum not in (LOW_TOM, MIDDLE_TOM, HIGH_TOM):
        return drum
    return LOWEST_KETTLEDRUM + ((fifth if drum == MIDDLE_TOM else root) - PITCH_CLASS_OF_LOWEST) % 12


def _onto_two_beats(step: int) -> int:
    """Where the stroke of a 3/4 bar falls in 6/8: second and third beat on the second of two."""
    return {4: 6, 8: 6}.get(step, step)
