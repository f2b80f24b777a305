"""Integrated loudness by ITU-R BS.1770-4, measured while the sound goes by."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyloudnorm.iirfilter import IIRfilter
from scipy.signal import sosfilt

from generator.rendering.sound import SAMPLE_RATE, Audio

TARGET_LUFS = -14.0
"""What platforms for short videos play music at."""
STRIDE = SAMPLE_RATE // 10
"""Samples from one gating block to the next: 100 ms."""
STRIDES_PER_BLOCK = 4
ABSOLUTE_GATE = -70.0
RELATIVE_GATE = -10.0
_OFFSET = -0.691


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP."""

    integrated: float
    true_peak: float


class LoudnessMeter:
    """Integrated loudness of a stereo sound that comes block by block.

    Of the sound only the energy of each 100 ms is kept: ten numbers a second.
    """

    def __init__(self) -> None:
        self._weighting = _k_weighting()
        self._state = np.zeros((len(self._weighting), 2, 2))
        self._rest = np.zeros(0)
        self._energies: list[npt.NDArray[np.float64]] = []

    def add(self, block: Audio) -> None:
        """Listen to the next samples."""
        weighted, self._state = sosfilt(self._weighting, block.T.astype(np.float64), zi=self._state)
        energy = np.concatenate([self._rest, np.einsum("ct,ct->t", weighted, weighted)])
        whole = len(energy) // STRIDE * STRIDE
        self._energies.append(energy[:whole].reshape(-1, STRIDE).sum(axis=1))
        self._rest = energy[whole:]

    def integrated(self) -> float:
        """Of all that was listened to, in LUFS; -inf if it is silent or shorter than a block."""
        # A last stride counts when at least half of it is there, as pyloudnorm has it.
        rest = [self._rest.sum()] if 2 * len(self._rest) >= STRIDE else []
        strides = np.concatenate([*self._energies, rest])
        if len(strides) < STRIDES_PER_BLOCK:
            return -np.inf
        blocks = np.convolve(strides, np.ones(STRIDES_PER_BLOCK), "valid") / (STRIDES_PER_BLOCK * STRIDE)
        loud = blocks[blocks >= _energy(ABSOLUTE_GATE)]
        if not len(loud):
            return -np.inf
        kept = loud[loud > _energy(_lufs(loud.mean()) + RELATIVE_GATE)]
        return _lufs(kept.mean())


def _k_weighting() -> npt.NDArray[np.float64]:
    """The standard's two filters, the head's shelf and the high-pass, as second-order sections."""
    shelf = IIRfilter(4.0, 1 / np.sqrt(2), 1500.0, SAMPLE_RATE, "high_shelf")
    high_pass = IIRfilter(0.0, 0.5, 38.0, SAMPLE_RATE, "high_pass")
    return np.array([[*stage.b, *stage.a] for stage in (shelf, high_pass)])


def _lufs(energy: float) -> float:
    return float(_OFFSET + 10 * np.log10(energy))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))
