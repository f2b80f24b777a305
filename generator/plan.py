"""From a request to the frame of a piece: metre, bars, tempo and key, so that the length comes out."""

import random
from dataclasses import dataclass

from generator.melody.melody import Mode
from generator.melody.metre import METRES, Metre
from generator.request import Request

FARTHEST_TEMPO = 0.15
"""How far, as a share, the tempo may be moved to make a whole number of bars fill the length."""
USUAL_TEMPO = 0.05
"""A share by which the tempo may be moved without being noticed."""
KEY_SPREAD = 3
"""Semitones around the mood's own register within which the seed chooses the key."""


@dataclass(frozen=True)
class MusicPlan:
    """The frame that the melody is composed into.

    Attributes:
        request: what was asked for.
        metre: of all bars.
        bars: their number, at least two.
        tempo: quarter notes a minute; bars at this tempo and the ring fill the asked seconds exactly. A
            melody that begins with a pick-up is played a little slower, since part of a bar is left out.
        ring: seconds that the last note rings on after the last bar.
        mode: major or minor.
        transposition: semitones from the common tonic C of the event grid to the piece's key.
    """

    request: Request
    metre: Metre
    bars: int
    tempo: float
    ring: float
    mode: Mode
    transposition: int

    @property
    def tonic(self) -> int:
        """The tonic's pitch class."""
        return self.transposition % 12


def make_plan(request: Request) -> MusicPlan:
    """The plan of a request; its free choices hang on the seed alone."""
    chance = random.Random(f"plan {request.seed} {request.mood.name}")
    ring = min(2.0, 0.08 * request.seconds)
    frames = [_best_bars(request, METRES[name], ring) for name in request.mood.metres]
    fitting = [frame for frame in frames if frame.cost <= min(frames, key=lambda f: f.cost).cost + 1.0]
    # The first metre suits the mood best and comes up twice as often as the others.
    weights = [2 if frame.metre.name == request.mood.metres[0] else 1 for frame in fitting]
    frame = chance.choices(fitting, weights)[0]
    centre = round(request.intensity * request.mood.transposition)
    return MusicPlan(
        request=request,
        metre=frame.metre,
        bars=frame.bars,
        tempo=frame.tempo,
        ring=ring,
        mode=request.mood.mode,
        transposition=centre + chance.randint(-KEY_SPREAD, KEY_SPREAD),
    )


@dataclass(frozen=True)
class _Frame:
    metre: Metre
    bars: int
    tempo: float
    cost: float


def _best_bars(request: Request, metre: Metre, ring: float) -> _Frame:
    """The number of bars that needs the smallest bend of the tempo, whole phrases preferred."""
    asked = request.mood.tempo_at(request.intensity)
    seconds = request.seconds - ring
    exact = seconds * asked / 60 / metre.quarters_per_bar
    frames = []
    for bars in range(max(2, int(exact * (1 - FARTHEST_TEMPO)) - 1), int(exact * (1 + FARTHEST_TEMPO)) + 3):
        tempo = bars * metre.quarters_per_bar * 60 / seconds
        bend = abs(tempo / asked - 1)
        unfinished_phrase = 0.0 if bars % 4 == 0 else 0.6 if bars % 2 == 0 else 1.5
        frames.append(_Frame(metre, bars, tempo, (bend / USUAL_TEMPO) ** 2 + unfinished_phrase))
    return min(frames, key=lambda frame: frame.cost)
