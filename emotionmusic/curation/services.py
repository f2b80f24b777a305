"""What can be done with training pieces. Every change of state is one conditional UPDATE."""

import logging
from datetime import timedelta
from typing import Any

import django_rq
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from redis.exceptions import RedisError

from emotionmusic.accounts.models import User
from emotionmusic.curation import files, queries
from emotionmusic.curation.models import State, TrainingPiece
from generator.curating.checked import SOURCE, CheckedPiece
from generator.curating.refusal import MidiRefused, Refusal
from generator.mood import mood_named
from generator.training.pieces import Piece, piece_to_json

QUEUE = "check"
JOB = "emotionmusic.curation.jobs.check_piece"
MOST_ATTEMPTS = 4
"""Checks begun and never ended, after which a piece is refused."""
REQUEUE_AFTER = timedelta(seconds=20)
"""A check takes a few seconds; a piece that has waited so long is looked for in the queue."""

log = logging.getLogger(__name__)


class NotPossibleNow(Exception):
    """The piece is not in a state that allows the step; the message says so."""


def enqueue_checks(*, pieces: list[TrainingPiece]) -> int:
    """Put the checks of committed `pieces` into the queue; how many could be. The rows are the truth and can wait."""
    for count, piece in enumerate(pieces):
        try:
            django_rq.get_queue(QUEUE, commit_mode="auto").enqueue(JOB, str(piece.id), job_id=piece.job_id)
        except (RedisError, OSError) as fault:
            log.warning("%d training pieces wait, the queue is away: %s", len(pieces) - count, fault)
            return count
    return len(pieces)


def requeue_waiting_pieces() -> int:
    """Put back into the queue what has waited long and is not in it: lost by Redis or with a worker; how many."""
    now = timezone.now()
    waiting = list(queries.unfinished(queued_before=now - REQUEUE_AFTER, most_attempts=MOST_ATTEMPTS))
    if not waiting:
        return 0
    try:
        queued = set(django_rq.get_queue(QUEUE).get_job_ids())
    except (RedisError, OSError) as fault:
        log.warning("%d training pieces wait, the queue is away: %s", len(waiting), fault)
        return 0
    lost = [piece for piece in waiting if piece.job_id not in queued]
    done = lost[: enqueue_checks(pieces=lost)]
    TrainingPiece.objects.filter(id__in=[piece.id for piece in done]).update(queued_at=now)
    return len(done)


def begin_check(*, piece: TrainingPiece) -> bool:
    """Count another attempt at a piece that is still to be checked or heard; False if nothing is left to do.

    A file that has stopped its worker too often is refused.
    """
    if piece.state == State.CHECKING and piece.attempts >= MOST_ATTEMPTS:
        refused = MidiRefused(Refusal.UNREADABLE, f"The check of this file broke off {MOST_ATTEMPTS} times.")
        record_refusal(piece=piece, refused=refused)
        return False
    left_to_do = Q(state=State.CHECKING) | Q(state=State.REVIEW, has_preview=False)
    hit = TrainingPiece.objects.filter(left_to_do, id=piece.id).update(
        attempts=F("attempts") + 1, queued_at=timezone.now()
    )
    return bool(hit)


def record_melody(*, piece: TrainingPiece, checked: CheckedPiece) -> bool:
    """checking -> review, with what was measured; False if the piece is no longer being checked."""
    title = checked.title or piece.title
    facts = {
        "notes": checked.notes,
        "bars": checked.bars,
        "lowest": checked.lowest,
        "highest": checked.highest,
        "tempo": checked.tempo,
        "line": checked.line,
        "part": checked.part,
        "off_grid": checked.off_grid,
        "metre_is_stated": checked.metre_is_stated,
    }
    return _move(
        piece,
        (State.CHECKING,),
        State.REVIEW,
        title=title,
        seconds=round(checked.seconds, 3),
        metre=checked.metre,
        key=checked.key,
        facts=facts,
        melody=piece_to_json(Piece(f"{SOURCE}/{piece.id}", title, SOURCE, checked.melody)),
        checked_at=timezone.now(),
        attempts=0,
    )


def record_refusal(*, piece: TrainingPiece, refused: MidiRefused) -> bool:
    """checking -> refused, with the named reason; the file goes. False if it is no longer being checked."""
    if not _move(
        piece,
        (State.CHECKING,),
        State.REFUSED,
        reason_code=refused.code.value,
        reason=refused.message,
        checked_at=timezone.now(),
    ):
        return False
    files.remove_upload(piece)
    return True


def record_preview(*, piece: TrainingPiece) -> bool:
    """Note that the melody can be heard; False if nobody wants to hear it any more."""
    wanted = TrainingPiece.objects.filter(id=piece.id, state__in=(State.REVIEW, State.APPROVED))
    return bool(wanted.update(has_preview=True))


def approve(*, piece: TrainingPiece, reviewer: User, title: str, mood: str) -> None:
    """review -> approved, under a title and mood of the curator's choice, and the melody to where training reads it.

    Raises:
        NotPossibleNow: the piece is not waiting for review.
        UnknownMood: the mood is neither known nor "", which is no label.
    """
    with transaction.atomic():
        _decide(piece, (State.REVIEW,), State.APPROVED, reviewer=reviewer, title=title, mood=known_mood(mood))
        piece.refresh_from_db()
        files.publish(piece)


def label(*, piece: TrainingPiece, reviewer: User, mood: str) -> None:
    """Give an approved piece another mood, and renew the file that training reads.

    Raises:
        NotPossibleNow: the piece is not approved.
        UnknownMood: the mood is neither known nor "", which is no label.
    """
    with transaction.atomic():
        _decide(piece, (State.APPROVED,), State.APPROVED, reviewer=reviewer, mood=known_mood(mood))
        piece.refresh_from_db()
        files.publish(piece)


def known_mood(mood: str) -> str:
    """The mood's name, or "" where there is no label.

    Raises:
        UnknownMood: it is neither.
    """
    return mood_named(mood).name if mood else ""


def reject(*, piece: TrainingPiece, reviewer: User, reason: str) -> None:
    """review or approved -> rejected; its files go and training does not see it any more.

    Raises:
        NotPossibleNow: the piece is neither waiting for review nor approved.
        ValueError: the reason is blank.
    """
    if not reason.strip():
        raise ValueError("a rejection needs a reason")
    with transaction.atomic():
        _decide(piece, (State.REVIEW, State.APPROVED), State.REJECTED, reviewer=reviewer, reason=reason.strip())
        files.unpublish(piece)
    files.remove_upload(piece)
    piece.refresh_from_db()


def _decide(piece: TrainingPiece, before: tuple[State, ...], after: State, **fields: Any) -> None:
    if not _move(piece, before, after, reviewed_at=timezone.now(), **fields):
        raise NotPossibleNow("This piece has changed in the meantime; look at it again.")


def _move(piece: TrainingPiece, before: tuple[State, ...], after: State, **fields: Any) -> bool:
    """The one way in which a state changes; False if the piece was in none of the states `before`."""
    return bool(TrainingPiece.objects.filter(id=piece.id, state__in=before).update(state=after, **fields))
