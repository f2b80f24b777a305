"""Whether moods can be told apart by the notes alone, tempo and loudness left aside."""

from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from generator.evaluating.features import FEATURE_COLUMNS, features
from generator.evaluating.view import Floats
from generator.melody.attributes import ATTRIBUTE_NAMES, measure
from generator.melody.melody import Melody

REGISTER_AND_MODE = ("mean_pitch", "register", "degrees", "mode_clarity")
"""The features and attributes that tell how high a melody lies and whether its third is major."""
FOLDS = 5
SMALLEST_WEIGHTS = 0.03
"""The inverse strength of the penalty on large weights: small, for there are more columns than melodies of a mood."""

_OWNERS = [
    *(name for name, columns in FEATURE_COLUMNS.items() for _ in range(columns.start, columns.stop)),
    *ATTRIBUTE_NAMES,
]
"""The feature or attribute that each column of the table belongs to."""


@dataclass(frozen=True)
class Telling:
    """What a judge that has heard other melodies of each mood makes of these.

    Attributes:
        accuracy: share of the melodies put under their own mood, 0..1; by chance 1 / moods.
        moods: names, in the order of the confusion.
        confusion: a row a mood asked, a column a mood heard, in melodies.
    """

    accuracy: float
    moods: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]


def tell_apart(
    melodies: Sequence[Melody], moods: Sequence[str], seeds: Sequence[int], without: Collection[str] = ()
) -> Telling:
    """Judge each of `melodies` by what was learned from those of other seeds; mood and seed are given for each.

    `without` are names of features and attributes that the judge is not shown.

    The judge is a logistic regression on the standardised features and attributes, cross-validated so that melodies
    of one seed, which may resemble each other, stand together.

    Raises:
        ValueError: fewer than two moods or fewer than two seeds, or the lists differ in length.
    """
    groups = len(set(seeds))
    if len(set(moods)) < 2 or groups < 2 or not len(melodies) == len(moods) == len(seeds):
        raise ValueError("two moods and two seeds are needed, and a mood and a seed for each melody")
    shown = [name not in without for name in _OWNERS]
    table, asked = np.array([_row(melody)[shown] for melody in melodies]), np.array(moods)
    heard = np.empty_like(asked)
    for learned, tested in GroupKFold(min(FOLDS, groups)).split(table, asked, list(seeds)):
        heard[tested] = _judge().fit(table[learned], asked[learned]).predict(table[tested])
    names = tuple(dict.fromkeys(moods))
    confusion = confusion_matrix(asked, heard, labels=names)
    return Telling(
        float((asked == heard).mean()), names, tuple(tuple(int(count) for count in row) for row in confusion)
    )


def _judge() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=SMALLEST_WEIGHTS, max_iter=1000))


def _row(melody: Melody) -> Floats:
    """The features and attributes of `melody`; a melody without notes has no attributes, and zeros for them."""
    attributes = astuple(measure(melody)) if melody.notes else (0.0,) * len(ATTRIBUTE_NAMES)
    return np.concatenate([features(melody), attributes])
