"""What can be read from the library."""

from datetime import datetime

from django.db.models import QuerySet

from emotionmusic.accounts.models import User
from emotionmusic.library.models import Track


def tracks_of(owner: User) -> QuerySet[Track]:
    """The owner's tracks, the newest first."""
    return Track.objects.filter(owner=owner, deleted_at__isnull=True)


def deleted_tracks_of(owner: User) -> QuerySet[Track]:
    """The owner's deleted tracks that can still be brought back, the last deleted first."""
    return Track.objects.filter(owner=owner, deleted_at__isnull=False).order_by("-deleted_at")


def tracks_deleted_before(moment: datetime) -> QuerySet[Track]:
    """The tracks of anyone that were deleted before `moment`."""
    return Track.objects.filter(deleted_at__lt=moment)
