"""What can be done with a generation. Every change of state is one conditional UPDATE."""

import logging
import uuid
from datetime import timedelta
from typing import Any

import django_rq
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop, ngettext
from redis.exceptions import RedisError

from emotionmusic.accounts.models import User
from emotionmusic.library import services as library
from emotionmusic.studio import queries
from emotionmusic.studio.models import Generation, State
from emotionmusic.studio.progress import QUEUE_GROUP, group_of, nudge
from emotionmusic.studio.shape import AS_THE_MOOD_HAS_IT, Shape

MOST_ATTEMPTS = 5
SILENT_AFTER = timedelta(seconds=15)
"""A worker that has said nothing for so long is given up."""
ENQUEUE_AFTER = timedelta(seconds=4)
"""Work that nobody has claimed for so long is looked for in the queue."""
LOST_WORKER = gettext_noop("Our composer stopped in the middle, several times. Please try again; your wish is kept.")
"""Kept in English, as all reasons are; pages translate them."""

log = logging.getLogger(__name__)


class TooManyUnderWay(Exception):
    """The creator has as many tracks under way as one may have; the message says so."""


def request_generation(
    *,
    owner: User,
    submission: uuid.UUID,
    mood: str,
    intensity: float,
    seconds: float,
    seed: int,
    shape: Shape = AS_THE_MOOD_HAS_IT,
    **more: Any,
) -> Generation:
    """Note a wish and queue it once it is safely stored; the same form sent twice is one wish.

    `more` are the fields of a generation that is made from an earlier track, or to a brief.

    Raises:
        TooManyUnderWay: GENERATIONS_AT_ONCE is reached.
    """
    try:
        with transaction.atomic():
            if earlier := queries.submitted(owner, submission):
                return earlier
            if queries.under_way(owner).count() >= settings.GENERATIONS_AT_ONCE:
                said = ngettext(
                    "%(number)d of your tracks is still under way. Wait for it to finish, or cancel it.",
                    "%(number)d of your tracks are still under way. Wait for one to finish, or cancel it.",
                    settings.GENERATIONS_AT_ONCE,
                )
                raise TooManyUnderWay(said % {"number": settings.GENERATIONS_AT_ONCE})
            generation = Generation.objects.create(
                owner=owner,
                submission=submission,
                mood=mood,
                intensity=intensity,
                seconds=seconds,
                seed=seed,
                shape=shape.fields(),
                heartbeat_at=timezone.now(),
                **more,
            )
    except IntegrityError:
        # The same form arrived twice at the very same moment; the other one has made the row.
        return Generation.objects.get(owner=owner, submission=submission)
    enqueue(generation=generation)
    return generation


def enqueue(*, generation: Generation) -> bool:
    """Put the next step into its queue; False if Redis is away. The row is the truth and can wait."""
    step = "render" if generation.state == State.RENDERING else "compose"
    job = f"emotionmusic.studio.jobs.{step}.{step}_generation"
    try:
        django_rq.get_queue(step).enqueue(job, str(generation.id), job_id=generation.job_id)
    except (RedisError, OSError) as fault:
        log.warning("generation %s waits, the queue is away: %s", generation.id, fault)
        return False
    return True


def queue_is_there() -> bool:
    """Whether work can be queued now."""
    try:
        return bool(django_rq.get_connection("compose").ping())
    except (RedisError, OSError):
        return False


def claim(*, generation: Generation) -> uuid.UUID | None:
    """A worker's lease on the next step, None if another has it or there is nothing to do."""
    lease, now = uuid.uuid4(), timezone.now()
    unclaimed = Generation.objects.filter(id=generation.id, lease__isnull=True)
    if generation.state == State.QUEUED:
        hit = unclaimed.filter(state=State.QUEUED).update(
            state=State.COMPOSING, lease=lease, heartbeat_at=now, started_at=now, percent=1
        )
        if hit:
            nudge(QUEUE_GROUP)
    else:
        hit = unclaimed.filter(state=State.RENDERING).update(lease=lease, heartbeat_at=now)
    if hit:
        nudge(group_of(generation.id))
    return lease if hit else None


def report(*, generation: Generation, lease: uuid.UUID, percent: int) -> bool:
    """A worker's sign of life; False if the generation is no longer the worker's."""
    hit = Generation.objects.filter(id=generation.id, lease=lease).update(percent=percent, heartbeat_at=timezone.now())
    nudge(group_of(generation.id))
    return bool(hit)


def keep_alive(*, generation: Generation, lease: uuid.UUID) -> bool:
    """A worker's bare sign of life, for the stretches in which nothing can be reported."""
    return bool(Generation.objects.filter(id=generation.id, lease=lease).update(heartbeat_at=timezone.now()))


def hand_over(
    *,
    generation: Generation,
    lease: uuid.UUID,
    title: str,
    midi: bytes,
    melody: dict[str, Any],
    facts: dict[str, Any],
    runs: list[int],
    percent: int,
) -> bool:
    """composing -> rendering: keep the symbols and queue the rendering; False if it is no longer the worker's.

    The `runs` of a new melody are remembered with it, so that what is composed meanwhile does not repeat it.
    """
    with transaction.atomic():
        hit = Generation.objects.filter(id=generation.id, lease=lease, state=State.COMPOSING).update(
            state=State.RENDERING,
            lease=None,
            title=title,
            midi=midi,
            melody=melody,
            facts=facts,
            percent=percent,
            heartbeat_at=timezone.now(),
        )
        if not hit:
            return False
        if runs:
            library.remember_melody(owner=generation.owner, runs=runs)
    generation.refresh_from_db()
    enqueue(generation=generation)
    nudge(group_of(generation.id))
    return True


def finish(*, generation: Generation, lease: uuid.UUID, track_id: uuid.UUID, piece: library.FinishedPiece) -> bool:
    """rendering -> done, and the track into the library: both or neither."""
    try:
        with transaction.atomic():
            track = library.keep_track(track_id=track_id, owner=generation.owner, piece=piece)
            _end(generation, State.DONE, lease=lease, track=track, percent=100, midi=None, melody=None)
    except _NotOurs:
        return False
    nudge(group_of(generation.id))
    return True


def fail(*, generation: Generation, lease: uuid.UUID, reason: str) -> bool:
    """composing or rendering -> failed, with a reason in the creator's words."""
    try:
        _end(generation, State.FAILED, lease=lease, reason=reason, midi=None, melody=None)
    except _NotOurs:
        return False
    nudge(group_of(generation.id))
    return True


def cancel(*, generation: Generation) -> bool:
    """Any state under way -> cancelled; a worker at it finds out at its next sign of life."""
    hit = Generation.objects.filter(id=generation.id, state__in=Generation.UNDER_WAY).update(
        state=State.CANCELLED, lease=None, midi=None, melody=None, finished_at=timezone.now()
    )
    if hit:
        nudge(group_of(generation.id))
        nudge(QUEUE_GROUP)
    return bool(hit)


def reconcile() -> int:
    """Take work from lost workers and put what waits unseen back into its queue; how many were touched."""
    now = timezone.now()
    touched = 0
    for generation in queries.silent(now - SILENT_AFTER):
        touched += _give_up_worker(generation)
    waiting = list(queries.waiting_for_a_worker(now - ENQUEUE_AFTER))
    try:
        queued = {job_id for step in ("compose", "render") for job_id in django_rq.get_queue(step).get_job_ids()}
    except (RedisError, OSError) as fault:
        log.warning("%d generations wait, the queue is away: %s", len(waiting), fault)
        return touched
    for generation in waiting:
        if generation.job_id not in queued:
            touched += enqueue(generation=generation)
    return touched


class _NotOurs(Exception):
    """The row does not carry the worker's lease any more."""


def _end(generation: Generation, state: State, *, lease: uuid.UUID, **fields: Any) -> None:
    hit = Generation.objects.filter(id=generation.id, lease=lease).update(
        state=state, lease=None, finished_at=timezone.now(), **fields
    )
    if not hit:
        raise _NotOurs


def _give_up_worker(generation: Generation) -> bool:
    """Free the work of a lost worker for another, or fail it when too many were lost."""
    same = Generation.objects.filter(id=generation.id, lease=generation.lease, heartbeat_at=generation.heartbeat_at)
    if generation.attempt + 1 >= MOST_ATTEMPTS:
        hit = same.update(
            state=State.FAILED, lease=None, reason=LOST_WORKER, midi=None, melody=None, finished_at=timezone.now()
        )
        nudge(group_of(generation.id))
        return bool(hit)
    state = State.QUEUED if generation.state == State.COMPOSING else State.RENDERING
    hit = same.update(state=state, lease=None, attempt=generation.attempt + 1, heartbeat_at=timezone.now())
    if hit:
        log.warning("generation %s lost its worker while %s", generation.id, generation.state)
        generation.refresh_from_db()
        enqueue(generation=generation)
        nudge(group_of(generation.id))
    return bool(hit)
