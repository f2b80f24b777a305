"""The files of the training pieces: each is whole or not there at all."""

import json
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from emotionmusic.curation import queries
from emotionmusic.curation.models import TrainingPiece, upload_folder

STRAY_AFTER = 3600
"""Seconds; far longer than the moment between a file's writing and its row."""


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Makes the file at `path` with `write`, which is given another place in the same folder to write to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.stem}.{uuid.uuid4().hex}{path.suffix}.part")
    try:
        write(unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def keep_upload(piece: TrainingPiece, content: bytes) -> None:
    """Keeps what was uploaded under a name of the site's own making, for the site's eyes only."""

    def write(path: Path) -> None:
        path.touch(mode=0o600)
        path.write_bytes(content)

    write_whole(piece.midi, write)


def remove_upload(piece: TrainingPiece) -> None:
    """Removes the uploaded file and the preview, which may be gone already."""
    piece.midi.unlink(missing_ok=True)
    piece.preview.unlink(missing_ok=True)


def publish(piece: TrainingPiece) -> None:
    """Puts the melody where training reads it, with its mood if it has one, and the licence and source."""
    told = {**json.loads(piece.melody), "title": piece.title, "licence": piece.licence, "origin": piece.source}
    if piece.mood:
        told["mood"] = piece.mood
    line = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    write_whole(piece.published, lambda path: _write_text(path, line + "\n"))


def unpublish(piece: TrainingPiece) -> None:
    """Takes the melody away from training."""
    piece.published.unlink(missing_ok=True)


def tidy() -> int:
    """Removes files without a piece that wants them and publishes what is missing; how many were touched."""
    touched = 0
    for path in upload_folder().glob("*.*"):
        piece_id = _piece_id(path)
        is_wanted = not path.name.endswith(".part") and piece_id is not None and queries.keeps_upload(piece_id)
        if not is_wanted and time.time() - path.stat().st_mtime > STRAY_AFTER:
            path.unlink(missing_ok=True)
            touched += 1
    approved = {piece.published: piece for piece in queries.approved()}
    for path in Path(settings.CURATED_ROOT).glob("*.json"):
        if path not in approved and _piece_id(path) is not None:
            path.unlink(missing_ok=True)
            touched += 1
    for path, piece in approved.items():
        if not path.exists():
            publish(piece)
            touched += 1
    return touched


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _piece_id(path: Path) -> uuid.UUID | None:
    """The piece that a file's name speaks of."""
    try:
        return uuid.UUID(path.name.split(".")[0])
    except ValueError:
        return None
