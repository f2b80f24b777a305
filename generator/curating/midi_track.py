"""The events of one track of a standard MIDI file."""

from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from generator.curating.limits import MOST_EVENTS
from generator.curating.refusal import MidiRefused, Refusal

_LONGEST_NUMBER = 4
"""Bytes of a number of variable length (Standard MIDI Files 1.0)."""
_NOTE_OFF, _NOTE_ON, _PROGRAM, _PRESSURE = 0x80, 0x90, 0xC0, 0xD0
_SYSTEM_EXCLUSIVE = (0xF0, 0xF7)
_META, _END_OF_TRACK = 0xFF, 0x2F


class MidiNote(NamedTuple):
    """A note from tick `onset` to `end`, later than it; `channel` counts from 0, so 9 is the drums."""

    onset: int
    pitch: int
    end: int
    channel: int


class TrackReader:
    """Reads the events in `data[start:end]`, once; `number` is the track's, from 1, for messages.

    After `read` has been exhausted, `notes` holds the track's notes, `events` how many events there were
    and `tick` the time of the last one.
    """

    def __init__(self, data: bytes, start: int, end: int, *, number: int, most_events: int) -> None:
        self.notes: list[MidiNote] = []
        self.events = 0
        self.tick = 0
        self._data, self._at, self._end = data, start, end
        self._number, self._most_events = number, most_events
        self._sounding: dict[tuple[int, int], int] = {}

    def read(self) -> Iterator[tuple[int, int, bytes]]:
        """The meta events: tick, type and content.

        Raises:
            MidiRefused: the track breaks the format or has more than `most_events` events.
        """
        status = 0
        while self._at < self._end:
            self.tick += self._varying_number()
            self.events += 1
            if self.events > self._most_events:
                raise MidiRefused(
                    Refusal.TOO_MANY_EVENTS,
                    f"The file has more than {MOST_EVENTS:,} events; a melody needs a few hundred.",
                )
            first = self._byte()
            if first == _META:
                kind = self._byte()
                content = self._block()
                if kind == _END_OF_TRACK:
                    break
                yield self.tick, kind, content
            elif first in _SYSTEM_EXCLUSIVE:
                self._block()
            else:
                # Many programs go on with the running status after a meta event, so it is not forgotten.
                status = first if first & 0x80 else status
                if not 0x80 <= status < 0xF0:
                    self._refuse("has an event that no MIDI file may hold")
                self._channel_event(status, None if first & 0x80 else first)
        for (channel, pitch), onset in self._sounding.items():
            self._end_note(channel, pitch, onset)

    def _channel_event(self, status: int, first: int | None) -> None:
        kind, channel = status & 0xF0, status & 0x0F
        pitch = self._data_byte() if first is None else first
        velocity = 0 if kind in (_PROGRAM, _PRESSURE) else self._data_byte()
        if kind not in (_NOTE_ON, _NOTE_OFF):
            return
        onset = self._sounding.pop((channel, pitch), None)
        if onset is not None:
            self._end_note(channel, pitch, onset)
        if kind == _NOTE_ON and velocity > 0:
            self._sounding[channel, pitch] = self.tick

    def _end_note(self, channel: int, pitch: int, onset: int) -> None:
        if self.tick > onset:
            self.notes.append(MidiNote(onset, pitch, self.tick, channel))

    def _byte(self) -> int:
        if self._at >= self._end:
            raise MidiRefused(
                Refusal.TRUNCATED,
                f"Track {self._number} breaks off in the middle of an event. Save or download the file again.",
            )
        self._at += 1
        return self._data[self._at - 1]

    def _data_byte(self) -> int:
        value = self._byte()
        if value & 0x80:
            self._refuse("has an event whose values are missing")
        return value

    def _block(self) -> bytes:
        length = self._varying_number()
        self._at += length
        if self._at > self._end:
            raise MidiRefused(
                Refusal.TRUNCATED,
                f"Track {self._number} announces {length:,} bytes of text or data and breaks off before. "
                "Save or download the file again.",
            )
        return self._data[self._at - length : self._at]

    def _varying_number(self) -> int:
        value = 0
        for _ in range(_LONGEST_NUMBER):
            byte = self._byte()
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                return value
        self._refuse("has a number that does not end")

    def _refuse(self, fault: str) -> NoReturn:
        raise MidiRefused(
            Refusal.UNREADABLE,
            f"Track {self._number} {fault}. Open the file in a music program and save it as MIDI again.",
        )
