"""Sound on disk brought to its loudness: -14 LUFS, true peak under -1 dBTP, without clipping."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from generator.rendering.loudness import TARGET_LUFS, LoudnessMeter
from generator.rendering.sound import BLOCK, FloatWav, float_wav_blocks, float_wav_frames
from generator.rendering.true_peak import HOP

HIGHEST_PEAK = 10 ** (-2.7 / 20)
"""Full scale is 1. An MP3 of much limited beats peaks up to 1.3 dB higher, and -1 dBTP is promised of it too."""
LOOKAHEAD_HOPS = 7
"""Stretches of HOP samples over which the limiter closes before a peak and opens after it: 5 ms."""
TOLERANCE = 0.1
"""LU from the target at which the gain is good enough."""
PASSES = 6
_HOPS_AT_ONCE = BLOCK // HOP
_Follows = Literal["nearest", "wrap"]
"""What comes after the last stretch: the like of it, or the first."""


@dataclass(frozen=True)
class Levelled:
    """What came of it: the integrated loudness measured in LUFS, and what was amplified by before limiting, in dB."""

    integrated: float
    gain_db: float


def level(
    played: Path,
    levelled: Path,
    *,
    loudness: float,
    peaks: npt.NDArray[np.float32],
    goes_round: bool = False,
    progress: Callable[[float], None] = lambda share: None,
) -> Levelled:
    """Write the sound `played` at TARGET_LUFS with its peaks limited.

    Args:
        played, levelled: files by FloatWav.
        loudness: of what is played, in LUFS.
        peaks: its true peaks, one every HOP samples, by TruePeakMeter.
        goes_round: whether its beginning follows its end, also for the limiter.
        progress: is told the share that is done, 0..1, and may raise to stop.
    """
    follows: _Follows = "wrap" if goes_round else "nearest"
    gain_db = TARGET_LUFS - loudness if np.isfinite(loudness) else 0.0
    # Limiting takes some loudness away, so the gain is corrected until the target is met.
    for number in range(PASSES):
        measured = _write(levelled, played, 10 ** (gain_db / 20), peaks, follows, _half_of_the_rest(progress, number))
        missing = TARGET_LUFS - measured
        if not np.isfinite(loudness) or abs(missing) < TOLERANCE or number == PASSES - 1:
            break
        gain_db += missing
    return Levelled(measured, gain_db)


def _write(
    levelled: Path,
    played: Path,
    gain: float,
    peaks: npt.NDArray[np.float32],
    follows: _Follows,
    progress: Callable[[float], None],
) -> float:
    """Write what is played times `gain`, limited; its integrated loudness."""
    meter = LoudnessMeter()
    frames, here = float_wav_frames(played), 0
    with FloatWav(levelled, frames) as file:
        blocks = float_wav_blocks(played, _HOPS_AT_ONCE * HOP)
        for block, limit in zip(blocks, _limits(peaks * gain, follows), strict=False):
            block *= np.float32(gain) * limit[: len(block), None]
            file.append(block)
            meter.add(block)
            here += len(block)
            progress(here / frames)
    return meter.integrated()


def _limits(peaks: npt.NDArray[np.floating], follows: _Follows) -> Iterator[npt.NDArray[np.float32]]:
    """The limiter's gain a sample, _HOPS_AT_ONCE stretches at a time, smooth and never so large that one peaks higher.

    Each stretch and its neighbours get no more than the stretch can bear, and the gain runs straight between the
    borders of stretches.
    """
    bearable = np.minimum(1.0, HIGHEST_PEAK / np.maximum(peaks, 1e-9))
    held = minimum_filter1d(bearable, 2 * (LOOKAHEAD_HOPS + 1) + 1, mode=follows)
    smooth = uniform_filter1d(held, 2 * LOOKAHEAD_HOPS + 1, mode=follows)
    around = np.pad(smooth, 1, mode="wrap" if follows == "wrap" else "edge")
    borders = (around[:-1] + around[1:]) / 2
    along = np.arange(HOP) / HOP
    for first in range(0, len(peaks), _HOPS_AT_ONCE):
        these = borders[first : first + _HOPS_AT_ONCE + 1, None]
        yield (these[:-1] + np.diff(these, axis=0) * along).astype(np.float32).ravel()


def _half_of_the_rest(progress: Callable[[float], None], number: int) -> Callable[[float], None]:
    """Nobody knows how many passes it takes, so each is half of what is left."""
    return lambda share: progress(1 - 0.5**number * (1 - share / 2))
