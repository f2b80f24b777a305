"""A standard MIDI file read from bytes that may be broken or hostile.

Everything is read in one pass over at most LARGEST_FILE bytes, what is kept is counted, and no number of
the file is ever used to reserve memory. Only what a melody needs is kept.
"""

from dataclasses import dataclass, field

from generator.curating.limits import (
    FASTEST_TEMPO,
    LONGEST_SECONDS,
    MOST_EVENTS,
    MOST_NOTES,
    SLOWEST_TEMPO,
    SMALLEST_BEAT,
)
from generator.curating.midi_header import read_header
from generator.curating.midi_track import MidiNote, TrackReader
from generator.curating.refusal import MidiRefused, Refusal
from generator.melody.written import WRITTEN_MARK

_TRACK_NAME, _TEMPO, _METRE, _SIGNATURE, _MAKERS_OWN = 0x03, 0x51, 0x58, 0x59, 0x7F
_DEFAULT_TEMPO = 500_000
"""Microseconds a quarter note, where the file states none."""


@dataclass(frozen=True)
class MidiTrack:
    """The notes of one track, in order of onset, and its name as the file has it."""

    name: bytes
    notes: tuple[MidiNote, ...]


@dataclass
class MidiSong:
    """A file's tracks and the changes along its time; every time in ticks, `division` to a quarter note.

    `tempos` are microseconds a quarter note, `metres` numerator and denominator, `signatures` sharps
    (flats, if negative); each list is in order of time. `end` is the time of the last event.
    `written` are the fields of the melody as it was composed, if the file has them: JSON, unchecked.
    """

    division: int
    tracks: list[MidiTrack] = field(default_factory=list)
    tempos: list[tuple[int, int]] = field(default_factory=list)
    metres: list[tuple[int, tuple[int, int]]] = field(default_factory=list)
    signatures: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0
    written: bytes = b""

    def seconds(self, tick: int) -> float:
        """The time at which `tick` sounds, in seconds from the start."""
        seconds, since, tempo = 0.0, 0, _DEFAULT_TEMPO
        for at, following in self.tempos:
            if at >= tick:
                break
            seconds += (at - since) * tempo / self.division / 1e6
            since, tempo = at, following
        return seconds + (tick - since) * tempo / self.division / 1e6

    def tempo_between(self, start: int, end: int) -> float:
        """The tempo that holds longest from tick `start` to `end`, in quarter notes a minute."""
        changes = [(0, _DEFAULT_TEMPO), *self.tempos]
        until = [at for at, _ in changes[1:]] + [end]
        lengths: dict[int, int] = {}
        for (at, tempo), stop in zip(changes, until, strict=True):
            lengths[tempo] = lengths.get(tempo, 0) + max(0, min(stop, end) - max(at, start))
        return 60e6 / max(lengths, key=lambda tempo: lengths[tempo])


def read_midi(data: bytes) -> MidiSong:
    """The song in `data`, the whole of a file.

    Raises:
        MidiRefused: the file breaks the format or one of the limits.
    """
    header = read_header(data, len(data))
    song = MidiSong(header.division)
    events, notes, at = 0, 0, header.end
    while len(song.tracks) < header.tracks:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "big")
        start, at = at + 8, at + 8 + length
        if len(data) < start or len(data) < at:
            raise MidiRefused(
                Refusal.TRUNCATED,
                f"The file breaks off: it announces {header.tracks} tracks and ends within number "
                f"{len(song.tracks) + 1}. Save or download it again.",
            )
        if kind != b"MTrk":
            continue
        reader = TrackReader(data, start, at, number=len(song.tracks) + 1, most_events=MOST_EVENTS - events)
        _take(song, reader)
        events += reader.events
        notes += len(reader.notes)
        if notes > MOST_NOTES:
            raise MidiRefused(Refusal.TOO_MANY_NOTES, f"The file has more than {MOST_NOTES:,} notes.")
    for changes in (song.tempos, song.metres, song.signatures):
        changes.sort(key=lambda change: change[0])
    if (seconds := song.seconds(song.end)) > LONGEST_SECONDS:
        raise MidiRefused(
            Refusal.TOO_LONG,
            f"The file lasts {seconds / 60:,.0f} minutes; up to {LONGEST_SECONDS // 60} are taken. "
            "If the music is shorter, cut the silence away and save it again.",
        )
    return song


def _take(song: MidiSong, reader: TrackReader) -> None:
    """Reads a track to its end and adds what it holds to `song`."""
    name = b""
    for tick, kind, content in reader.read():
        if kind == _TRACK_NAME:
            name = name or content
        elif kind == _TEMPO:
            song.tempos.append((tick, _tempo(content)))
        elif kind == _METRE:
            song.metres.append((tick, _metre(content)))
        elif kind == _SIGNATURE and len(content) == 2:
            sharps = int.from_bytes(content[:1], signed=True)
            if -7 <= sharps <= 7:
                song.signatures.append((tick, sharps))
        elif kind == _MAKERS_OWN and content.startswith(WRITTEN_MARK):
            song.written = song.written or content.removeprefix(WRITTEN_MARK)
    song.tracks.append(MidiTrack(name, tuple(sorted(reader.notes))))
    song.end = max(song.end, reader.tick)


def _tempo(content: bytes) -> int:
    tempo = int.from_bytes(content, "big") if len(content) == 3 else 0
    if not 60e6 / FASTEST_TEMPO <= tempo <= 60e6 / SLOWEST_TEMPO:
        stated = f"a tempo of {60e6 / tempo:,.0f} quarter notes a minute" if tempo else "a tempo of zero"
        raise MidiRefused(
            Refusal.BAD_TEMPO,
            f"The file states {stated}; {SLOWEST_TEMPO} to {FASTEST_TEMPO} quarter notes a minute are taken.",
        )
    return tempo


def _metre(content: bytes) -> tuple[int, int]:
    numerator, power = (content[0], content[1]) if len(content) >= 2 else (0, 0)
    if numerator == 0 or power > SMALLEST_BEAT.bit_length() - 1:
        denominator = 2**power if power < 16 else "0"
        raise MidiRefused(
            Refusal.BAD_METRE,
            f"The file states a metre of {numerator}/{denominator}, which does not exist; "
            "write one such as 3/4, 4/4 or 6/8.",
        )
    return numerator, 2**power
