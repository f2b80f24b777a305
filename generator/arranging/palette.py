"""All chords that a melody can be harmonised with, and what is known of each in a mode, as logarithms.

To the states that were learned come two kinds of chord that the analysis does not name: the suspended fourth, which
behaves like the triad or the dominant that it resolves to, and the cluster, which behaves like the diminished
seventh.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from generator.chords import Quality
from generator.harmonies import LEARNED_QUALITIES, MODES, STATES, ChordHabits, load_habits, state_of
from generator.melody.melody import Mode

QUALITIES = (*LEARNED_QUALITIES, Quality.SUSPENDED, Quality.CLUSTER)
CHORDS = 12 * len(QUALITIES)
RESOLVES = 0.95
"""The share of the suspensions that resolve on their own root."""
GOES_ON = 0.05
"""The share of them that go on for another stretch."""
IN_A_CLUSTER = 0.85
"""The share of the notes over a cluster that are its own."""
_RESOLUTIONS = (Quality.MAJOR, Quality.MINOR, Quality.DOMINANT_SEVENTH)
_DIMINISHED = (Quality.DIMINISHED_SEVENTH, Quality.DIMINISHED)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Palette:
    """Natural logarithms for the C chords of one mode; a chord is its quality's number times 12, and its degree.

    Attributes:
        common: (C,) how often a chord stands anywhere.
        steps: (P, C, C) how probable the second chord is after the first at a place of `harmonies.PLACES`.
        sounding: (C, 2, 12) how probable a note is over a chord, as in `ChordHabits`.
        phrase_ends: (C,) how much more often a chord stands at the end of a phrase than anywhere.
        opens: (C,) how much more often it stands on the first whole bar than anywhere.
        inversions: (C, 4) how often the root, third, fifth and seventh are in the bass.
        tones: (C, 12) whether the degree belongs to the chord; not a logarithm.
    """

    common: Floats
    steps: Floats
    sounding: Floats
    phrase_ends: Floats
    opens: Floats
    inversions: Floats
    tones: npt.NDArray[np.bool_]


@lru_cache(maxsize=2)
def palette_of(mode: Mode) -> Palette:
    """The palette of a mode, from the habits that ship.

    Raises:
        HabitsRefused: they are missing or broken.
    """
    return build_palette(load_habits(), mode)


def build_palette(habits: ChordHabits, mode: Mode) -> Palette:
    """The palette of a mode with some habits."""
    number = MODES.index(mode)
    learned = {name: np.asarray(table[number], dtype=np.float64) for name, table in vars(habits).items()}
    common = _extended(learned["common"])
    moving = _moves(learned["moving"], common)
    staying = np.stack([_extended_stays(stays) for stays in learned["staying"]])
    steps = (1 - staying)[:, :, None] * moving
    diagonal = np.arange(CHORDS)
    steps[:, diagonal, diagonal] = staying
    ends, opens = (_extended(learned[name] / learned["common"]) for name in ("phrase_ends", "opens"))
    with np.errstate(divide="ignore"):
        return Palette(
            np.log(common),
            np.log(steps),
            np.log(_notes(learned["sounding"])),
            np.log(ends),
            np.log(opens),
            np.log(_inversions(learned["inversions"])),
            chord_tones(),
        )


def chord(degree: int, quality: Quality) -> int:
    """The number of a chord in a palette."""
    return QUALITIES.index(quality) * 12 + degree % 12


@lru_cache(maxsize=1)
def chord_tones() -> npt.NDArray[np.bool_]:
    """(C, 12) whether the degree belongs to the chord."""
    tones = np.zeros((CHORDS, 12), dtype=np.bool_)
    for number in range(CHORDS):
        for interval in QUALITIES[number // 12].intervals:
            tones[number, (number + interval) % 12] = True
    return tones


def _alike(quality: Quality) -> tuple[Quality, ...]:
    return _RESOLUTIONS if quality is Quality.SUSPENDED else _DIMINISHED


def _extended(of_states: Floats) -> Floats:
    """(..., S) to (..., C): a chord that was not learned stands as often as the mean of those that it behaves like."""
    table = np.empty((*of_states.shape[:-1], CHORDS))
    table[..., :STATES] = of_states
    for degree in range(12):
        for quality in (Quality.SUSPENDED, Quality.CLUSTER):
            alike = [state_of(degree, other) for other in _alike(quality)]
            table[..., chord(degree, quality)] = of_states[..., alike].mean(axis=-1)
    return table


def _extended_stays(stays: Floats) -> Floats:
    extended = _extended(stays)
    extended[chord(0, Quality.SUSPENDED) : chord(0, Quality.SUSPENDED) + 12] = GOES_ON
    return extended


def _moves(moving: Floats, common: Floats) -> Floats:
    """(S, S) to (C, C): where each chord goes, given that it goes."""
    rows = np.empty((CHORDS, CHORDS))
    rows[:STATES] = _extended(moving)
    for degree in range(12):
        alike = [state_of(degree, quality) for quality in _alike(Quality.CLUSTER)]
        rows[chord(degree, Quality.CLUSTER)] = rows[alike].mean(axis=0)
        resolutions = [chord(degree, quality) for quality in _RESOLUTIONS]
        suspended = rows[resolutions].mean(axis=0)
        suspended *= (1 - RESOLVES) / suspended.sum()
        suspended[resolutions] += RESOLVES * common[resolutions] / common[resolutions].sum()
        rows[chord(degree, Quality.SUSPENDED)] = suspended
    return rows


def _inversions(inversions: Floats) -> Floats:
    """(S, 4) to (C, 4): what was not learned stands on its root."""
    table = np.zeros((CHORDS, 4))
    table[:, 0] = 1
    table[:STATES] = inversions
    return table


def _notes(sounding: Floats) -> Floats:
    """(S, 2, 12) to (C, 2, 12)."""
    table = np.empty((CHORDS, 2, 12))
    table[:STATES] = sounding
    tones = chord_tones()
    for degree in range(12):
        third, fourth = (degree + 4) % 12, (degree + 5) % 12
        swapped = sounding[state_of(degree, Quality.MAJOR)].copy()
        swapped[:, [third, fourth]] = swapped[:, [fourth, third]]
        table[chord(degree, Quality.SUSPENDED)] = swapped
        inside = tones[chord(degree, Quality.CLUSTER)]
        table[chord(degree, Quality.CLUSTER)] = np.where(inside, IN_A_CLUSTER / 4, (1 - IN_A_CLUSTER) / 8)
    return table
