"""Sound as a picture whose rows are quarter-tones: long windows for low notes, short ones for high."""

import numpy as np
import numpy.typing as npt
from scipy.signal import ShortTimeFFT

from generator.evaluating.view import Floats
from generator.rendering.sound import SAMPLE_RATE, Audio

LOWEST_PITCH, HIGHEST_PITCH = 21.0, 129.0
"""MIDI numbers of the rows' ends, 27.5 Hz to 14 kHz."""
ROWS_A_SEMITONE = 2
HOP = 441
"""Samples from one column to the next: 10 ms."""
FLOOR = -90.0
"""Decibels of full scale below which nothing is told apart."""
_WINDOWS = ((0.0, 16384), (48.0, 8192), (72.0, 2048), (96.0, 512))
"""The lowest pitch, and the samples of the window from there on: short ones show clicks as lines."""


def spectrogram(sound: Audio) -> Floats:
    """Shape (rows, columns): decibels of full scale, FLOOR or more, of each pitch at each moment, the lowest first."""
    mono = np.asarray(sound, dtype=np.float64).mean(axis=1)
    rows = pitches()
    columns = -(-len(mono) // HOP)
    drawn = np.full((len(rows), columns), FLOOR)
    for (lowest, size), (highest, _) in zip(_WINDOWS, [*_WINDOWS[1:], (np.inf, 0)], strict=True):
        own = (rows >= lowest) & (rows < highest)
        drawn[own] = _band(mono, rows[own], size, columns)
    return np.asarray(np.maximum(drawn, FLOOR), dtype=float)


def pitches() -> Floats:
    """The MIDI number, with halves, of each row."""
    return np.arange(LOWEST_PITCH, HIGHEST_PITCH, 1 / ROWS_A_SEMITONE)


def levels(sound: Audio) -> tuple[Floats, Floats]:
    """Peak and root mean square of each HOP samples, in decibels of full scale; shape (columns,) each."""
    whole = len(sound) // HOP * HOP
    blocks = np.asarray(sound[:whole], dtype=np.float64).reshape(-1, HOP * 2)
    return _decibels(np.abs(blocks).max(axis=1)), _decibels(np.sqrt(np.square(blocks).mean(axis=1)))


def _band(mono: Floats, rows: Floats, size: int, columns: int) -> Floats:
    """Some rows by one size of window: the strongest of the frequencies that are nearest to each."""
    window = np.hanning(size)
    transform = ShortTimeFFT(window, HOP, SAMPLE_RATE, scale_to=None)
    found = np.abs(transform.stft(mono, p0=0, p1=columns)) * 2 / window.sum()
    here = 440 * 2 ** ((rows - 69) / 12)
    half = 2 ** (1 / (24 * ROWS_A_SEMITONE))
    first = np.floor(here / half * size / SAMPLE_RATE).astype(int)
    last = np.ceil(here * half * size / SAMPLE_RATE).astype(int)
    strongest = [found[low : high + 1].max(axis=0) for low, high in zip(first, last, strict=True)]
    return _decibels(np.array(strongest))


def _decibels(amplitudes: npt.NDArray[np.float64]) -> Floats:
    return np.asarray(20 * np.log10(np.maximum(amplitudes, 10 ** (FLOOR / 20))), dtype=float)
