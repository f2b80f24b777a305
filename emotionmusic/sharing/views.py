"""Sharing: two actions for the owner, one public page for whoever has the link."""

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from emotionmusic.library.access import own_track
from emotionmusic.library.files import serve_private_file
from emotionmusic.library.models import Track
from emotionmusic.sharing import queries, services

Response = TypeVar("Response", bound=HttpResponseBase)


@login_required
@require_POST
def make(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Make a secret link to one's own track."""
    track = own_track(request, track_id)
    services.share_track(track=track)
    messages.success(request, _("The link is ready. Whoever has it can listen."))
    return redirect(reverse("library:track", args=[track.id]) + "#sharing")


@login_required
@require_POST
def revoke(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """End the link; it can never be opened again."""
    track = own_track(request, track_id)
    if services.revoke_link(track=track):
        messages.success(request, _("The link no longer works."))
    return redirect(reverse("library:track", args=[track.id]) + "#sharing")


@require_safe
def listen(request: HttpRequest, token: str) -> HttpResponse:
    """The public page of a shared track."""
    track = _shared(token)
    audio = reverse("sharing:audio", args=[token])
    context = {
        "track": track,
        "audio": audio,
        "page_url": request.build_absolute_uri(),
        "image_url": request.build_absolute_uri(static("img/share.png")),
        "audio_url": request.build_absolute_uri(audio),
    }
    return _unlisted(render(request, "sharing/listen.html", context))


@require_safe
def audio(request: HttpRequest, token: str) -> HttpResponseBase:
    """The sound of a shared track."""
    return _unlisted(serve_private_file(request, _shared(token).mp3, "audio/mpeg"))


def _shared(token: str) -> Track:
    track = queries.find_shared_track(token)
    if track is None:
        raise Http404
    return track


def _unlisted(response: Response) -> Response:
    """Keep the secret address out of search engines, other sites' logs and shared caches."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
