"""From a request to the frame of a piece: metre, bars, tempo, key, form and what its notes are to be like."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from generator.character import character
from generator.forms import load_bank, planned_form, with_pick_up
from generator.melody.form import Form
from generator.melody.melody import Mode
from generator.melody.metre import METRES, STEPS_PER_QUARTER, Metre
from generator.request import Request

FARTHEST_TEMPO = 0.15
"""How far, as a share, the tempo may be moved to make a whole number of bars fill the length."""
USUAL_TEMPO = 0.05
"""A share by which the tempo may be moved without being noticed."""
KEY_SPREAD = 3
"""Semitones around the mood's own register within which the seed chooses the key."""
RING_SHARE = 0.08
LONGEST_RING = 2.0
"""The last note rings on after the last bar for a share of the length, and for so many seconds at most."""
FEWEST_BARS = 2
ROUNDING = 1e-6
"""Bars that a length may fall short of a whole number by, as sums of floating-point numbers do."""
SHARE_OF_PICK_UPS = 0.4
"""Of the pieces; of the training tunes it is 0.7, but a piece for a film better begins on the beat."""
PICK_UPS = {"2/4": (2,), "3/4": (4, 4, 2), "4/4": (4, 4, 2), "6/8": (2,)}
"""Usual pick-ups of each metre in steps, as often as the seed is to choose them."""
CLIMAX = (0.1, 0.5)
"""Between these the seed chooses where the highest note stands among the training tunes' places of it, -1..1."""


@dataclass(frozen=True)
class MusicPlan:
    """The frame that the melody is composed into.

    Attributes:
        request: what was asked for.
        metre: of all bars.
        bars: their number, at least two; the first of them holds a pick-up alone, if there is one.
        pick_up: steps before the first whole bar, 0 where the piece begins on the beat.
        tempo: quarter notes a minute; what sounds at this tempo and the ring fill the asked seconds exactly.
        ring: seconds that the last note rings on after the last bar.
        mode: major or minor.
        transposition: semitones from the common tonic C of the event grid to the piece's key.
        form: which earlier bar each bar takes up.
        asked: where attributes of the melody are to stand among the training tunes', -1..1; the others are free.
    """

    request: Request
    metre: Metre
    bars: int
    pick_up: int
    tempo: float
    ring: float
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


@dataclass(frozen=True)
class Frame:
    """The bars of a piece; the attributes are those of MusicPlan."""

    metre: Metre
    bars: int
    pick_up: int
    tempo: float
    ring: float


def make_plan(request: Request) -> MusicPlan:
    """The plan of a request; its free choices hang on the seed alone.

    Raises:
        BankRefused: the bank of forms that ships is missing.
        TargetsRefused: the learned targets are broken.
    """
    chance = random.Random(f"plan {request.seed} {request.mood.name}")
    frame = _drawn_frame(request, chance)
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


def _drawn_frame(request: Request, chance: random.Random) -> Frame:
    """Bars and tempo that fill the length; the mood's first metre is drawn twice as often as its others."""
    names = (request.metre,) if request.metre else request.mood.metres
    pick_up = chance.random() < SHARE_OF_PICK_UPS
    frames = [best_frame(request, METRES[name], chance.choice(PICK_UPS[name]) * pick_up) for name in names]
    cheapest = min(cost for _, cost in frames)
    fitting = [frame for frame, cost in frames if cost <= cheapest + 1.0]
    weights = [2 if frame.metre.name == names[0] else 1 for frame in fitting]
    return chance.choices(fitting, weights)[0]


def best_frame(request: Request, metre: Metre, pick_up: int) -> tuple[Frame, float]:
    """The number of bars that needs the smallest bend of the tempo, whole phrases preferred; and its cost.

    A tempo that was asked for is not bent, if it leaves room for two bars: the ring takes up what whole bars leave.
    """
    if request.tempo and (exact := exact_frame(request.seconds, request.tempo, metre, pick_up)):
        return exact, 0.0
    asked = request.tempo or request.mood.tempo_at(request.intensity)
    ring = ring_of(request.seconds)
    before = pick_up / STEPS_PER_QUARTER
    exact_bars = ((request.seconds - ring) * asked / 60 - before) / metre.quarters_per_bar
    frames = []
    fewest, most = int(exact_bars * (1 - FARTHEST_TEMPO)) - 1, int(exact_bars * (1 + FARTHEST_TEMPO)) + 2
    for bars in range(max(FEWEST_BARS, fewest), max(FEWEST_BARS, most) + 1):
        tempo = (bars * metre.quarters_per_bar + before) * 60 / (request.seconds - ring)
        bend = abs(tempo / asked - 1)
        unfinished_phrase = 0.0 if bars % 4 == 0 else 0.6 if bars % 2 == 0 else 1.5
        cost = (bend / USUAL_TEMPO) ** 2 + unfinished_phrase
        frames.append((Frame(metre, bars + bool(pick_up), pick_up, tempo, ring), cost))
    return min(frames, key=lambda pair: pair[1])


def exact_frame(seconds: float, tempo: float, metre: Metre, pick_up: int) -> Frame | None:
    """As many whole bars as `tempo` leaves room for, and a ring over the rest; None if it leaves none for two."""
    before = pick_up / STEPS_PER_QUARTER
    bars = int(((seconds - ring_of(seconds)) * tempo / 60 - before) / metre.quarters_per_bar + ROUNDING)
    if bars < FEWEST_BARS:
        return None
    sounding = (bars * metre.quarters_per_bar + before) * 60 / tempo
    return Frame(metre, bars + bool(pick_up), pick_up, tempo, seconds - sounding)


def ring_of(seconds: float) -> float:
    """Seconds that the last note of a piece of that length rings on."""
    return min(LONGEST_RING, RING_SHARE * seconds)


def seconds_for(sounding: float) -> float:
    """The length of a piece whose bars last `sounding` seconds: the inverse of leaving out the ring."""
    return min(sounding / (1 - RING_SHARE), sounding + LONGEST_RING)


def _transposition(request: Request, chance: random.Random) -> int:
    """Semitones to the asked key, or one near the mood's register; a key is taken in the nearest octave."""
    centre = round(request.intensity * request.mood.transposition)
    chosen = centre + chance.randint(-KEY_SPREAD, KEY_SPREAD)
    if request.key is None:
        return chosen
    up = (request.key.tonic - centre) % 12
    return centre + (up if up <= 6 else up - 12)
