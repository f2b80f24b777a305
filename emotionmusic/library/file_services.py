"""What can be done with the files that are made on demand. Every change of state is one conditional UPDATE."""

import logging
import shutil
import tempfile
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import django_rq
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from emotionmusic.library.kinds import Kind
from emotionmusic.library.models import FileState, Track, TrackFile

QUEUE = "render"
MOST_ATTEMPTS = 3
MOST_AT_ONCE = 12
"""Files that one creator may be waiting for."""
SILENT_AFTER = timedelta(seconds=15)
"""A worker that has said nothing for so long is given up."""
ENQUEUE_AFTER = timedelta(seconds=4)
"""Work that nobody has claimed for so long is looked for in the queue."""

log = logging.getLogger(__name__)


class TooManyFiles(Exception):
    """The creator waits for as many files as one may wait for; the message says so."""


def ask_for_file(*, track: Track, kind: Kind) -> TrackFile:
    """The track's file of that kind, on its way from now on if it was not; one that failed is begun anew.

    Raises:
        TooManyFiles: MOST_AT_ONCE is reached.
    """
    with transaction.atomic():
        TrackFile.objects.filter(track=track, kind=kind.name, state=FileState.FAILED).delete()
        file, is_new = TrackFile.objects.get_or_create(
            track=track, kind=kind.name, defaults={"heartbeat_at": timezone.now()}
        )
        if is_new and _under_way().filter(track__owner=track.owner).count() > MOST_AT_ONCE:
            said = _("%(count)d of your files are still being made. Wait for one of them.")
            raise TooManyFiles(said % {"count": MOST_AT_ONCE})
    if is_new:
        enqueue(file=file)
    return file


def enqueue(*, file: TrackFile) -> bool:
    """Put the making into the queue; False if Redis is away. The row is the truth and can wait."""
    try:
        django_rq.get_queue(QUEUE).enqueue("emotionmusic.library.jobs.make_file", str(file.id), job_id=file.job_id)
    except (RedisError, OSError) as fault:
        log.warning("file %s waits, the queue is away: %s", file.id, fault)
        return False
    return True


def claim(*, file: TrackFile) -> bool:
    """waiting -> making; False if another worker has it or there is nothing to do."""
    return _move(file, FileState.WAITING, state=FileState.MAKING, percent=1)


def report(*, file: TrackFile, percent: int) -> bool:
    """A worker's sign of life; False if the file is no longer the worker's."""
    return _move(file, FileState.MAKING, percent=percent)


def keep_alive(*, file: TrackFile) -> bool:
    """A worker's bare sign of life, for the stretches in which nothing can be reported."""
    return _move(file, FileState.MAKING)


def finish(*, file: TrackFile, written: Path) -> bool:
    """making -> ready, with what was written in its place; False, and it is gone, if it is no longer the worker's."""
    file.path.parent.mkdir(exist_ok=True)
    written.rename(file.path)
    if _move(file, FileState.MAKING, state=FileState.READY, percent=100):
        return True
    remove(file.path)
    return False


def fail(*, file: TrackFile) -> bool:
    """making -> failed."""
    return _move(file, FileState.MAKING, state=FileState.FAILED)


def forget_files(*, track: Track, kinds: Collection[str] | None = None) -> None:
    """Take away what was made of a track, and what is being made: all of it, or only what is of those kinds."""
    files = TrackFile.objects.filter(track=track, **({} if kinds is None else {"kind__in": kinds}))
    paths = [file.path for file in files]
    files.delete()
    for path in paths:
        transaction.on_commit(partial(remove, path))


@contextmanager
def workplace(file: TrackFile) -> Iterator[Path]:
    """A folder of a worker's own, which goes with all that is still in it."""
    _workplaces().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_workplaces(), prefix=f"{file.id}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep_workplaces() -> int:
    """Remove what lost workers left half-written; how many folders."""
    busy = {str(file_id) for file_id in _under_way().values_list("id", flat=True)}
    left = [folder for folder in _workplaces().glob("*") if folder.name[:36] not in busy and _is_id(folder.name[:36])]
    for folder in left:
        remove(folder)
    return len(left)


def reconcile_files() -> int:
    """Take files from lost workers and put what waits unseen back into the queue; how many were touched."""
    now = timezone.now()
    touched = 0
    for file in TrackFile.objects.filter(state=FileState.MAKING, heartbeat_at__lt=now - SILENT_AFTER):
        touched += _give_up_worker(file)
    waiting = list(TrackFile.objects.filter(state=FileState.WAITING, heartbeat_at__lt=now - ENQUEUE_AFTER))
    try:
        queued = set(django_rq.get_queue(QUEUE).get_job_ids()) if waiting else set()
    except (RedisError, OSError) as fault:
        log.warning("%d files wait, the queue is away: %s", len(waiting), fault)
        return touched
    return touched + sum(enqueue(file=file) for file in waiting if file.job_id not in queued)


def remove(path: Path) -> None:
    """Remove a file, or a folder of files, which may be gone already."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _move(file: TrackFile, now: FileState, **fields: object) -> bool:
    """Change the row of a file that is in the state `now` and still has that attempt; False if there is none."""
    same = TrackFile.objects.filter(id=file.id, attempt=file.attempt, state=now)
    return bool(same.update(heartbeat_at=timezone.now(), **fields))


def _give_up_worker(file: TrackFile) -> bool:
    """Free the work of a lost worker for another, or fail it when too many were lost."""
    same = TrackFile.objects.filter(
        id=file.id, attempt=file.attempt, state=FileState.MAKING, heartbeat_at=file.heartbeat_at
    )
    if file.attempt + 1 >= MOST_ATTEMPTS:
        return bool(same.update(state=FileState.FAILED))
    hit = same.update(state=FileState.WAITING, attempt=file.attempt + 1, percent=0, heartbeat_at=timezone.now())
    if hit:
        log.warning("file %s lost its worker", file.id)
        file.refresh_from_db()
        enqueue(file=file)
    return bool(hit)


def _under_way() -> QuerySet[TrackFile]:
    return TrackFile.objects.filter(state__in=TrackFile.UNDER_WAY)


def _workplaces() -> Path:
    return Path(settings.MEDIA_ROOT) / "making"


def _is_id(words: str) -> bool:
    try:
        uuid.UUID(words)
    except ValueError:
        return False
    return True
