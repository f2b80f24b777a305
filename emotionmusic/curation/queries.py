"""What can be read of the training pieces."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from emotionmusic.curation.models import State, TrainingPiece


def find_piece(piece_id: UUID) -> TrainingPiece | None:
    """The piece with its people, None if there is no such piece."""
    return TrainingPiece.objects.filter(id=piece_id).select_related("uploader", "reviewer").first()


def same_file(sha256: str) -> TrainingPiece | None:
    """The piece that was made of a file with that hash and not refused."""
    return TrainingPiece.objects.filter(sha256=sha256).exclude(state=State.REFUSED).first()


def next_for_review() -> TrainingPiece | None:
    """The piece that has waited longest for a curator."""
    return TrainingPiece.objects.filter(state=State.REVIEW).order_by("created_at", "id").first()


def unfinished(*, queued_before: datetime, most_attempts: int) -> QuerySet[TrainingPiece]:
    """Pieces still to be checked, or checked and still without a preview, that were queued so long ago.

    A missing preview is given up after `most_attempts`; a check is not, since its row has to end somewhere.
    """
    wants_check = Q(state=State.CHECKING)
    wants_preview = Q(state=State.REVIEW, has_preview=False, attempts__lt=most_attempts)
    return TrainingPiece.objects.filter(wants_check | wants_preview, queued_at__lt=queued_before).order_by("queued_at")


def approved() -> QuerySet[TrainingPiece]:
    """What training may learn from."""
    return TrainingPiece.objects.filter(state=State.APPROVED)


def keeps_upload(piece_id: UUID) -> bool:
    """Whether the uploaded file of a piece is still wanted."""
    return TrainingPiece.objects.filter(id=piece_id).exclude(state__in=(State.REFUSED, State.REJECTED)).exists()
