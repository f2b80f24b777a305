"""MIDI to sound through FluidSynth, one loaded soundfont a process, half a second at a time."""

import io
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import mido
import numpy as np
import numpy.typing as npt

from generator.rendering.fluid import Groups, Mix, Synth
from generator.rendering.midi import CHORUS_SEND, DRUM_CHANNEL
from generator.rendering.sound import BLOCK, SAMPLE_RATE, Audio
from generator.rendering.soundfont import SoundfontUnusable
from generator.rendering.written import goes_round

SYNTH_GAIN = 0.6
"""Keeps a fortissimo near full scale; the final level is set afterwards, and floats do not clip."""
LONGEST_LEAD = 0.05
"""Seconds of silence before the first note that a piece may begin with; of a longer one nothing is played."""
CHANNELS = 16
RINGING_BLOCKS = 12
"""How long what rings on after the end of a piece that goes round is put under its beginning: six seconds."""

Timed = list[tuple[float, mido.Message]]
"""Messages in order with their seconds."""
OnSamples = list[tuple[int, mido.Message | None]]
"""Messages in order with the sample that they come before; the last is the end of the piece and no message."""


class _Output(Protocol):
    def fill(self, first: int, count: int) -> None: ...

    def block(self, count: int) -> npt.NDArray[np.float32]: ...


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
        self._keeper, _ = self._new_synth({})

    def blocks(self, midi: bytes, seconds: float, *, lead: bool = True) -> Generator[Audio, None, None]:
        """The sound of a MIDI file in blocks of BLOCK samples, the last shorter, together exactly `seconds` long.

        Without `lead` the silence before the first note is not played, and the last rings on for as long instead.
        A piece that goes round begins with what rings on from its own end.
        """
        timed = timed_messages(midi)
        messages = _on_samples(timed, seconds, lead)
        yield from self._heard(messages, _chorus(timed), Mix, goes_round(midi))

    def blocks_by_channel(
        self, midi: bytes, seconds: float, *, lead: bool = True
    ) -> Generator[dict[int, Audio], None, None]:
        """The same, but every sounding channel by itself with its share of reverb and chorus: their sum is the mix."""
        timed = timed_messages(midi)
        channels = sorted({message.channel for _, message in timed if message.type == "note_on"})
        groups = _fewest_groups(channels)
        settings = _chorus(timed) | Groups.settings(groups)
        messages = _on_samples(timed, seconds, lead)
        blocks = self._heard(messages, settings, lambda synth: Groups(synth, groups), goes_round(midi))
        with closing(blocks):
            for block in blocks:
                yield {channel: block[channel % groups] for channel in channels}

    def play(self, midi: bytes, seconds: float, progress: Callable[[float], None]) -> Audio:
        """The sound of a short MIDI file at once, exactly `seconds` long, shape (samples, 2).

        `progress` is told the share that is done about twice a second of sound and may raise to stop the rendering.
        """
        audio = np.zeros((round(seconds * SAMPLE_RATE), 2), dtype=np.float32)
        here = 0
        with closing(self.blocks(midi, seconds)) as blocks:
            for block in blocks:
                audio[here : here + len(block)] = block
                here += len(block)
                progress(here / len(audio))
        return audio

    def _heard(
        self,
        messages: OnSamples,
        settings: dict[str, int],
        output: Callable[[Synth], _Output],
        goes_round: bool,
    ) -> Generator[npt.NDArray[np.float32], None, None]:
        """Blocks of the piece; if it goes round it is played twice, the first time for what rings on alone."""

        def played(messages: OnSamples) -> Generator[npt.NDArray[np.float32], None, None]:
            synth, font = self._new_synth(settings)
            return _played(synth, font, output(synth), messages)

        ringing, here = None, 0
        if goes_round:
            total, _ = messages[-1]
            longer = [*messages[:-1], (total + RINGING_BLOCKS * BLOCK, None)]
            last = deque(played(longer), maxlen=RINGING_BLOCKS + 1)
            ringing = np.concatenate(last, axis=-2)[..., -RINGING_BLOCKS * BLOCK :, :]
        with closing(played(messages)) as blocks:
            for block in blocks:
                count = block.shape[-2]
                if ringing is not None and here < ringing.shape[-2]:
                    under = ringing[..., here : here + count, :]
                    block[..., : under.shape[-2], :] += under
                here += count
                yield block

    def _new_synth(self, settings: dict[str, int]) -> tuple[Synth, int]:
        """A silent synthesizer and the number of its soundfont."""
        synth = Synth(gain=SYNTH_GAIN, samplerate=float(SAMPLE_RATE), channels=CHANNELS, **settings)
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


def timed_messages(midi: bytes) -> Timed:
    """Each message that an instrument hears with its seconds from the file's beginning."""
    timed, seconds = [], 0.0
    for message in mido.MidiFile(file=io.BytesIO(midi)):
        seconds += message.time
        if not message.is_meta:
            timed.append((seconds, message))
    return timed


def _chorus(timed: Timed) -> dict[str, int]:
    """The chorus is left off where no part sends to it, which saves time."""
    wanted = any(
        message.type == "control_change" and message.control == CHORUS_SEND and message.value for _, message in timed
    )
    return {"synth.chorus.active": int(wanted)}


def _on_samples(timed: Timed, seconds: float, lead: bool) -> OnSamples:
    """Each message with its sample, then the end of the piece and None."""
    total, left_out = round(seconds * SAMPLE_RATE), 0.0 if lead else _lead_seconds(timed)
    placed = ((round((at - left_out) * SAMPLE_RATE), message) for at, message in timed)
    return [*((min(max(0, sample), total), message) for sample, message in placed), (total, None)]


def _lead_seconds(timed: Timed) -> float:
    """The silence before the first note that is not played: all of it, if it is longer than LONGEST_LEAD."""
    lead = next((at for at, message in timed if message.type == "note_on" and message.velocity), 0.0)
    return lead if lead > LONGEST_LEAD else 0.0


def _played(
    synth: Synth, font: int, output: _Output, messages: OnSamples
) -> Generator[npt.NDArray[np.float32], None, None]:
    """Blocks of what the output hears; the synthesizer is deleted when they end or are given up."""
    here = ready = 0
    try:
        for channel in range(CHANNELS):
            synth.program_select(channel, font, 128 if channel == DRUM_CHANNEL else 0, 0)
        for until, message in messages:
            while here < until:
                count = min(until - here, BLOCK - ready)
                output.fill(ready, count)
                here, ready = here + count, ready + count
                if ready == BLOCK:
                    yield output.block(ready)
                    ready = 0
            if message is not None:
                _send(synth, message)
        if ready:
            yield output.block(ready)
    finally:
        synth.delete()


def _send(synth: Synth, message: mido.Message) -> None:
    match message.type:
        case "note_on":
            synth.noteon(message.channel, message.note, message.velocity)
        case "note_off":
            synth.noteoff(message.channel, message.note)
        case "control_change":
            synth.cc(message.channel, message.control, message.value)
        case "program_change":
            synth.program_change(message.channel, message.program)


def _fewest_groups(channels: list[int]) -> int:
    """The smallest number of groups that holds no two of the channels in one."""
    return next(
        (groups for groups in range(1, CHANNELS) if len({channel % groups for channel in channels}) == len(channels)),
        CHANNELS,
    )
