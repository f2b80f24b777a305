"""What can be read of the briefs."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from emotionmusic.accounts.models import User
from emotionmusic.library.models import Track
from emotionmusic.studio.brief_models import Brief, BriefState

LATEST = 3
"""Briefs that the studio leads back to."""


def brief_of(owner: User, brief_id: UUID) -> Brief | None:
    """The owner's brief, None if it is missing or someone else's."""
    return Brief.objects.filter(id=brief_id, owner=owner).first()


def find_brief(brief_id: UUID) -> Brief | None:
    """Any brief; for jobs, which act for the site."""
    return Brief.objects.filter(id=brief_id).first()


def submitted(owner: User, submission: UUID) -> Brief | None:
    """What the owner's form with that number has become."""
    return Brief.objects.filter(owner=owner, submission=submission).first()


def under_way(owner: User) -> QuerySet[Brief]:
    """The owner's briefs that wait or are being read, the newest first."""
    return Brief.objects.filter(owner=owner, state__in=Brief.UNDER_WAY)


def latest(owner: User) -> QuerySet[Brief]:
    """The owner's briefs that were read last, the newest first."""
    return Brief.objects.filter(owner=owner, state=BriefState.DONE).defer("timeline")[:LATEST]


def uploaded_bytes(owner: User) -> int:
    """How much of the owner's uploads is still kept."""
    return Brief.objects.filter(owner=owner).aggregate(all=Sum("file_bytes"))["all"] or 0


def brief_for(track: Track) -> Brief | None:
    """The brief that the track was composed to, None if there was none or it is deleted."""
    return Brief.objects.filter(generations__track=track).defer("timeline", "words").first()


def video_of(track: Track) -> Brief | None:
    """The brief whose video the track was made for, None if there is none any more."""
    brief = brief_for(track)
    return brief if brief and brief.has_video else None


def tracks_of(brief: Brief) -> QuerySet[Track]:
    """The tracks that were composed to a brief, deleted ones too."""
    return Track.objects.filter(generation__brief=brief)


def silent(since: datetime) -> QuerySet[Brief]:
    """Briefs whose worker has not been heard of since `since`."""
    return Brief.objects.filter(state=BriefState.READING, heartbeat_at__lt=since)


def waiting_for_a_worker(since: datetime) -> QuerySet[Brief]:
    """Unclaimed briefs that have waited since before `since`."""
    return Brief.objects.filter(state=BriefState.QUEUED, heartbeat_at__lt=since).order_by("created_at")
