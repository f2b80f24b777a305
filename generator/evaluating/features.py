"""The features of a melody as one flat vector with names.

Those of mgeval (Yang & Lerch 2020, "On the evaluation of generative models in music", doi 10.1007/s00521-018-3849-7)
and of MusPy (Dong et al. 2020, arXiv 2008.01951), put into the melody's key and metre, and others of rhythm, contour
and form. Metre, mode and length are no features: they are asked of a network, not left to it.
"""

from collections.abc import Callable, Iterable

import numpy as np

from generator.evaluating import form_features as form
from generator.evaluating import pitch_features as pitch
from generator.evaluating import rhythm_features as rhythm
from generator.evaluating.view import Floats, View
from generator.melody.melody import Melody

_NUMBERS: tuple[Callable[[View], float], ...] = (
    pitch.pitch_range,
    pitch.pitches_used,
    pitch.pitch_classes_used,
    pitch.pitch_class_entropy,
    pitch.scale_consistency,
    pitch.mean_pitch,
    pitch.pitch_deviation,
    pitch.closes_on_tonic,
    pitch.mean_interval,
    pitch.interval_deviation,
    pitch.repeated_pitches,
    pitch.leaps,
    pitch.rising,
    pitch.turns,
    pitch.turns_after_leaps,
    pitch.degree_transition_entropy,
    pitch.climax,
    rhythm.notes_a_bar,
    rhythm.mean_length,
    rhythm.length_deviation,
    rhythm.length_entropy,
    rhythm.repeated_lengths,
    rhythm.length_transition_entropy,
    rhythm.mean_inter_onset,
    rhythm.inter_onset_deviation,
    rhythm.variability,
    rhythm.rests,
    rhythm.empty_bars,
    rhythm.downbeats,
    rhythm.odd_onsets,
    rhythm.held_over,
    rhythm.place_entropy,
    rhythm.last_length,
    rhythm.silent_end,
    form.repeated_bars,
    form.repeated_rhythms,
)
_HISTOGRAMS: tuple[tuple[Callable[[View], Floats], tuple[str, ...]], ...] = (
    (pitch.degrees, tuple(str(degree) for degree in range(12))),
    (pitch.intervals, (*(str(size) for size in range(pitch.WIDEST_BIN)), f"{pitch.WIDEST_BIN}_or_more")),
    (rhythm.lengths, (*(str(steps) for steps in rhythm.LENGTH_CLASSES), "other")),
    (form.rhythm_likeness, tuple(str(distance) for distance in form.BAR_DISTANCES)),
    (form.melody_likeness, tuple(str(distance) for distance in form.BAR_DISTANCES)),
)

FEATURE_COLUMNS: dict[str, slice] = {}
"""The features by name and the columns each has in the vector: one, or those of a histogram."""
_names: list[str] = []
for _feature in _NUMBERS:
    FEATURE_COLUMNS[_feature.__name__] = slice(len(_names), len(_names) + 1)
    _names.append(_feature.__name__)
for _histogram, _bins in _HISTOGRAMS:
    FEATURE_COLUMNS[_histogram.__name__] = slice(len(_names), len(_names) + len(_bins))
    _names += [f"{_histogram.__name__}_{name}" for name in _bins]
COLUMN_NAMES = tuple(_names)
"""The names of the vector's numbers."""


def features(melody: Melody) -> Floats:
    """The features of `melody`, shape (len(COLUMN_NAMES),), finite even if it has no notes.

    Each number's formula, unit and source stand with the function of its name. What cannot be said of a melody so
    short (the interval of one note) is 0.
    """
    view = View.of(melody)
    return np.concatenate(
        [np.array([feature(view) for feature in _NUMBERS]), *(histogram(view) for histogram, _ in _HISTOGRAMS)]
    )


def feature_table(melodies: Iterable[Melody]) -> Floats:
    """The features of every melody, shape (melodies, len(COLUMN_NAMES))."""
    return np.array([features(melody) for melody in melodies]).reshape(-1, len(COLUMN_NAMES))
