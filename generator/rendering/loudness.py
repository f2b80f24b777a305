"""Loudness as platforms want it: -14 LUFS, true peak under -1 dBTP, without clipping."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyloudnorm
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from generator.rendering.synthesis import SAMPLE_RATE, Audio

TARGET_LUFS = -14.0
"""Integrated loudness by ITU-R BS.1770."""
HIGHEST_PEAK = 10 ** (-1.2 / 20)
"""Full scale is 1; -1.2 dB leaves a lossy encoder some room below the -1 dBTP that is promised."""
OVERSAMPLING = 4
LOOKAHEAD = 220
"""Samples over which the limiter closes before a peak and opens after it: 5 ms."""
BLOCK = 10 * SAMPLE_RATE
MARGIN = 64
PASSES = 4
FADE_SECONDS = 0.25
"""The last moment of the ring, led to silence so that no file ends with a click."""


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP."""

    integrated: float
    true_peak: float


def normalised(audio: Audio) -> tuple[Audio, Loudness]:
    """The sound at TARGET_LUFS with its peaks limited, and what was then measured."""
    fade = np.cos(np.linspace(0, np.pi / 2, round(FADE_SECONDS * SAMPLE_RATE), dtype=np.float32)) ** 2
    audio = audio.copy()
    audio[-len(fade) :] *= fade[:, None]
    meter = pyloudnorm.Meter(SAMPLE_RATE)
    loudness = meter.integrated_loudness(audio)
    if not np.isfinite(loudness):
        return audio, Loudness(loudness, -np.inf)
    peaks = true_peaks(audio)
    gain_db = TARGET_LUFS - loudness
    # Limiting takes some loudness away, so the gain is corrected until the target is met.
    for _ in range(PASSES):
        gain = np.float32(10 ** (gain_db / 20))
        limited = audio * (gain * _limiter(peaks * gain))[:, None]
        loudness = meter.integrated_loudness(limited)
        if abs(loudness - TARGET_LUFS) < 0.1:
            break
        gain_db += TARGET_LUFS - loudness
    return limited, Loudness(float(loudness), float(20 * np.log10(true_peaks(limited).max())))


def true_peaks(audio: Audio) -> npt.NDArray[np.float32]:
    """The largest absolute value at and after each sample, between samples too; shape (samples,).

    Four times oversampled as BS.1770 asks, block by block so that memory does not grow with length.
    """
    peaks = np.empty(len(audio), dtype=np.float32)
    for start in range(0, len(audio), BLOCK):
        first, last = max(0, start - MARGIN), min(len(audio), start + BLOCK + MARGIN)
        fine = np.abs(resample_poly(audio[first:last], OVERSAMPLING, 1, axis=0)).max(axis=1)
        coarse = fine.reshape(-1, OVERSAMPLING).max(axis=1)
        end = min(len(audio), start + BLOCK)
        peaks[start:end] = coarse[start - first : end - first]
    return peaks


def _limiter(peaks: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The gain a sample, smooth and never so large that a peak goes above HIGHEST_PEAK."""
    needed = np.minimum(1.0, HIGHEST_PEAK / np.maximum(peaks, 1e-9)).astype(np.float32)
    held = minimum_filter1d(needed, 2 * LOOKAHEAD + 1)
    smooth: npt.NDArray[np.float32] = uniform_filter1d(held, 2 * LOOKAHEAD + 1)
    return smooth
