"""What can be read of the links."""

from emotionmusic.library.models import Track
from emotionmusic.sharing.models import ShareLink


def open_link(track: Track) -> ShareLink | None:
    """The link under which the track can be heard now."""
    return ShareLink.objects.filter(track=track, revoked_at__isnull=True).first()


def find_shared_track(token: str) -> Track | None:
    """The track behind an open link, unless it was deleted."""
    link = (
        ShareLink.objects.select_related("track")
        .filter(token=token, revoked_at__isnull=True, track__deleted_at__isnull=True)
        .first()
    )
    return link.track if link else None
