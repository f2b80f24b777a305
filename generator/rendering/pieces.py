"""What a MIDI file tells a synthesizer to play, on which sample, and how two synthesizers share it."""

import io
from dataclasses import dataclass, replace

import mido

from generator.rendering.midi import CHORUS_SEND, DRUM_CHANNEL
from generator.rendering.sound import SAMPLE_RATE
from generator.rendering.written import goes_round

LONGEST_LEAD = 0.05
"""Seconds of silence before the first note that a piece may begin with; of a longer one nothing is played."""
RELEASE = SAMPLE_RATE
"""Samples that a note is taken to ring on for, where it is reckoned how long parts take to play."""

Timed = list[tuple[float, mido.Message]]
"""Messages in order with their seconds."""
_Key = tuple[int, int]
"""A channel and a note of it; all drums are one."""
OnSamples = list[tuple[int, mido.Message | None]]
"""Messages in order with the sample that they come before; the last is the end of the piece and no message."""


@dataclass(frozen=True)
class Piece:
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
    def of(cls, midi: bytes, seconds: float, lead: bool) -> "Piece":
        """What a MIDI file of so many seconds has; without `lead` less the silence before its first note."""
        messages = _on_samples(timed_messages(midi), seconds, lead)
        chorus = any(
            message.type == "control_change" and message.control == CHORUS_SEND and message.value
            for _, message in messages
            if message is not None
        )
        channels = sorted({channel for channel, _ in _sounding(messages)})
        return cls(messages, channels, chorus, goes_round(midi))

    def halves(self) -> list["Piece"]:
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
