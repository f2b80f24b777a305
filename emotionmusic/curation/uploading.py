"""Uploaded files on their way to being training pieces."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from emotionmusic.accounts.models import User
from emotionmusic.curation import files, queries, services
from emotionmusic.curation.models import Licence, TrainingPiece
from generator.curating.midi_header import HEADER_BYTES, read_header
from generator.curating.refusal import MidiRefused
from generator.curating.texts import clean_line


@dataclass(frozen=True)
class Upload:
    """What became of one file: `piece` if it was taken, else `problem` says what is wrong with it."""

    name: str
    piece: TrainingPiece | None = None
    problem: str = ""


def accept_uploads(
    *, uploader: User, uploads: "Sequence[UploadedFile[Any]]", source: str, licence: Licence, mood: str = ""
) -> list[Upload]:
    """Take the files that could be MIDI, each for itself, and queue their checks once they are safely stored.

    Raises:
        UnknownMood: the files are labelled with a word that is no mood.
    """
    told = {"uploader": uploader, "source": source, "licence": licence, "mood": services.known_mood(mood)}
    results = [_accept(upload, told) for upload in uploads]
    taken = [result.piece for result in results if result.piece is not None]
    transaction.on_commit(partial(services.enqueue_checks, pieces=taken))
    return results


def _accept(upload: "UploadedFile[Any]", told: dict[str, Any]) -> Upload:
    """Take one file, with what its sender told of it as the piece's fields."""
    name = _plain_name(upload.name or "")
    try:
        read_header(upload.read(HEADER_BYTES), upload.size or 0)
    except MidiRefused as refused:
        return Upload(name, problem=refused.message)
    upload.seek(0)
    content = upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            piece = TrainingPiece.objects.create(
                original_name=name,
                title=PurePosixPath(name).stem or name,
                sha256=sha256,
                queued_at=timezone.now(),
                **told,
            )
            files.keep_upload(piece, content)
    except IntegrityError:
        earlier = queries.same_file(sha256)
        known = f", as “{earlier.title}” ({earlier.get_state_display()})" if earlier else ""
        return Upload(name, problem=f"This very file is in the collection already{known}.")
    return Upload(name, piece=piece)


def _plain_name(name: str) -> str:
    """The file's name without the folders of its sender, as one line."""
    return clean_line(name.replace("\\", "/").rsplit("/", 1)[-1]) or "unnamed"
