"""From a request to what is to be composed: the frame, the key, the form and what its notes are to be like."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from generator.character import character
from generator.forms import load_bank, planned_form, with_pick_up
from generator.frames import Frame, drawn_frame
from generator.melody.form import Form
from generator.melody.melody import Mode
from generator.request import Request

KEY_SPREAD = 3
"""Semitones around the mood's own register within which the seed chooses the key."""
CLIMAX = (0.1, 0.5)
"""Between these the seed chooses where the highest note stands among the training tunes' places of it, -1..1."""


@dataclass(frozen=True)
class MusicPlan(Frame):
    """The frame that the melody is composed into, and what is asked of it.

    Attributes:
        request: what was asked for.
        mode: major or minor.
        transposition: semitones from the common tonic C of the event grid to the piece's key.
        form: which earlier bar each bar takes up.
        asked: where attributes of the melody are to stand among the training tunes', -1..1; the others are free.
    """

    request: Request
    mode: Mode
    transposition: int
    form: Form
    asked: Mapping[str, float]

    @property
    def steps(self) -> int:
        """Grid steps of all bars, the silent start of the first included."""
        return self.bars * self.metre.steps_per_bar

    @property
    def silent_steps(self) -> int:
        """Grid steps before the pick-up, which are not played."""
        return self.metre.steps_per_bar - self.pick_up if self.pick_up else 0

    @property
    def tonic(self) -> int:
        """The tonic's pitch class."""
        return self.transposition % 12


def make_plan(request: Request) -> MusicPlan:
    """The plan of a request; its free choices hang on the seed alone.

    Raises:
        HitOutOfReach: no bar can begin at one of the asked hits.
        BankRefused: the bank of forms that ships is missing.
        TargetsRefused: the learned targets are broken.
    """
    chance = random.Random(f"plan {request.seed} {request.mood.name}")
    frame = drawn_frame(request, chance)
    return plan_in(frame, request, _transposition(request, chance), chance)


def plan_in(frame: Frame, request: Request, transposition: int, chance: random.Random) -> MusicPlan:
    """The plan of a request whose bars and key are settled."""
    repetition = request.attributes.get("repetition")
    form = planned_form(frame.bars - bool(frame.pick_up), frame.metre, chance, load_bank(), repetition)
    return MusicPlan(
        **vars(frame),
        request=request,
        mode=request.key.mode if request.key else request.mood.mode,
        transposition=transposition,
        form=with_pick_up(form) if frame.pick_up else form,
        asked=asked_of(request, chance),
    )


def asked_of(request: Request, chance: random.Random) -> dict[str, float]:
    """Where the attributes are to stand: the mood's, a climax by chance, and above all what was asked for by name."""
    climax = {"climax": chance.uniform(*CLIMAX)}
    by_name = {name: 2 * share - 1 for name, share in request.attributes.items()}
    return climax | character(request.mood, request.intensity) | by_name


def _transposition(request: Request, chance: random.Random) -> int:
    """Semitones to the asked key, or one near the mood's register; a key is taken in the nearest octave."""
    centre = round(request.intensity * request.mood.transposition)
    chosen = centre + chance.randint(-KEY_SPREAD, KEY_SPREAD)
    if request.key is None:
        return chosen
    up = (request.key.tonic - centre) % 12
    return centre + (up if up <= 6 else up - 12)
