"""Arranged pieces to be measured: a melody for each mood and length, composed once and arranged in every style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.arranging.arrange import arranged
from generator.composing.editing import plan_anew
from generator.evaluating.composed import Shelf
from generator.request import Request
from generator.score import Score
from generator.styles import STYLES

INTENSITY = 0.8
FEW_CANDIDATES = 4
"""Enough for a melody that stands for its mood; what is judged here is what plays beneath it."""


@dataclass(frozen=True)
class Piece:
    """A piece to be made: the name of its `style`, and the request that its melody is composed for."""

    style: str
    request: Request

    @property
    def name(self) -> str:
        """What its files are called and its line begins with."""
        request = self.request
        return f"{self.style.replace(' ', '-')}-{request.mood.name}-{request.seconds:g}s-{request.seed}"


def request_of(mood: str, seconds: float, seed: int, intensity: float = INTENSITY) -> Request:
    """The request for the melody of a mood, with FEW_CANDIDATES."""
    return Request.of(mood, intensity, seconds, seed, candidates=FEW_CANDIDATES)


def pieces(styles: Sequence[str], moods: Sequence[str], lengths: Sequence[float], seed: int = 0) -> list[Piece]:
    """Every style with every mood at every length, in seconds, the shortest first."""
    return [
        Piece(style, request_of(mood, seconds, seed))
        for seconds in sorted(lengths)
        for mood in moods
        for style in styles
    ]


def score_of_piece(piece: Piece, shelf: Shelf, arranged_as: int | None = None) -> Score:
    """The piece's score, from the melody on the shelf; `arranged_as` is another seed for all but the melody.

    Raises:
        KeyError: the shelf lacks the melody, or there is no such style.
    """
    request = piece.request
    plan, _ = plan_anew(request)
    melody = shelf[request].melody.transposed(plan.transposition)
    if arranged_as is not None:
        plan = replace(plan, request=replace(request, seed=arranged_as))
    return arranged(melody, plan, STYLES[piece.style], f"{request.mood.name.capitalize()} in {melody.key_name}")
