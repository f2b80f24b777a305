"""MIDI to sound through FluidSynth, one loaded synthesizer a process."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path

import mido
import numpy as np
import numpy.typing as npt

from generator.rendering.soundfont import SoundfontUnusable

# Where CI is set, pyfluidsynth prints the place of its library; stdout belongs to whoever asked for tracks.
with redirect_stdout(sys.stderr):
    import fluidsynth

SAMPLE_RATE = 44_100
"""Samples a second of everything that is rendered."""
BLOCK_SECONDS = 0.5
DRUM_CHANNEL = 9
SYNTH_GAIN = 0.6
"""Keeps a fortissimo under the top of 16 bits; the final level is set afterwards."""

Audio = npt.NDArray[np.float32]
"""Stereo sound, shape (samples, 2), full scale at -1 and 1."""


class Synthesizer:
    """FluidSynth with one soundfont, kept loaded; loading takes longer than playing a short piece.

    Every piece is played by a synthesizer of its own, in which nothing of an earlier piece rings on, so
    that the same MIDI gives the same samples. FluidSynth shares the soundfont's samples among them as
    long as one holds on to it, which is what this object does.
    """

    def __init__(self, soundfont: Path) -> None:
        """Load `soundfont`.

        Raises:
            SoundfontUnusable: it is missing or no SF2/SF3 file.
        """
        self._soundfont = soundfont
        self._keeper, _ = self._new_synth()

    def play(self, midi: bytes, seconds: float, progress: Callable[[float], None]) -> Audio:
        """The sound of a MIDI file, exactly `seconds` long; `progress` is told the share that is done.

        `progress` is called about twice a second of sound and may raise to stop the rendering.
        """
        total = round(seconds * SAMPLE_RATE)
        audio = np.zeros((total, 2), dtype=np.float32)
        block = round(BLOCK_SECONDS * SAMPLE_RATE)
        here = 0
        synth, font = self._new_synth()
        for channel in range(16):
            synth.program_select(channel, font, 128 if channel == DRUM_CHANNEL else 0, 0)
        try:
            for until, message in _timed_messages(midi, total):
                while here < until:
                    count = min(until - here, block - here % block)
                    audio[here : here + count] = synth.get_samples(count).reshape(-1, 2) / 32768
                    here += count
                    if here % block == 0:
                        progress(here / total)
                if message is not None:
                    _send(synth, message)
        finally:
            synth.delete()
        return audio

    def _new_synth(self) -> tuple[fluidsynth.Synth, int]:
        """A silent synthesizer and the number of its soundfont."""
        synth = fluidsynth.Synth(gain=SYNTH_GAIN, samplerate=float(SAMPLE_RATE))
        synth.setting("synth.chorus.active", 0)
        font = synth.sfload(str(self._soundfont)) if self._soundfont.is_file() else -1
        if font == -1:
            synth.delete()
            raise SoundfontUnusable(
                f"the soundfont {self._soundfont} cannot be loaded; "
                "install fluid-soundfont-gm or let SOUNDFONT name an SF2 file"
            )
        return synth, font


@lru_cache(maxsize=1)
def load_synthesizer(soundfont: Path) -> Synthesizer:
    """The synthesizer of a soundfont, loaded once a process.

    Raises:
        SoundfontUnusable: see Synthesizer.
    """
    return Synthesizer(soundfont)


def _send(synth: fluidsynth.Synth, message: mido.Message) -> None:
    match message.type:
        case "note_on":
            synth.noteon(message.channel, message.note, message.velocity)
        case "note_off":
            synth.noteoff(message.channel, message.note)
        case "control_change":
            synth.cc(message.channel, message.control, message.value)
        case "program_change":
            synth.program_change(message.channel, message.program)


def _timed_messages(midi: bytes, total: int) -> Iterator[tuple[int, mido.Message | None]]:
    """Each message with its sample, then (total, None)."""
    seconds = 0.0
    for message in mido.MidiFile(file=io.BytesIO(midi)):
        seconds += message.time
        if not message.is_meta:
            yield min(round(seconds * SAMPLE_RATE), total), message
    yield total, None
