"""Plain musical sense: which of several candidates is worth hearing."""

from dataclasses import dataclass
from itertools import pairwise

from generator.character import reach, way_from_neutral
from generator.composing.report import Originality
from generator.composing.sampling import Candidate
from generator.melody.attributes import SMALLEST_LEAP, AttributeScale
from generator.melody.emotion import place_on_plane
from generator.melody.form import Form, Likeness, likeness
from generator.melody.melody import Melody
from generator.plan import MusicPlan

NARROWEST_RANGE = 5
WIDEST_RANGE = 21
"""Semitones between the lowest and the highest note that can be sung or played with ease."""
MOST_ON_ONE_PITCH = 4
"""Notes in a row on one pitch; with more a melody is stuck."""
MOST_LEAPS = 0.4
"""Share of intervals that are a fourth or wider; with more a melody is scattered."""
LONGEST_SILENCE_BARS = 0.6
FEWEST_NOTES_A_BAR = 2.0
FEWEST_NOTES = 4
DISTANCE_WEIGHT = 1.5
ALONG_WEIGHT = 1.5
"""How much it counts that a mood goes as far as its intensity has it, beside the mean over single attributes."""
BY_NAME_WEIGHT = 6.0
"""How much an attribute counts that was asked for by name, beside those that the mood asks for."""
CLEAR_SIDE = 0.05
"""Arousal by the notes that is on the mood's side for certain."""
CLEAR_MOOD = 0.15
"""Arousal of a mood that is on a side for certain, as all sixteen are; of blends nearer to neutral less is asked."""
WRONG_SIDE_WEIGHT = 4.0


@dataclass(frozen=True)
class Judgement:
    """What was found in a candidate.

    Attributes:
        over_limit: shares too much with music that was there before.
        closes: ends on the tonic, on a strong beat of the last bar or in it.
        faults: the sum of its musical faults, each about 0 to 1; 0 has none.
        distance: how far it is from what was asked of its notes, 0 to about 2.
        join: mean log probability of the kept bars after composed ones.
    """

    over_limit: bool
    closes: bool
    faults: float
    distance: float
    join: float

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """The smaller the better: originality first, then the close, then sense, mood and joins together."""
        return self.over_limit, not self.closes, self.faults + DISTANCE_WEIGHT * self.distance - self.join


def judge(candidate: Candidate, plan: MusicPlan, scale: AttributeScale, originality: Originality) -> Judgement:
    """What there is to say about a candidate; one without notes is the worst there is."""
    melody = candidate.melody
    if len(melody.notes) < max(FEWEST_NOTES, FEWEST_NOTES_A_BAR * melody.bars / 2):
        return Judgement(over_limit=True, closes=False, faults=10.0, distance=2.0, join=candidate.join)
    return Judgement(
        over_limit=originality.over_limit(melody),
        closes=closes(melody),
        faults=_faults(melody) + _unlike(melody, plan.form),
        distance=distance(melody, plan, scale),
        join=candidate.join,
    )


def unfinished(melody: Melody, plan: MusicPlan, scale: AttributeScale) -> float:
    """What is wrong with the first bars of a candidate, as in a finished one's rank; the smaller the better."""
    if len(melody.notes) < FEWEST_NOTES:
        return float("inf")
    return (
        _faults(melody) + _unlike(melody, plan.form[: melody.bars]) + DISTANCE_WEIGHT * distance(melody, plan, scale)
    )


def distance(melody: Melody, plan: MusicPlan, scale: AttributeScale) -> float:
    """How far a melody is from what was asked of its notes.

    The mean difference over the asked attributes, those asked for by name above all, how far it falls short of (or
    goes beyond) the asked way from neutral towards the mood, and how far it lies on the wrong side of the plane of
    emotion.
    """
    standing, mood = scale.place(melody), plan.request.mood
    weights = {name: BY_NAME_WEIGHT if name in plan.request.attributes else 1.0 for name in plan.asked}
    apart = sum(
        weights[name] * abs(standing[name] - scale.nearest(name, asked)) for name, asked in plan.asked.items()
    ) / sum(weights.values())
    along = abs(way_from_neutral(standing, mood) - reach(plan.request.intensity))
    _, arousal = place_on_plane(standing, plan.mode)
    side = max(-1.0, min(mood.arousal / CLEAR_MOOD, 1.0))
    wrong_side = max(0.0, abs(side) * CLEAR_SIDE - side * arousal)
    return apart + ALONG_WEIGHT * along + WRONG_SIDE_WEIGHT * wrong_side


def closes(melody: Melody) -> bool:
    """Whether it ends on the tonic, on a strong beat of the last bar or in it."""
    last = melody.notes[-1]
    in_last_bar = last.onset >= melody.steps - melody.metre.steps_per_bar
    return in_last_bar and last.pitch % 12 == melody.tonic and melody.metre.is_strong(last.onset)


def _faults(melody: Melody) -> float:
    pitches = [note.pitch for note in melody.notes]
    intervals = [abs(after - before) for before, after in pairwise(pitches)]
    spread = max(pitches) - min(pitches)
    silence = (
        max((after.onset - before.end for before, after in pairwise(melody.notes)), default=0)
        / melody.metre.steps_per_bar
    )
    return sum(
        (
            _beyond(spread, NARROWEST_RANGE, WIDEST_RANGE) / 6,
            _beyond(_longest_run(pitches), 0, MOST_ON_ONE_PITCH) / 3,
            _beyond(sum(i >= SMALLEST_LEAP for i in intervals) / max(1, len(intervals)), 0, MOST_LEAPS) * 5,
            _beyond(max(intervals, default=0), 0, 12) / 6,
            _beyond(silence, 0, LONGEST_SILENCE_BARS),
            _beyond(len(pitches) / melody.bars, FEWEST_NOTES_A_BAR, 64),
        )
    )


def _beyond(value: float, low: float, high: float) -> float:
    """How far `value` lies outside low..high; 0 within."""
    return max(low - value, value - high, 0.0)


def _longest_run(pitches: list[int]) -> int:
    longest = here = 1
    for before, after in pairwise(pitches):
        here = here + 1 if before == after else 1
        longest = max(longest, here)
    return longest


def _unlike(melody: Melody, form: Form) -> float:
    """How far the bars fall short of taking up their models as closely as the form has it, 0..1."""
    bars = melody.bar_contents()
    short = [
        max(0, echo.likeness - likeness(bars[number], bars[echo.model]))
        for number, echo in enumerate(form)
        if echo.model is not None and echo.model < len(bars)
    ]
    return sum(short) / (len(bars) * Likeness.SAME)
