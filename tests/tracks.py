"""Finished tracks for tests that are not about making them."""

import uuid
from typing import Any

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
    "instrument": "Piano",
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
FILES = {
    "track.wav": b"RIFF" + bytes(range(256)) * 8,
    "track.mp3": bytes(range(256)) * 4,
    "track.mid": b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x01\xe0",
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
