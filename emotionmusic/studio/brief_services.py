"""What can be done with a brief. Every change of state is one conditional UPDATE."""

import logging
import uuid
from datetime import timedelta
from typing import Any

import django_rq
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from redis.exceptions import RedisError

from emotionmusic.accounts.models import User
from emotionmusic.library.file_services import forget_files
from emotionmusic.studio import brief_files, brief_queries
from emotionmusic.studio.brief_models import LONGEST_NAME, Brief, BriefState
from emotionmusic.studio.video_kinds import VIDEO_NAMES
from generator.brief.refusal import BriefRefused

QUEUE = "read"
MOST_ATTEMPTS = 3
SILENT_AFTER = timedelta(seconds=15)
"""A worker that has said nothing for so long is given up."""
ENQUEUE_AFTER = timedelta(seconds=4)
"""Work that nobody has claimed for so long is looked for in the queue."""
MEGABYTE = 1_000_000

log = logging.getLogger(__name__)


class TooMuch(Exception):
    """The creator has as much under way, or uploaded, as one may have; the message says so."""


def request_brief(
    *, owner: User, submission: uuid.UUID, words: str, upload: "UploadedFile[Any] | None", seconds: float | None
) -> Brief:
    """Note what a video is about and queue its reading; the same form sent twice is one brief.

    Raises:
        TooMuch: BRIEFS_AT_ONCE or UPLOADS_MB is reached.
    """
    size = upload.size or 0 if upload else 0
    if earlier := brief_queries.submitted(owner, submission):
        return earlier
    _check_room(owner, size)
    brief = Brief(
        owner=owner,
        submission=submission,
        words=words,
        file_name=_plain_name(upload.name or "") if upload else "",
        file_bytes=size,
        asked_seconds=seconds,
        heartbeat_at=timezone.now(),
    )
    try:
        # Before the transaction: nobody else waits for the database while a large file is moved.
        if upload:
            brief_files.keep_upload(brief, upload)
        with transaction.atomic():
            _check_room(owner, size)
            brief.save(force_insert=True)
    except IntegrityError:
        # The same form arrived twice at the very same moment; the other one has made the row.
        brief_files.remove_upload(brief)
        return Brief.objects.get(owner=owner, submission=submission)
    except BaseException:
        brief_files.remove_upload(brief)
        raise
    enqueue(brief=brief)
    return brief


def enqueue(*, brief: Brief) -> bool:
    """Put the reading into its queue; False if Redis is away. The row is the truth and can wait."""
    try:
        django_rq.get_queue(QUEUE).enqueue(
            "emotionmusic.studio.jobs.read.read_brief", str(brief.id), job_id=brief.job_id
        )
    except (RedisError, OSError) as fault:
        log.warning("brief %s waits, the queue is away: %s", brief.id, fault)
        return False
    return True


def claim(*, brief: Brief) -> uuid.UUID | None:
    """queued -> reading: a worker's lease, None if another has it or there is nothing to do."""
    lease = uuid.uuid4()
    hit = Brief.objects.filter(id=brief.id, state=BriefState.QUEUED).update(
        state=BriefState.READING, lease=lease, heartbeat_at=timezone.now(), percent=1
    )
    return lease if hit else None


def report(*, brief: Brief, lease: uuid.UUID, percent: int) -> bool:
    """A worker's sign of life; False if the brief is no longer the worker's."""
    return _move(brief, lease, percent=percent)


def keep_alive(*, brief: Brief, lease: uuid.UUID) -> bool:
    """A worker's bare sign of life, for the stretches in which nothing can be reported."""
    return _move(brief, lease)


def finish(*, brief: Brief, lease: uuid.UUID, timeline: dict[str, Any], timed: bool) -> bool:
    """reading -> done; of the uploads only videos are still wanted."""
    kept = {} if brief.is_video else {"file_bytes": 0}
    hit = _move(brief, lease, state=BriefState.DONE, lease=None, percent=100, timeline=timeline, timed=timed, **kept)
    if hit and kept:
        brief_files.remove_upload(brief)
    return hit


def fail(*, brief: Brief, lease: uuid.UUID, refused: BriefRefused | None = None) -> bool:
    """reading -> failed, by the name of what is wrong with it; without one the fault is ours. Its file goes."""
    refusal = refused.to_json() if refused else {}
    hit = _move(brief, lease, state=BriefState.FAILED, lease=None, refusal=refusal, file_bytes=0)
    if hit:
        brief_files.remove_upload(brief)
    return hit


def cancel(*, brief: Brief) -> bool:
    """queued or reading -> cancelled; a worker at it finds out at its next sign of life."""
    hit = Brief.objects.filter(id=brief.id, state__in=Brief.UNDER_WAY).update(
        state=BriefState.CANCELLED, lease=None, file_bytes=0
    )
    if hit:
        brief_files.remove_upload(brief)
    return bool(hit)


def delete(*, brief: Brief) -> None:
    """Remove a brief and its file for good; tracks that were composed to it stay."""
    _forget_video(brief)
    Brief.objects.filter(id=brief.id).delete()


def reconcile_briefs() -> int:
    """Take briefs from lost workers and put what waits unseen back into the queue; how many were touched."""
    now = timezone.now()
    touched = sum(_give_up_worker(brief) for brief in brief_queries.silent(now - SILENT_AFTER))
    waiting = list(brief_queries.waiting_for_a_worker(now - ENQUEUE_AFTER))
    try:
        queued = set(django_rq.get_queue(QUEUE).get_job_ids()) if waiting else set()
    except (RedisError, OSError) as fault:
        log.warning("%d briefs wait, the queue is away: %s", len(waiting), fault)
        return touched
    return touched + sum(enqueue(brief=brief) for brief in waiting if brief.job_id not in queued)


def tidy_briefs() -> int:
    """Remove what has been kept long enough: briefs after BRIEF_DAYS, videos after VIDEO_DAYS; how many."""
    now = timezone.now()
    old = Brief.objects.exclude(state__in=Brief.UNDER_WAY)
    briefs = list(old.filter(created_at__lt=now - timedelta(days=settings.BRIEF_DAYS)))
    for brief in briefs:
        delete(brief=brief)
    videos = list(old.filter(created_at__lt=now - timedelta(days=settings.VIDEO_DAYS), file_bytes__gt=0))
    for brief in videos:
        _forget_video(brief)
    return len(briefs) + len(videos) + brief_files.sweep_uploads()


def _forget_video(brief: Brief) -> None:
    """Remove the uploaded file, and the videos with music that were made of it."""
    Brief.objects.filter(id=brief.id).update(file_bytes=0)
    brief_files.remove_upload(brief)
    for track in brief_queries.tracks_of(brief):
        forget_files(track=track, kinds=VIDEO_NAMES)


def _check_room(owner: User, size: int) -> None:
    if brief_queries.under_way(owner).count() >= settings.BRIEFS_AT_ONCE:
        raise TooMuch(
            ngettext(
                "A description of yours is still being read. Wait for it, or cancel it.",
                "%(number)d of your descriptions are still being read. Wait for one, or cancel it.",
                settings.BRIEFS_AT_ONCE,
            )
            % {"number": settings.BRIEFS_AT_ONCE}
        )
    if size and brief_queries.uploaded_bytes(owner) + size > settings.UPLOADS_MB * MEGABYTE:
        raise TooMuch(
            gettext(
                "We keep at most %(most)d MB of your videos. Delete one that you need no longer, or wait a few days."
            )
            % {"most": settings.UPLOADS_MB}
        )


def _plain_name(name: str) -> str:
    """The file's name without the folders of its sender, as one line; its end, which tells the kind, is kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-LONGEST_NAME:]


def _move(brief: Brief, worker: uuid.UUID, **fields: object) -> bool:
    """Change the row of a brief that the worker still has; False if it has it no longer."""
    return bool(Brief.objects.filter(id=brief.id, lease=worker).update(**{"heartbeat_at": timezone.now(), **fields}))


def _give_up_worker(brief: Brief) -> bool:
    """Free the work of a lost worker for another, or fail it when too many were lost."""
    same = Brief.objects.filter(id=brief.id, lease=brief.lease, heartbeat_at=brief.heartbeat_at)
    if brief.attempt + 1 >= MOST_ATTEMPTS:
        hit = same.update(state=BriefState.FAILED, lease=None, file_bytes=0)
        if hit:
            brief_files.remove_upload(brief)
        return bool(hit)
    hit = same.update(
        state=BriefState.QUEUED, lease=None, attempt=brief.attempt + 1, percent=0, heartbeat_at=timezone.now()
    )
    if hit:
        log.warning("brief %s lost its worker", brief.id)
        brief.refresh_from_db()
        enqueue(brief=brief)
    return bool(hit)
