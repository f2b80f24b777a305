"""Peaks between samples, four times oversampled as ITU-R BS.1770-4 asks, found while the sound goes by."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import firwin
from threadpoolctl import ThreadpoolController

from generator.rendering.sound import Audio

OVERSAMPLING = 4
HOP = 32
"""Samples that share one peak: 0.7 ms, far shorter than the limiter takes to close."""
_REACH = 10
"""Samples on either side that the filter looks at, a good deal more than the standard's own."""


def _between_samples() -> npt.NDArray[np.float32]:
    """(HOP + 2 * _REACH, HOP * OVERSAMPLING): the samples of a hop and around it to what stands in and between them.

    A product with it takes a third of the time that the filter takes as a filter.
    """
    taps = OVERSAMPLING * firwin(2 * _REACH * OVERSAMPLING + 1, 1 / OVERSAMPLING, window=("kaiser", 5.0))
    fine = np.zeros((HOP + 2 * _REACH, (HOP + 2 * _REACH) * OVERSAMPLING + len(taps) - 1))
    for sample, row in enumerate(fine):
        row[OVERSAMPLING * sample : OVERSAMPLING * sample + len(taps)] = taps
    first = 2 * OVERSAMPLING * _REACH
    return fine[:, first : first + HOP * OVERSAMPLING].astype(np.float32)


_BETWEEN_SAMPLES = _between_samples()


class TruePeakMeter:
    """The largest absolute value, between samples too, of every HOP samples of a sound that comes block by block."""

    def __init__(self) -> None:
        self._pending: Audio = np.zeros((_REACH, 2), dtype=np.float32)
        self._peaks: list[npt.NDArray[np.float32]] = []

    def add(self, block: Audio) -> None:
        """Listen to the next samples."""
        sound = np.concatenate([self._pending, block])
        hops = (len(sound) - 2 * _REACH) // HOP
        if hops <= 0:
            self._pending = sound
            return
        used = sound[: hops * HOP + 2 * _REACH].T
        around = np.ascontiguousarray(sliding_window_view(used, HOP + 2 * _REACH, axis=1)[:, ::HOP])
        # The other cores are busy playing or encoding: a product on several threads would wait for them.
        with _libraries().limit(limits=1, user_api="blas"):
            fine = around @ _BETWEEN_SAMPLES  # (2, hops, HOP * OVERSAMPLING)
        self._peaks.append(np.maximum(fine.max(axis=2), -fine.min(axis=2)).max(axis=0))
        self._pending = sound[hops * HOP :]

    def finish(self) -> npt.NDArray[np.float32]:
        """One peak for every HOP samples, full scale 1, the last for the rest; nothing may be added after it."""
        self.add(np.zeros((_REACH + HOP, 2), dtype=np.float32))
        return np.concatenate(self._peaks)


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def highest_true_peak(blocks: Iterable[Audio]) -> float:
    """The largest of all, in dBTP; -inf for silence."""
    meter = TruePeakMeter()
    for block in blocks:
        meter.add(block)
    with np.errstate(divide="ignore"):
        return float(20 * np.log10(meter.finish().max()))
