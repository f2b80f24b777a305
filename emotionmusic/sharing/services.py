"""Making and revoking links."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from emotionmusic.library.models import Track
from emotionmusic.sharing import queries
from emotionmusic.sharing.models import ShareLink


def share_track(*, track: Track) -> ShareLink:
    """The track's open link, made now if there is none; two clicks make one."""
    try:
        with transaction.atomic():
            return ShareLink.objects.create(track=track)
    except IntegrityError:
        return queries.open_link(track) or share_track(track=track)


def revoke_link(*, track: Track) -> bool:
    """End the track's open link for good; False if there was none."""
    return bool(ShareLink.objects.filter(track=track, revoked_at__isnull=True).update(revoked_at=timezone.now()))
