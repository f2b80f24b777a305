"""Peaks between samples, four times oversampled as ITU-R BS.1770-4 asks, found while the sound goes by."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy.signal import firwin, resample_poly

from generator.rendering.sound import Audio

OVERSAMPLING = 4
HOP = 32
"""Samples that share one peak: 0.7 ms, far shorter than the limiter takes to close."""
_FILTER = firwin(20 * OVERSAMPLING + 1, 1 / OVERSAMPLING, window=("kaiser", 5.0)).astype(np.float32)
"""Ten samples on either side, a good deal longer than the standard's own."""
_MARGIN = 64
"""Samples on either side that are handed to the filter, more than it looks at."""


class TruePeakMeter:
    """The largest absolute value, between samples too, of every HOP samples of a sound that comes block by block."""

    def __init__(self) -> None:
        self._pending: Audio = np.zeros((_MARGIN, 2), dtype=np.float32)
        self._peaks: list[npt.NDArray[np.float32]] = []

    def add(self, block: Audio) -> None:
        """Listen to the next samples."""
        sound = np.concatenate([self._pending, block])
        whole = (len(sound) - 2 * _MARGIN) // HOP * HOP
        if whole <= 0:
            self._pending = sound
            return
        fine = np.abs(resample_poly(sound[: whole + 2 * _MARGIN], OVERSAMPLING, 1, axis=0, window=_FILTER))
        inner = fine[OVERSAMPLING * _MARGIN : OVERSAMPLING * (_MARGIN + whole)]
        self._peaks.append(inner.reshape(-1, OVERSAMPLING * HOP * 2).max(axis=1))
        self._pending = sound[whole:]

    def finish(self) -> npt.NDArray[np.float32]:
        """One peak for every HOP samples, full scale 1, the last for the rest; nothing may be added after it."""
        self.add(np.zeros((_MARGIN + HOP, 2), dtype=np.float32))
        return np.concatenate(self._peaks)


def highest_true_peak(blocks: Iterable[Audio]) -> float:
    """The largest of all, in dBTP; -inf for silence."""
    meter = TruePeakMeter()
    for block in blocks:
        meter.add(block)
    with np.errstate(divide="ignore"):
        return float(20 * np.log10(meter.finish().max()))
