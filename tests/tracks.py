"""Finished tracks for tests that are not about making them."""

import io
import uuid
from typing import Any

import mido

from emotionmusic.accounts.models import User
from emotionmusic.library.models import Track, track_folder
from emotionmusic.library.services import FinishedPiece, keep_track

FACTS: dict[str, Any] = {
    "mood": "sad",
    "intensity": 0.8,
    "seed": 7,
    "tempo": 66.0,
    "key": "D minor",
    "metre": "4/4",
    "bars": 8,
    "seconds_asked": 30.0,
    "style": "piano",
    "instrument": "Piano",
    "chords": [[0.0, "Dm"], [3.636, "Gm"], [7.273, "A7"], [10.909, "Dm"]],
    "checkpoint": "lb_attention-test",
}
MELODY: dict[str, Any] = {
    "metre": "4/4",
    "tonic": 2,
    "mode": "minor",
    "steps": 128,
    "notes": [[4 * beat, 4, 62 + (0, 3, 5, 7, 3, 2)[beat % 6]] for beat in range(31)] + [[124, 4, 62]],
}
"""Eight bars of 4/4 in D minor."""
PITCHES = {"Piano": [62, 65, 67, 69], "Piano, bass": [38, 43], "Light percussion": [42, 46, 42]}
"""What the parts of the MIDI file play, a note a beat."""


def _midi() -> bytes:
    """The eight bars' MIDI file, or what tests need of it: three parts, the last of drums."""
    file = mido.MidiFile(ticks_per_beat=480)
    bars = mido.MetaMessage("time_signature", numerator=4, denominator=4)
    tempo = mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(66))
    file.tracks.append(mido.MidiTrack([tempo, bars, mido.MetaMessage("end_of_track", time=8 * 4 * 480)]))
    for channel, (name, pitches) in zip((0, 1, 9), PITCHES.items(), strict=True):
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
        for pitch in pitches:
            track.append(mido.Message("note_on", channel=channel, note=pitch, velocity=80))
            track.append(mido.Message("note_off", channel=channel, note=pitch, time=480))
        file.tracks.append(track)
    written = io.BytesIO()
    file.save(file=written)
    return written.getvalue()


FILES = {
    "track.wav": b"RIFF" + bytes(range(256)) * 8,
    "track.mp3": bytes(range(256)) * 4,
    "track.mid": _midi(),
}


def kept_track(
    owner: User, title: str = "Sad in D minor", *, seconds: float = 30.0, melody: dict[str, Any] | None = MELODY
) -> Track:
    """A track in the owner's library with a file of each kind; without `melody` as those of old."""
    track_id = uuid.uuid4()
    folder = track_folder(track_id)
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    piece = FinishedPiece(title, FACTS, [0.2, 0.9, 0.5, 0.1], seconds, melody)
    return keep_track(track_id=track_id, owner=owner, piece=piece)
