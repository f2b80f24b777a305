"""What tunes by people share with each other: the measure that a composed melody is held against.

The idea is the human baseline of Yin, Reuben, Stepney & Collins's originality report (2022,
doi 10.1007/s42979-022-01220-y): first find out how much composers of a corpus borrow from one another, as a mean
with its 95 % confidence interval, then compare. Their score counts the notes of an excerpt that coincide under
translation; here it is the longest run of notes in common, which can be shown in a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

EXCERPTS = (8, 16, 32, 64)
"""Notes of the excerpts that are compared: a longer melody has more chances to meet another tune."""
RESAMPLES = 2000
"""Of the bootstrap (Efron 1979), over tunes, since the excerpts of one tune are no independent witnesses."""


@dataclass(frozen=True)
class PeopleShare:
    """The longest runs that excerpts of held-out tunes share with the tunes that were learned from.

    Attributes:
        notes: of an excerpt.
        tunes: how many were long enough to have one.
        mean: notes of the longest run, averaged over each tune's excerpts and then over tunes.
        low, high: the bounds of the mean's 95 % confidence interval.
        median, most: the 50th and the 95th percentile over all excerpts, in notes.
    """

    notes: int
    tunes: int
    mean: float
    low: float
    high: float
    median: float
    most: float


def share_of_people(shared: Sequence[Sequence[int]]) -> list[PeopleShare]:
    """What held-out tunes share, by the length of the excerpt; lengths that no tune has are left out.

    `shared` has for every note of a tune but the last the moves of the longest run from there that another has.
    """
    shares = []
    for notes in EXCERPTS:
        runs = [found for lengths in shared if (found := longest_runs(lengths, notes))]
        if runs:
            shares.append(_summed_up(notes, runs))
    return shares


def longest_runs(lengths: Sequence[int], notes: int) -> list[int]:
    """The notes of the longest shared run within each excerpt of `notes` notes, end to end from the first note."""
    inside = notes - 1
    return [
        1 + max(min(length, inside - place) for place, length in enumerate(lengths[start : start + inside]))
        for start in range(0, len(lengths) - inside + 1, notes)
    ]


def people_like(shares: Sequence[PeopleShare], notes: int) -> PeopleShare | None:
    """What a melody of `notes` notes is compared with, None if it is shorter than every excerpt.

    It is the longest excerpt that is no longer than the melody, so the comparison never flatters the melody.
    """
    return max((share for share in shares if share.notes <= notes), key=lambda share: share.notes, default=None)


def _summed_up(notes: int, runs: list[list[int]]) -> PeopleShare:
    means = np.array([np.mean(own) for own in runs])
    chance = np.random.default_rng(0)
    resampled = means[chance.integers(len(means), size=(RESAMPLES, len(means)))].mean(axis=1)
    every = np.concatenate(runs)
    low, high = np.percentile(resampled, (2.5, 97.5))
    median, most = np.percentile(every, (50, 95))
    return PeopleShare(
        notes, len(runs), *(round(float(value), 2) for value in (means.mean(), low, high, median, most))
    )
