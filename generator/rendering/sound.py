"""Stereo sound, in memory a block at a time and on disk whole: what all of rendering hands on."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 44_100
"""Samples a second of everything that is rendered."""
BLOCK = SAMPLE_RATE // 2
"""Samples that are worked on at once; memory hangs on this and not on how long a piece is."""
FADE_IN = 64
"""Samples, 1.5 ms: too short to blunt an attack, long enough that none begins with a step."""
FADE_OUT = SAMPLE_RATE // 4
"""The last moment of the ring, led to silence so that no file ends with a click."""

Audio = npt.NDArray[np.float32]
"""Stereo sound, shape (samples, 2), full scale at -1 and 1."""

_FRAME = 8
_HEADER = struct.Struct("<4sI4s4sIHHIIHHH4sII4sI")
_FLOAT_SAMPLES = 3


class FloatWav:
    """A new WAV file of 32-bit floats whose length is known before its samples, which are appended block by block.

    The same samples give the same bytes; libsndfile would write the time of day into such a file.

    Raises:
        ValueError: the file would be too long for a WAV file, about three hours.
    """

    def __init__(self, path: Path, frames: int) -> None:
        try:
            header = _header(frames)
        except struct.error as fault:
            raise ValueError(f"{frames} samples are too many for a WAV file") from fault
        self._file = path.open("wb")
        self._file.write(header)

    def append(self, block: Audio) -> None:
        """Write the next samples, shape (samples, 2)."""
        np.ascontiguousarray(block, dtype="<f4").tofile(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def float_wav_frames(path: Path) -> int:
    """How many samples a file by FloatWav holds."""
    return (os.path.getsize(path) - _HEADER.size) // _FRAME


def float_wav_blocks(path: Path, size: int = BLOCK) -> Iterator[Audio]:
    """The samples of a file by FloatWav in order, `size` at a time, the last block shorter."""
    with path.open("rb") as file:
        file.seek(_HEADER.size)
        while (samples := np.fromfile(file, dtype="<f4", count=2 * size)).size:
            yield samples.reshape(-1, 2)


def edge_gain(here: int, count: int, frames: int) -> Audio:
    """The gain of `count` samples from `here` on in a sound of `frames` samples that is faded in and out.

    It rises over FADE_IN and falls over FADE_OUT, 0..1; shape (count, 1), or (1, 1) far from both ends.
    """
    if here >= FADE_IN and here + count <= frames - FADE_OUT:
        return np.ones((1, 1), dtype=np.float32)
    place = np.arange(here, here + count)
    rise, fall = np.minimum(1.0, place / FADE_IN), np.minimum(1.0, (frames - 1 - place) / FADE_OUT)
    gain: Audio = ((np.sin(np.pi / 2 * rise) * np.sin(np.pi / 2 * fall)) ** 2).astype(np.float32)[:, None]
    return gain


def _header(frames: int) -> bytes:
    size = frames * _FRAME
    format_chunk = (b"fmt ", 18, _FLOAT_SAMPLES, 2, SAMPLE_RATE, SAMPLE_RATE * _FRAME, _FRAME, 32, 0)
    return _HEADER.pack(
        b"RIFF", _HEADER.size - 8 + size, b"WAVE", *format_chunk, b"fact", 4, frames, b"data", size
    )  # fmt: skip
