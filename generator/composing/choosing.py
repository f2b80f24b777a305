"""Plain musical sense: which of several candidates is worth hearing."""

from dataclasses import dataclass
from itertools import pairwise

from generator.composing.originality import RunIndex
from generator.composing.sampling import Candidate
from generator.melody.attributes import SMALLEST_LEAP
from generator.melody.emotion import EmotionScale
from generator.melody.melody import Melody

NARROWEST_RANGE = 5
WIDEST_RANGE = 21
"""Semitones between the lowest and the highest note that can be sung or played with ease."""
MOST_ON_ONE_PITCH = 4
"""Notes in a row on one pitch; with more a melody is stuck."""
MOST_LEAPS = 0.4
"""Share of intervals that are a fourth or wider; with more a melody is scattered."""
LONGEST_SILENCE_BARS = 0.6
FEWEST_NOTES_A_BAR = 2.0
USUAL_REPETITION = (0.05, 0.6)
"""Share of bars that are the same as an earlier one; between these, a melody has a motif and goes on."""


@dataclass(frozen=True)
class Judgement:
    """What was found in a candidate.

    Attributes:
        closes: ends on the tonic, on a strong beat of the last bar or in it.
        copied_runs: runs of nine notes shared with training tunes.
        faults: the sum of its musical faults, each about 0 to 1; 0 has none.
        distance: from the asked place on the plane of emotion, 0 to about 2.
    """

    closes: bool
    copied_runs: int
    faults: float
    distance: float

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """The smaller the better: originality first, then the close, then sense and mood together."""
        return self.copied_runs > 0, not self.closes, self.faults + 1.5 * self.distance


def judge(candidate: Candidate, asked: tuple[float, float], scale: EmotionScale, index: RunIndex) -> Judgement:
    """What there is to say about a candidate; one without notes is the worst there is."""
    melody = candidate.melody
    if len(melody.notes) < max(4, FEWEST_NOTES_A_BAR * melody.bars / 2):
        return Judgement(False, len(melody.notes) + 1, 10.0, 2.0)
    valence, arousal = scale.place(melody)
    return Judgement(
        closes=_closes(melody),
        copied_runs=index.copied_runs(melody),
        faults=_faults(melody),
        distance=((valence - asked[0]) ** 2 + (arousal - asked[1]) ** 2) ** 0.5,
    )


def _closes(melody: Melody) -> bool:
    last = melody.notes[-1]
    in_last_bar = last.onset >= melody.steps - melody.metre.steps_per_bar
    return in_last_bar and last.pitch % 12 == melody.tonic and melody.metre.is_strong(last.onset)


def _faults(melody: Melody) -> float:
    pitches = [note.pitch for note in melody.notes]
    intervals = [abs(after - before) for before, after in pairwise(pitches)]
    spread = max(pitches) - min(pitches)
    bars = _bar_contents(melody)
    repeated = sum(bar in bars[:place] for place, bar in enumerate(bars)) / len(bars)
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
            # What a pick-up leaves out of the first bar bends the tempo.
            3 * melody.notes[0].onset / melody.steps,
            _beyond(len(pitches) / melody.bars, FEWEST_NOTES_A_BAR, 64),
            _beyond(repeated, *USUAL_REPETITION) * 2 if melody.bars >= 6 else 0.0,
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


def _bar_contents(melody: Melody) -> list[tuple[tuple[int, int], ...]]:
    """Each bar as its onsets in the bar and their pitches."""
    bar = melody.metre.steps_per_bar
    contents: list[list[tuple[int, int]]] = [[] for _ in range(melody.bars)]
    for note in melody.notes:
        contents[note.onset // bar].append((note.onset % bar, note.pitch))
    return [tuple(content) for content in contents]
