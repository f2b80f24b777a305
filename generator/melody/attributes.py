"""What can be measured in the notes of a melody, tempo and loudness left aside.

They are the "musical attributes" that stand between an emotion and its music in EmoGen (Kang et al.
2023, arXiv 2307.01229): objective, so that no one's labels are needed to learn them.
"""

from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from generator.melody.key import mode_clarity
from generator.melody.melody import Melody, Mode
from generator.melody.metre import STEPS_PER_QUARTER

_RAISED_MINOR_DEGREES = (9, 11)
"""The sixth and seventh of the melodic minor belong to the key and are not counted as chromatic."""
SMALLEST_LEAP = 5
"""Semitones; a perfect fourth or more is a leap."""
DISSONANT_INTERVALS = (6, 10, 11, 13)
"""Semitones: tritone, sevenths and minor ninth, the melodic intervals that are hard to sing."""


@dataclass(frozen=True)
class Attributes:
    """Measures of one melody.

    Attributes:
        mode_clarity: how much better the notes fit their key than the one of the other mode on its tonic,
            about -1..1.
        density: onsets a quarter note.
        rhythm_contrast: how unlike neighbouring durations are, 0..200: the normalised pairwise variability
            index (Grabe & Low 2002; for music Patel & Daniele 2003).
        syncopation: share of the onsets that stand on a weaker place of the bar than one which they sound
            over, 0..1 (after Longuet-Higgins & Lee 1984).
        rests: share of the time between first onset and last end in which nothing sounds, 0..1.
        register: mean pitch by duration, in semitones above the C below the grid's lowest tonic (MIDI 48).
        range: semitones between the lowest and the highest note.
        contour: rising less falling intervals, as a share of those that move, -1..1.
        interval_size: mean size of the intervals that move, in semitones.
        leaps: share of the intervals that are a fourth or wider, 0..1.
        repeated_notes: share of the intervals that do not move, 0..1.
        semitones: share of the intervals that are a semitone, 0..1.
        dissonance: share of the intervals that are a tritone, a seventh or a minor ninth, 0..1.
        chromaticism: share of the sounding time outside the scale of the key, 0..1.
        repetition: share of the bars that repeat an earlier bar to the note, 0..1.
        climax: where the highest note first sounds, 0 (start) to 1 (end).
    """

    mode_clarity: float
    density: float
    rhythm_contrast: float
    syncopation: float
    rests: float
    register: float
    range: float
    contour: float
    interval_size: float
    leaps: float
    repeated_notes: float
    semitones: float
    dissonance: float
    chromaticism: float
    repetition: float
    climax: float


ATTRIBUTE_NAMES = tuple(field.name for field in fields(Attributes))


def measure(melody: Melody) -> Attributes:
    """The attributes of `melody`, which must have at least one note.

    Pitches are taken as if the tonic were C, so that the register tells how the melody lies about its
    tonic and does not change when the whole is transposed within an octave.
    """
    up = -melody.tonic % 12
    shift = up if up <= 6 else up - 12
    onsets, durations, pitches = np.array([(n.onset, n.duration, n.pitch + shift) for n in melody.notes]).T
    moves = np.diff(pitches)
    sizes = np.abs(moves)
    moving = sizes[sizes > 0]
    span = melody.notes[-1].end - melody.notes[0].onset
    scale = melody.mode.scale + (_RAISED_MINOR_DEGREES if melody.mode is Mode.MINOR else ())
    foreign = ~np.isin(pitches % 12, scale)
    return Attributes(
        mode_clarity=mode_clarity(melody.notes, melody.tonic, melody.mode),
        density=len(pitches) * STEPS_PER_QUARTER / span,
        rhythm_contrast=_pairwise_variability(np.diff(onsets)),
        syncopation=_syncopation(melody),
        rests=1 - float(durations.sum()) / span,
        register=float(np.average(pitches, weights=durations)) - 48,
        range=float(np.ptp(pitches)),
        contour=float(np.sign(moves).sum() / max(1, len(moving))),
        interval_size=float(moving.mean()) if len(moving) else 0.0,
        leaps=_share(sizes >= SMALLEST_LEAP),
        repeated_notes=_share(sizes == 0),
        semitones=_share(sizes == 1),
        dissonance=_share(np.isin(sizes, DISSONANT_INTERVALS)),
        chromaticism=float(durations[foreign].sum() / durations.sum()),
        repetition=_repetition(melody),
        climax=float(onsets[np.argmax(pitches)]) / melody.steps,
    )


@dataclass(frozen=True)
class AttributeScale:
    """What "many" and "few" mean: the quantiles of each attribute in a corpus.

    `quantiles` gives for every attribute its values at equally spaced shares of the corpus, from the
    smallest to the largest.
    """

    quantiles: dict[str, list[float]]

    @classmethod
    def of(cls, melodies: Iterable[Melody]) -> "AttributeScale":
        """The scale of a corpus of at least one melody."""
        table = np.array([astuple(measure(melody)) for melody in melodies])
        values = np.quantile(table, np.linspace(0, 1, 101), axis=0)
        return cls({name: column.round(5).tolist() for name, column in zip(ATTRIBUTE_NAMES, values.T, strict=True)})

    def place(self, melody: Melody) -> dict[str, float]:
        """Where the attributes of `melody` stand in the corpus, by name.

        -1 is below all of it, 0 in its middle, 1 above all; a value that many share stands in the middle
        of them.
        """
        return {name: self._standing(name, value) for name, value in asdict(measure(melody)).items()}

    def value(self, name: str, standing: float) -> float:
        """The value of an attribute that stands at `standing` in -1..1: the inverse of `place`."""
        return float(np.interp((standing + 1) / 2, np.linspace(0, 1, 101), self.quantiles[name]))

    def nearest(self, name: str, standing: float) -> float:
        """The standing nearest to an asked one that a melody can have: tunes that share a value share it."""
        return self._standing(name, self.value(name, standing))

    def _standing(self, name: str, value: float) -> float:
        quantiles = np.array(self.quantiles[name])
        below, to = (int(np.searchsorted(quantiles, value, side)) for side in ("left", "right"))
        if below < to:
            share = (below + to - 1) / 2
        elif to in (0, len(quantiles)):
            share = 0.0 if to == 0 else len(quantiles) - 1.0
        else:
            left, right = quantiles[to - 1], quantiles[to]
            share = float(to - 1 + (value - left) / (right - left))
        return float(2 * share / (len(quantiles) - 1) - 1)


def _share(hits: npt.NDArray[Any]) -> float:
    return float(hits.mean()) if len(hits) else 0.0


def _pairwise_variability(durations: npt.NDArray[Any]) -> float:
    if len(durations) < 2:
        return 0.0
    before, after = durations[:-1], durations[1:]
    return float(200 * np.mean(np.abs(after - before) / (after + before)))


def _syncopation(melody: Melody) -> float:
    weights = melody.metre.weights
    bar = melody.metre.steps_per_bar
    sounding_over = (
        any(weights[step % bar] > weights[note.onset % bar] for step in range(note.onset + 1, note.end))
        for note in melody.notes
    )
    return sum(sounding_over) / len(melody.notes)


def _repetition(melody: Melody) -> float:
    bars = melody.bar_contents()
    seen: set[tuple[tuple[int, int], ...]] = set()
    repeated = 0
    for bar in bars:
        repeated += bool(bar) and bar in seen
        seen.add(bar)
    return repeated / len(bars)
