"""The key that notes are in."""

from collections.abc import Sequence

import numpy as np

from generator.melody.melody import Mode, Note

# Krumhansl & Kessler 1982 (doi 10.1037/0033-295X.89.4.334): how well each pitch class, from the tonic
# upward, fits after a context in the key.
_PROFILES = {
    Mode.MAJOR: np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]),
    Mode.MINOR: np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]),
}
_SIGNATURE_BONUS = 0.3
_LAST_NOTE_BONUS = 0.15


def fitted_key(notes: Sequence[Note], sharps: int | None = None) -> tuple[int, Mode]:
    """The tonic (a pitch class) and mode that `notes` fit best.

    The correlation of the durations a pitch class with Krumhansl and Kessler's profiles decides; the
    two keys of a signature of `sharps` (flats, if negative) and the key of the last note are favoured.
    """
    return max(
        ((tonic, mode) for tonic in range(12) for mode in Mode),
        key=lambda key: _fit(notes, sharps, *key),
    )


def key_clarity(notes: Sequence[Note], tonic: int, mode: Mode) -> float:
    """The correlation of the notes' durations a pitch class with the key's profile, in [-1, 1]."""
    weights = np.zeros(12)
    for note in notes:
        weights[note.pitch % 12] += note.duration
    if np.ptp(weights) == 0:
        return 0.0
    return float(np.corrcoef(np.roll(weights, -tonic), _PROFILES[mode])[0, 1])


def mode_clarity(notes: Sequence[Note], tonic: int, mode: Mode) -> float:
    """How much better the notes fit the key than the one of the other mode on the same tonic, about -1..1."""
    other = Mode.MINOR if mode is Mode.MAJOR else Mode.MAJOR
    return key_clarity(notes, tonic, mode) - key_clarity(notes, tonic, other)


def _fit(notes: Sequence[Note], sharps: int | None, tonic: int, mode: Mode) -> float:
    fit = key_clarity(notes, tonic, mode)
    if notes[-1].pitch % 12 == tonic:
        fit += _LAST_NOTE_BONUS
    if sharps is not None and tonic == (7 * sharps + (0 if mode is Mode.MAJOR else 9)) % 12:
        fit += _SIGNATURE_BONUS
    return fit
