"""What can be done in the library."""

import logging
import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from emotionmusic.accounts.models import User
from emotionmusic.library import queries
from emotionmusic.library.file_services import forget_files
from emotionmusic.library.models import EarlierMelody, MelodyRun, Track

LONGEST_TITLE = 120
ORPHANED_AFTER = 3600
"""Seconds; far longer than the moment between a folder's move and its row."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FinishedPiece:
    """A piece to be kept: what the generator made and said of it."""

    title: str
    facts: dict[str, Any]
    peaks: list[float]
    seconds: float
    melody: dict[str, Any] | None = None


def keep_track(*, track_id: UUID, owner: User, piece: FinishedPiece) -> Track:
    """Put a piece, whose files already lie in the track's folder, into the owner's library."""
    return Track.objects.create(
        id=track_id,
        owner=owner,
        title=piece.title,
        mood=piece.facts["mood"],
        intensity=piece.facts["intensity"],
        seconds=piece.seconds,
        seed=piece.facts["seed"],
        facts=piece.facts,
        peaks=piece.peaks,
        melody=piece.melody,
    )


def remember_melody(*, owner: User, runs: list[int]) -> None:
    """Keep the runs of a composed melody (`generator.composing.earlier.run_hashes`) for ever."""
    with transaction.atomic():
        melody = EarlierMelody.objects.create(owner=owner)
        MelodyRun.objects.bulk_create(
            MelodyRun(melody=melody, place=place, hash=run) for place, run in enumerate(runs)
        )


def rename_track(*, track: Track, title: str) -> None:
    """Give a track another title; files that bear the old one are made anew when they are asked for."""
    if title == track.title:
        return
    track.title, track.renamed = title, True
    with transaction.atomic():
        track.save(update_fields=["title", "renamed"])
        forget_files(track=track)


def delete_track(*, track: Track) -> bool:
    """Take a track out of sight; False if it was deleted already."""
    return bool(Track.objects.filter(id=track.id, deleted_at__isnull=True).update(deleted_at=timezone.now()))


def restore_track(*, track: Track) -> bool:
    """Bring a deleted track back; False if it was not deleted."""
    return bool(Track.objects.filter(id=track.id, deleted_at__isnull=False).update(deleted_at=None))


def purge_deleted() -> int:
    """Remove for good what was deleted longer than TRASH_DAYS ago; how many tracks."""
    purged = 0
    for track in list(queries.tracks_deleted_before(timezone.now() - timedelta(days=settings.TRASH_DAYS))):
        # Only as it was listed: its owner may have brought it back meanwhile.
        if Track.objects.filter(id=track.id, deleted_at=track.deleted_at).delete()[0]:
            remove_folder(track.folder)
            purged += 1
    return purged


def sweep_orphans() -> int:
    """Remove track folders that a worker lost before the row was written; how many."""
    orphans = [folder for folder in (Path(settings.MEDIA_ROOT) / "tracks").glob("*") if _is_orphan(folder)]
    for folder in orphans:
        remove_folder(folder)
    return len(orphans)


def _is_orphan(folder: Path) -> bool:
    try:
        track_id, age = UUID(folder.name), time.time() - folder.stat().st_mtime
    except (ValueError, OSError):
        # Not one of ours, or gone this moment.
        return False
    return age > ORPHANED_AFTER and not Track.objects.filter(id=track_id).exists()


def remove_folder(folder: Path) -> None:
    """Remove a folder of files, which may be gone already."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as fault:
        log.warning("the folder %s could not be removed: %s", folder.name, fault)
