"""The files of tracks that are still being rendered."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings

from emotionmusic.library.models import track_folder
from emotionmusic.studio.models import Generation


def folder_of(generation: Generation, lease: uuid.UUID) -> Path:
    """Where a worker writes before the track is whole."""
    return _root() / f"{generation.id}-{lease}"


def sweep() -> int:
    """Remove what lost workers left half-written; how many folders."""
    swept = 0
    for folder in _root().glob("*"):
        try:
            lease = uuid.UUID(folder.name[-36:])
        except ValueError:
            continue  # not one of ours
        if not Generation.objects.filter(lease=lease).exists():
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def keep(*, folder: Path, track_id: uuid.UUID) -> None:
    """Move a whole track's files to their place at once."""
    place = track_folder(track_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(place)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "unfinished"
