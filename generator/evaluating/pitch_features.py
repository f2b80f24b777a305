"""Features of pitch: which notes a melody uses and how it moves from one to the next."""

import numpy as np

from generator.evaluating.view import Floats, View, deviation, entropy, mean, share, shares
from generator.melody.attributes import SMALLEST_LEAP
from generator.melody.melody import LOWEST_PITCH, MAJOR_SCALE

WIDEST_BIN = 12
"""Semitones; intervals of an octave and more share the last bin of the histogram."""
_SCALES = np.array([[(degree - root) % 12 in MAJOR_SCALE for degree in range(12)] for root in range(12)])


def pitch_range(view: View) -> float:
    """max p - min p, in semitones (mgeval: Yang & Lerch 2020, doi 10.1007/s00521-018-3849-7)."""
    return float(np.ptp(view.pitches)) if len(view.pitches) else 0.0


def pitches_used(view: View) -> float:
    """How many different pitches there are (mgeval's pitch count)."""
    return float(len(np.unique(view.pitches)))


def pitch_classes_used(view: View) -> float:
    """How many different pitch classes there are, 0..12 (MusPy: Dong et al. 2020, arXiv 2008.01951)."""
    return float(len(np.unique(view.degrees)))


def pitch_class_entropy(view: View) -> float:
    """H of the notes a pitch class, in bits, 0..log2 12 (Wu & Yang 2020, "The Jazz Transformer on the front line",
    arXiv 2008.01307, there over spans of bars; here over the whole melody, as in MusPy)."""
    return entropy(np.bincount(view.degrees, minlength=12))


def scale_consistency(view: View) -> float:
    """The largest share of the notes that lies in one major or natural minor scale, 0..1 (MusPy).

    A minor scale holds the pitch classes of its relative major, so twelve scales are all there are.
    """
    return float((_SCALES @ shares(view.degrees, 12)).max())


def mean_pitch(view: View) -> float:
    """The mean of p over notes, in semitones above C3; 0 without notes."""
    return mean(view.pitches - LOWEST_PITCH)


def pitch_deviation(view: View) -> float:
    """The standard deviation of p over notes, in semitones."""
    return deviation(view.pitches)


def degrees(view: View) -> Floats:
    """The share of the notes on each semitone above the tonic, (12,) (mgeval's pitch class histogram, in the key)."""
    return shares(view.degrees, 12)


def closes_on_tonic(view: View) -> float:
    """1 if the last note is a tonic, else 0."""
    return float(len(view.degrees) > 0 and view.degrees[-1] == 0)


def mean_interval(view: View) -> float:
    """The mean of |p(i+1) - p(i)|, in semitones (mgeval's average pitch shift)."""
    return mean(np.abs(view.intervals))


def interval_deviation(view: View) -> float:
    """The standard deviation of |p(i+1) - p(i)|, in semitones."""
    return deviation(np.abs(view.intervals))


def intervals(view: View) -> Floats:
    """The share of the intervals of 0, 1, … 11, and 12 or more semitones, up or down, (13,)."""
    return shares(np.minimum(np.abs(view.intervals), WIDEST_BIN), WIDEST_BIN + 1)


def repeated_pitches(view: View) -> float:
    """The share of the intervals that are 0, 0..1."""
    return share(view.intervals == 0)


def leaps(view: View) -> float:
    """The share of the intervals of a fourth or more (5 semitones), 0..1."""
    return share(np.abs(view.intervals) >= SMALLEST_LEAP)


def rising(view: View) -> float:
    """The share of the moving intervals that go up, 0..1."""
    return share(view.intervals[view.intervals != 0] > 0)


def turns(view: View) -> float:
    """The share of neighbouring moving intervals that go opposite ways, 0..1."""
    directions = np.sign(view.intervals[view.intervals != 0])
    return share(directions[1:] != directions[:-1])


def turns_after_leaps(view: View) -> float:
    """The share of the leaps that are followed by a move the other way, 0..1 (the gap-fill of Meyer 1973)."""
    before, after = view.intervals[:-1], view.intervals[1:]
    return share((before * after < 0)[np.abs(before) >= SMALLEST_LEAP])


def degree_transition_entropy(view: View) -> float:
    """H(next degree | degree) in bits: the entropy of the pairs less that of the first of each.

    Of the pitch class transition matrix that mgeval has, the one number that says how predictable it is.
    """
    pairs = view.degrees[:-1] * 12 + view.degrees[1:]
    return entropy(np.bincount(pairs, minlength=144)) - entropy(np.bincount(view.degrees[:-1], minlength=12))


def climax(view: View) -> float:
    """Where the highest note first sounds, as a share of the melody's length, 0..1."""
    return float(view.onsets[view.pitches.argmax()]) / view.steps if len(view.pitches) else 0.0
