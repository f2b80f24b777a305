"""Who may see which track: the one place that decides it."""

from uuid import UUID

from django.http import Http404, HttpRequest

from emotionmusic.accounts.models import User
from emotionmusic.library.models import Track


def signed_in(request: HttpRequest) -> User:
    """The user of a view that demands a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def own_track(request: HttpRequest, track_id: UUID) -> Track:
    """The visitor's own track.

    Raises:
        Http404: it does not exist, is deleted or is someone else's, which all look the same.
    """
    track = Track.objects.filter(id=track_id, owner=signed_in(request), deleted_at__isnull=True).first()
    if track is None:
        raise Http404
    return track


def own_deleted_track(request: HttpRequest, track_id: UUID) -> Track:
    """The visitor's own track that is in the trash.

    Raises:
        Http404: as above.
    """
    track = Track.objects.filter(id=track_id, owner=signed_in(request), deleted_at__isnull=False).first()
    if track is None:
        raise Http404
    return track
