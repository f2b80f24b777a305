"""MIDI to sound through FluidSynth, one loaded soundfont a process, half a second at a time."""

import io
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import lru_cache, partial
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

RELEASE = SAMPLE_RATE
"""Samples that a note is taken to ring on for, where it is reckoned how long parts take to play."""
BLOCKS_AHEAD = 4
"""Blocks that are played before they are asked for; one that takes long does not keep the others waiting."""

Timed = list[tuple[float, mido.Message]]
"""Messages in order with their seconds."""
_Key = tuple[int, int]
"""A channel and a note of it; all drums are one."""
OnSamples = list[tuple[int, mido.Message | None]]
"""Messages in order with the sample that they come before; the last is the end of the piece and no message."""


class _Output(Protocol):
    def fill(self, first: int, count: int) -> None: ...

    def block(self, count: int) -> npt.NDArray[np.float32]: ...


@dataclass(frozen=True)
class _Piece:
    """What is played, or a half of it.

    Attributes:
        messages: of its channels.
        channels: that sound, in order.
        chorus: whether any part of the whole piece sends to it; it is left off otherwise, which saves time.
        goes_round: whether its beginning follows its end.
    """

    messages: OnSamples
    channels: list[int]
    chorus: bool
    goes_round: bool

    @classmethod
    def of(cls, midi: bytes, seconds: float, lead: bool) -> "_Piece":
        messages = _on_samples(timed_messages(midi), seconds, lead)
        chorus = any(
            message.type == "control_change" and message.control == CHORUS_SEND and message.value
            for _, message in messages
            if message is not None
        )
        channels = sorted({channel for channel, _ in _sounding(messages)})
        return cls(messages, channels, chorus, goes_round(midi))

    def halves(self) -> list["_Piece"]:
        """The piece in two parts that take about equally long to play, each with its own effects; of one player whole.

        A reverb of a sum is the sum of reverbs, so that nobody hears the difference. Each key of a channel is played
        by one half, and so are all drums: one of them may cut off another.
        """
        if len(self.channels) <= 1:
            return [self]
        load = _sounding(self.messages)
        loads = [0, 0]
        side_of: dict[_Key | None, int] = {}
        for key in sorted(load, key=lambda key: (-load[key], key)):
            side_of[key] = loads.index(min(loads))
            loads[side_of[key]] += load[key]
        return [
            replace(
                self,
                messages=[
                    (at, message)
                    for at, message in self.messages
                    if message is None or side_of.get(_key(message), side) == side
                ],
                channels=sorted({key[0] for key in load if side_of[key] == side}),
            )
            for side in range(2)
        ]


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
        piece = _Piece.of(midi, seconds, lead)
        with closing(_together([self._heard(half, {}, Mix) for half in piece.halves()])) as sounds:
            for first, *others in sounds:
                for other in others:
                    first += other
                yield first

    def blocks_by_channel(
        self, midi: bytes, seconds: float, *, lead: bool = True
    ) -> Generator[dict[int, Audio], None, None]:
        """The same, but every sounding channel by itself with its share of reverb and chorus: their sum is the mix."""
        piece = _Piece.of(midi, seconds, lead)
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
        self, piece: "_Piece", settings: dict[str, int], output: Callable[[Synth], _Output]
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


def timed_messages(midi: bytes) -> Timed:
    """Each message that an instrument hears with its seconds from the file's beginning."""
    timed, seconds = [], 0.0
    for message in mido.MidiFile(file=io.BytesIO(midi)):
        seconds += message.time
        if not message.is_meta:
            timed.append((seconds, message))
    return timed


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


def _key(message: mido.Message) -> _Key | None:
    """What a message of a note belongs to, None for others."""
    if message.type not in ("note_on", "note_off"):
        return None
    return message.channel, 0 if message.channel == DRUM_CHANNEL else message.note


def _sounding(messages: OnSamples) -> dict[_Key, int]:
    """How many samples the notes of each key last together, with what rings on of each."""
    lasting: dict[_Key, int] = {}
    begun: dict[tuple[int, int], int] = {}
    for at, message in messages:
        if message is None or (key := _key(message)) is None:
            continue
        note = message.channel, message.note
        if message.type == "note_on" and message.velocity:
            begun[note] = at
            lasting[key] = lasting.get(key, 0) + RELEASE
        elif note in begun:
            lasting[key] += at - begun.pop(note)
    return lasting


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
