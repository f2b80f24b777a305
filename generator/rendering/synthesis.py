"""MIDI to sound through FluidSynth, one loaded soundfont a process, half a second at a time."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

import mido
import numpy as np
import numpy.typing as npt

from generator.rendering.fluid import Groups, Mix, Synth
from generator.rendering.midi import DRUM_CHANNEL
from generator.rendering.pieces import OnSamples, Piece
from generator.rendering.sound import BLOCK, SAMPLE_RATE, Audio
from generator.rendering.soundfont import SoundfontUnusable

SYNTH_GAIN = 0.6
"""Keeps a fortissimo near full scale; the final level is set afterwards, and floats do not clip."""
CHANNELS = 16
RINGING_BLOCKS = 12
"""How long what rings on after the end of a piece that goes round is put under its beginning: six seconds."""

BLOCKS_AHEAD = 4
"""Blocks that are played before they are asked for; one that takes long does not keep the others waiting."""


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
        piece = Piece.of(midi, seconds, lead)
        with closing(_together([self._heard(half, {}, Mix) for half in piece.halves()])) as sounds:
            for first, *others in sounds:
                for other in others:
                    first += other
                yield first

    def blocks_by_channel(
        self, midi: bytes, seconds: float, *, lead: bool = True
    ) -> Generator[dict[int, Audio], None, None]:
        """The same, but every sounding channel by itself with its share of reverb and chorus: their sum is the mix."""
        piece = Piece.of(midi, seconds, lead)
        halves = piece.halves()
        groups = [_fewest_groups(half.channels) for half in halves]
        played = [
            self._heard(half, Groups.settings(count), partial(Groups, groups=count))
            for half, count in zip(halves, groups, strict=True)
        ]
        with closing(_together(played)) as sounds:
            for blocks in sounds:
                sums: dict[int, Audio] = {}
                for half, count, block in zip(halves, groups, blocks, strict=True):
                    for channel in half.channels:
                        sound = block[channel % count]
                        sums[channel] = sums[channel] + sound if channel in sums else sound
                yield {channel: sums[channel] for channel in piece.channels}

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
        self, piece: Piece, settings: dict[str, int], output: Callable[[Synth], _Output]
    ) -> Generator[npt.NDArray[np.float32], None, None]:
        """Blocks of the piece; if it goes round it is played twice, the first time for what rings on alone."""
        settings = settings | {"synth.chorus.active": int(piece.chorus)}

        def played(messages: OnSamples) -> Generator[npt.NDArray[np.float32], None, None]:
            synth, font = self._new_synth(settings)
            return _played(synth, font, output(synth), messages)

        ringing, here = None, 0
        if piece.goes_round:
            total, _ = piece.messages[-1]
            longer = [*piece.messages[:-1], (total + RINGING_BLOCKS * BLOCK, None)]
            last = deque(played(longer), maxlen=RINGING_BLOCKS + 1)
            ringing = np.concatenate(last, axis=-2)[..., -RINGING_BLOCKS * BLOCK :, :]
        with closing(played(piece.messages)) as blocks:
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
                send(synth, message)
        if ready:
            yield output.block(ready)
    finally:
        synth.delete()


def send(synth: Synth, message: mido.Message) -> None:
    """Let a synthesizer hear a message."""
    match message.type:
        case "note_on":
            synth.noteon(message.channel, message.note, message.velocity)
        case "note_off":
            synth.noteoff(message.channel, message.note)
        case "control_change":
            synth.cc(message.channel, message.control, message.value)
        case "program_change":
            synth.program_change(message.channel, message.program)


def _together(
    played: Sequence[Generator[npt.NDArray[np.float32], None, None]],
) -> Generator[list[npt.NDArray[np.float32]], None, None]:
    """The blocks of all of them at a time, each played in a thread of its own and a little ahead."""
    with ExitStack() as stack:
        for sound in played:
            stack.callback(sound.close)
        threads = [stack.enter_context(ThreadPoolExecutor(1)) for _ in played]
        ahead = [
            deque(thread.submit(next, sound, None) for _ in range(BLOCKS_AHEAD))
            for thread, sound in zip(threads, played, strict=True)
        ]
        while True:
            blocks = [waiting.popleft().result() for waiting in ahead]
            whole = [block for block in blocks if block is not None]
            if not whole:
                return
            for thread, sound, waiting in zip(threads, played, ahead, strict=True):
                waiting.append(thread.submit(next, sound, None))
            yield whole


def _fewest_groups(channels: list[int]) -> int:
    """The smallest number of groups that holds no two of the channels in one."""
    return next(
        (groups for groups in range(1, CHANNELS) if len({channel % groups for channel in channels}) == len(channels)),
        CHANNELS,
    )
