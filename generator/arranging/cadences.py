"""Where the phrases of a melody begin and end, and how the harmony is to open and to close them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.arranging.palette import CHORDS, Palette, chord
from generator.chords import Quality, steps_per_chord
from generator.melody.melody import Melody, Mode

PHRASE_BARS = 4
PERIOD_BARS = 8
AUTHENTIC = 2.0
HALF = 1.5
"""Nats in favour of the chords of a cadence."""
WITHOUT_A_PAUSE = 0.3
"""The share of it that is left where the melody does not pause there."""
FINAL = 3.0
"""Nats in favour of a dominant before the last chord."""
FOLLOWING_HABIT = 0.5
"""How much of what composers do more often at the ends of phrases is added there."""
FORBIDDEN = -1e6


@dataclass(frozen=True)
class PhraseEnd:
    """The bar, from 0, that a phrase ends in, whether a period ends with it, and whether the melody pauses there."""

    bar: int
    closes: bool
    pauses: bool


def phrase_ends(melody: Melody) -> list[PhraseEnd]:
    """Every fourth bar, a pick-up not counted, but for the last bar of all; every second of them closes a period."""
    start = 1 if melody.notes and melody.notes[0].onset else 0
    return [
        PhraseEnd(bar, closes=(bar + 1 - start) % PERIOD_BARS == 0, pauses=_pauses(melody, bar))
        for bar in range(start + PHRASE_BARS - 1, melody.bars - 1, PHRASE_BARS)
    ]


def cadence_bonuses(melody: Melody, palette: Palette) -> npt.NDArray[np.float64]:
    """(T, C) nats that the beginning and the ends of phrases add to each chord in each of the T stretches."""
    stretch, mode = steps_per_chord(melody.metre), melody.mode
    places = melody.metre.steps_per_bar // stretch
    bonuses = np.zeros((melody.steps // stretch, CHORDS))
    tonic, dominants, half = _tonics(mode)[:1], _dominants(), _dominants()[:1]
    for end in phrase_ends(melody):
        weight = 1.0 if end.pauses else WITHOUT_A_PAUSE
        first, last = end.bar * places, end.bar * places + places - 1
        bonuses[last] += FOLLOWING_HABIT * weight * palette.phrase_ends
        if end.closes:
            bonuses[last, tonic] += AUTHENTIC * weight
            bonuses[first - 1, dominants] += AUTHENTIC * weight
        else:
            bonuses[last, half] += HALF * weight
    opening = places if melody.notes and melody.notes[0].onset else 0
    bonuses[: opening + 1] += palette.opens
    arrival = _arrival(melody) // stretch
    others = np.setdiff1d(np.arange(CHORDS), _tonics(mode))
    bonuses[arrival:, others] = FORBIDDEN
    if arrival:
        bonuses[arrival - 1, dominants] += FINAL
    return bonuses


def _pauses(melody: Melody, bar: int) -> bool:
    """Whether no note begins in the second half of the bar."""
    length = melody.metre.steps_per_bar
    return not any(bar * length + length // 2 <= note.onset < (bar + 1) * length for note in melody.notes)


def _arrival(melody: Melody) -> int:
    """The step from which on the last chord sounds: the last bar line, or the last note if it comes later."""
    bar_line = melody.steps - melody.metre.steps_per_bar
    last = melody.notes[-1].onset if melody.notes else 0
    if last <= bar_line:
        return bar_line
    stretch = steps_per_chord(melody.metre)
    return last // stretch * stretch


def _tonics(mode: Mode) -> list[int]:
    if mode is Mode.MAJOR:
        return [chord(0, Quality.MAJOR), chord(0, Quality.MAJOR_SEVENTH)]
    return [chord(0, Quality.MINOR), chord(0, Quality.MINOR_SEVENTH)]


def _dominants() -> list[int]:
    """The dominant's triad and seventh, and the diminished seventh on the leading note."""
    return [chord(7, Quality.MAJOR), chord(7, Quality.DOMINANT_SEVENTH), chord(11, Quality.DIMINISHED_SEVENTH)]
