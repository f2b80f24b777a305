"""MIDI files for the tests: good ones written with mido, broken ones byte by byte."""

import io
import struct
import wave
from pathlib import Path

import mido

from generator.melody.melody import Note

DIVISION = 480
END = b"\x00\xff\x2f\x00"


def midi_bytes(*tracks: bytes, division: int = DIVISION, form: int = 1, announced: int | None = None) -> bytes:
    """A file of `tracks`, each the bytes of its events; it announces as many as it has unless told otherwise."""
    count = len(tracks) if announced is None else announced
    chunks = b"".join(b"MTrk" + struct.pack(">I", len(track)) + track for track in tracks)
    return b"MThd" + struct.pack(">IHHH", 6, form, count, division) + chunks


def meta(kind: int, content: bytes) -> bytes:
    """A meta event at once; `content` is shorter than 128 bytes."""
    return bytes([0, 0xFF, kind, len(content)]) + content


def scale_events(count: int = 32) -> bytes:
    """`count` quavers up and down a scale of C major, with the end of the track."""
    degrees = (60, 62, 64, 65, 67, 65, 64, 62)
    notes = (degrees[number % 8] for number in range(count))
    quaver = b"\x81\x70"  # 240 ticks
    return b"".join(b"\x00\x90" + bytes([note, 80]) + quaver + b"\x80" + bytes([note, 0]) for note in notes) + END


def scale_file(*events: bytes) -> bytes:
    """A good file of one track, with `events` before its notes."""
    return midi_bytes(b"".join(events) + scale_events())


def wav_bytes() -> bytes:
    """A tenth of a second of silence as a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return buffer.getvalue()


def write_midi(
    path: Path,
    *voices: list[Note],
    metre: str | None = "4/4",
    sharps: str | None = None,
    tempo: float = 120,
    title: str = "",
    channel: int = 0,
    together: bool = False,
) -> Path:
    """A file of format 1: a track with title, metre, key and tempo, then one a voice (or all in one, `together`)."""
    file = mido.MidiFile(ticks_per_beat=DIVISION)
    conductor = mido.MidiTrack()
    if title:
        conductor.append(mido.MetaMessage("track_name", name=title))
    if metre:
        numerator, denominator = map(int, metre.split("/"))
        conductor.append(mido.MetaMessage("time_signature", numerator=numerator, denominator=denominator))
    if sharps:
        conductor.append(mido.MetaMessage("key_signature", key=sharps))
    conductor.append(mido.MetaMessage("set_tempo", tempo=round(60e6 / tempo)))
    file.tracks.append(conductor)
    parts = [[note for voice in voices for note in voice]] if together else voices
    for part in parts:
        file.tracks.append(_track(part, channel))
    file.save(path)
    return path


def _track(notes: list[Note], channel: int) -> mido.MidiTrack:
    step = DIVISION // 4
    messages = [(note.onset * step, 1, note.pitch, 80) for note in notes]
    messages += [(note.end * step, 0, note.pitch, 0) for note in notes]
    track, now = mido.MidiTrack(), 0
    for at, _, pitch, velocity in sorted(messages):
        track.append(mido.Message("note_on", note=pitch, velocity=velocity, time=at - now, channel=channel))
        now = at
    return track
