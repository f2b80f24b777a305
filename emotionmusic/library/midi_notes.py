"""What sounds when in a track's MIDI file, as far as a drawing needs it."""

import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import mido

DRUM_CHANNEL = 9


@dataclass(frozen=True)
class DrawnNote:
    """A note: `start` and `end` in seconds, `pitch` as a MIDI number."""

    start: float
    end: float
    pitch: int


@dataclass(frozen=True)
class DrawnPart:
    """What one instrument plays; of drums the pitches are kinds of drums."""

    name: str
    notes: list[DrawnNote]
    drums: bool


@dataclass(frozen=True)
class Drawing:
    """The parts in the order of their channels, as stems have them, and the seconds at which the bars begin."""

    parts: list[DrawnPart]
    bars: list[float]


def read_notes(midi: bytes) -> Drawing:
    """The notes and the bars of one of our own MIDI files.

    Raises:
        OSError, EOFError: it is broken.
    """
    file = mido.MidiFile(file=io.BytesIO(midi), charset="utf-8")
    if not file.tracks:
        return Drawing([], [])
    clock = _Clock(file.tracks[0], file.ticks_per_beat)
    found = {channel: part for track in file.tracks for channel, part in _parts(track, clock)}
    return Drawing([found[channel] for channel in sorted(found)], list(_bars(file.tracks[0], clock)))


class _Clock:
    """From ticks to seconds, whatever the tempo does on the way."""

    def __init__(self, frame: mido.MidiTrack, ticks_per_quarter: int) -> None:
        self.ticks_per_quarter = ticks_per_quarter
        changes = [(tick, message.tempo) for tick, message in _timed(frame) if message.type == "set_tempo"]
        self._ticks, self._second_a_tick, self._seconds = [0], [0.5 / ticks_per_quarter], [0.0]
        for tick, tempo in changes:
            self._seconds.append(self.second(tick))
            self._ticks.append(tick)
            self._second_a_tick.append(tempo / 1_000_000 / ticks_per_quarter)

    def second(self, tick: int) -> float:
        last = bisect_right(self._ticks, tick) - 1
        return self._seconds[last] + (tick - self._ticks[last]) * self._second_a_tick[last]


def _timed(track: mido.MidiTrack) -> Iterator[tuple[int, mido.Message]]:
    """The track's messages with their ticks from its beginning."""
    return zip(accumulate(message.time for message in track), track, strict=True)


def _parts(track: mido.MidiTrack, clock: _Clock) -> Iterator[tuple[int, DrawnPart]]:
    """The part that a track plays, with its channel, if it plays any."""
    notes: list[DrawnNote] = []
    begun: dict[int, float] = {}
    channel = 0
    for tick, message in _timed(track):
        if message.type not in ("note_on", "note_off"):
            continue
        channel = message.channel
        if message.type == "note_on" and message.velocity:
            begun[message.note] = clock.second(tick)
        elif message.note in begun:
            notes.append(DrawnNote(begun.pop(message.note), clock.second(tick), message.note))
    if notes:
        yield channel, DrawnPart(track.name, notes, channel == DRUM_CHANNEL)


def _bars(frame: mido.MidiTrack, clock: _Clock) -> Iterator[float]:
    """Where the bars of the last time signature begin; a pick-up before them is a signature of its own."""
    signatures = [(tick, message) for tick, message in _timed(frame) if message.type == "time_signature"]
    if not signatures:
        return
    first, signature = signatures[-1]
    length = 4 * clock.ticks_per_quarter * signature.numerator // signature.denominator
    for tick in range(first, sum(message.time for message in frame), length):
        yield clock.second(tick)
