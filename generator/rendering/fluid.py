"""FluidSynth's output in floats, mixed or channel by channel, which pyfluidsynth's own classes do not reach."""

import sys
from contextlib import redirect_stdout
from ctypes import c_int, c_void_p

import numpy as np
import numpy.typing as npt

from generator.rendering.sound import BLOCK, Audio

# Where CI is set, pyfluidsynth prints the place of its library; stdout belongs to whoever asked for tracks.
with redirect_stdout(sys.stderr):
    from fluidsynth import Synth as Synth
    from fluidsynth import cfunc

_SAMPLE = 4
_EFFECTS = 2
"""Reverb and chorus."""

_write_float = cfunc(
    "fluid_synth_write_float", c_int,
    ("synth", c_void_p, 1), ("len", c_int, 1),
    ("lout", c_void_p, 1), ("loff", c_int, 1), ("lincr", c_int, 1),
    ("rout", c_void_p, 1), ("roff", c_int, 1), ("rincr", c_int, 1),
)  # fmt: skip
_process = cfunc(
    "fluid_synth_process", c_int,
    ("synth", c_void_p, 1), ("len", c_int, 1),
    ("nfx", c_int, 1), ("fx", c_void_p, 1), ("nout", c_int, 1), ("out", c_void_p, 1),
)  # fmt: skip


class Mix:
    """Everything that a synthesizer plays, in stereo; `buffer` has the shape (BLOCK, 2)."""

    def __init__(self, synth: Synth) -> None:
        self._synth = synth
        self.buffer: Audio = np.empty((BLOCK, 2), dtype=np.float32)

    def fill(self, first: int, count: int) -> None:
        """Play on for `count` samples into the buffer, from `first` on."""
        place = self.buffer.ctypes.data
        _write_float(self._synth.synth, count, place, 2 * first, 2, place, 2 * first + 1, 2)

    def block(self, count: int) -> Audio:
        """The first `count` samples of the buffer, to be kept; shape (count, 2)."""
        return self.buffer[:count].copy()


class Groups:
    """Each group of channels by itself, with a reverb and a chorus of its own.

    Channel c belongs to group c modulo `groups`. One run plays them all, so that every voice does what it does in
    the mix: played one after another they would not add up to it, since FluidSynth's voices begin a shade
    differently depending on what sounded in them before.
    """

    def __init__(self, synth: Synth, groups: int) -> None:
        self._synth, self._groups = synth, groups
        self.buffer: npt.NDArray[np.float32] = np.empty((groups, 2, BLOCK), dtype=np.float32)

    @staticmethod
    def settings(groups: int) -> dict[str, int]:
        """What a synthesizer must be made with."""
        return {"synth.audio-channels": groups, "synth.audio-groups": groups, "synth.effects-groups": groups}

    def fill(self, first: int, count: int) -> None:
        """Play on for `count` samples into the buffers, from `first` on; effects are added to what they come from."""
        self.buffer[:, :, first : first + count] = 0
        place = self.buffer.ctypes.data + _SAMPLE * first
        dry = [place + _SAMPLE * BLOCK * side for side in range(2 * self._groups)]
        wet = [dry[2 * group + side] for group in range(self._groups) for _ in range(_EFFECTS) for side in range(2)]
        _process(
            self._synth.synth, count, len(wet), (c_void_p * len(wet))(*wet), len(dry), (c_void_p * len(dry))(*dry)
        )

    def block(self, count: int) -> npt.NDArray[np.float32]:
        """The first `count` samples of every group, to be kept; shape (groups, count, 2)."""
        return self.buffer[:, :, :count].transpose(0, 2, 1).copy()
