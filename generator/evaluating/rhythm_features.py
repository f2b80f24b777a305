"""Features of rhythm: how many notes, how long, and where in the bar."""

import numpy as np

from generator.evaluating.view import NO_ONSET, Floats, View, deviation, entropy, mean, share, shares
from generator.melody.metre import STEPS_PER_QUARTER

LENGTH_CLASSES = (1, 2, 3, 4, 6, 8, 12, 16)
"""Steps: sixteenth, eighth, dotted eighth, quarter … whole note."""
_CLASS_OF = np.full(17, len(LENGTH_CLASSES))
_CLASS_OF[list(LENGTH_CLASSES)] = range(len(LENGTH_CLASSES))


def notes_a_bar(view: View) -> float:
    """N divided by the number of bars (mgeval's note count, free of the length)."""
    return len(view.onsets) / len(view.grid)


def mean_length(view: View) -> float:
    """The mean duration, in quarter notes."""
    return mean(view.durations) / STEPS_PER_QUARTER


def length_deviation(view: View) -> float:
    """The standard deviation of the durations, in quarter notes."""
    return deviation(view.durations) / STEPS_PER_QUARTER


def length_entropy(view: View) -> float:
    """H of the notes a duration in steps, in bits."""
    return entropy(np.bincount(view.durations))


def lengths(view: View) -> Floats:
    """The share of the notes of each of LENGTH_CLASSES, and of all other durations, (9,) (mgeval's note length
    histogram, in the note values of this grid)."""
    return shares(_CLASS_OF[np.minimum(view.durations, 17) % 17], len(LENGTH_CLASSES) + 1)


def repeated_lengths(view: View) -> float:
    """The share of neighbouring notes that are equally long, 0..1."""
    return share(view.durations[1:] == view.durations[:-1])


def length_transition_entropy(view: View) -> float:
    """H(next duration | duration) in bits, over the classes of `lengths` (of mgeval's note length transition matrix
    the one number that says how predictable it is)."""
    classes = _CLASS_OF[np.minimum(view.durations, 17) % 17]
    count = len(LENGTH_CLASSES) + 1
    pairs = classes[:-1] * count + classes[1:]
    return entropy(np.bincount(pairs, minlength=count**2)) - entropy(np.bincount(classes[:-1], minlength=count))


def mean_inter_onset(view: View) -> float:
    """The mean time from one onset to the next, in quarter notes (mgeval's average inter-onset interval)."""
    return mean(np.diff(view.onsets)) / STEPS_PER_QUARTER


def inter_onset_deviation(view: View) -> float:
    """The standard deviation of the times from one onset to the next, in quarter notes."""
    return deviation(np.diff(view.onsets)) / STEPS_PER_QUARTER


def rests(view: View) -> float:
    """The share of the time between the first onset and the last end in which nothing sounds, 0..1."""
    if not len(view.onsets):
        return 1.0
    span = view.onsets[-1] + view.durations[-1] - view.onsets[0]
    return 1 - float(view.durations.sum()) / float(span)


def empty_bars(view: View) -> float:
    """The share of the bars in which no note begins, 0..1 (MusPy's empty measure rate)."""
    return share((view.grid == NO_ONSET).all(axis=1))


def downbeats(view: View) -> float:
    """The share of the bars that begin with an onset, 0..1."""
    return share(view.grid[:, 0] != NO_ONSET)


def odd_onsets(view: View) -> float:
    """The share of the onsets that stand between two eighths, 0..1."""
    return share(view.onsets % 2 == 1)


def held_over(view: View) -> float:
    """The share of the notes that sound across a bar line, 0..1."""
    bar = view.grid.shape[1]
    return share(view.onsets // bar != (view.onsets + view.durations - 1) // bar)


def place_entropy(view: View) -> float:
    """H of the onsets a place in the bar, in bits."""
    return entropy(np.bincount(view.onsets % view.grid.shape[1]))


def last_length(view: View) -> float:
    """The duration of the last note, in quarter notes; 0 without notes."""
    return float(view.durations[-1]) / STEPS_PER_QUARTER if len(view.durations) else 0.0


def silent_end(view: View) -> float:
    """The time from the last note's end to the melody's, as a share of a bar, 0 or more."""
    end = int(view.onsets[-1] + view.durations[-1]) if len(view.onsets) else 0
    return float((view.steps - end) / view.grid.shape[1])


def variability(view: View) -> float:
    """200 times the mean of |d(i) - d(i+1)| / (d(i) + d(i+1)) over the times d between onsets, 0..200.

    The normalised pairwise variability index (Grabe & Low 2002; for music Patel & Daniele 2003, doi
    10.1016/S0010-0277(02)00187-7).
    """
    times = np.diff(view.onsets)
    return 200 * mean(np.abs(np.diff(times)) / (times[1:] + times[:-1])) if len(times) > 1 else 0.0
