"""The pages of the library: a creator's own tracks and their files."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from emotionmusic.library import access, queries, services
from emotionmusic.library.files import serve_private_file
from emotionmusic.library.forms import RenameForm
from emotionmusic.library.models import Track

TRACKS_A_PAGE = 12
LONGEST_NAME = 120
"""Bytes of a title in a file's name; file systems take 255 of the whole."""
_CONTENT_TYPES = {"wav": "audio/wav", "mp3": "audio/mpeg", "midi": "audio/midi"}
_SUFFIXES = {"wav": "wav", "mp3": "mp3", "midi": "mid"}


@login_required
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """All tracks, the newest first; after a deletion with the way back."""
    owner = access.signed_in(request)
    page = Paginator(queries.tracks_of(owner), TRACKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/shelf.html", {"page": page})


@login_required
@require_safe
@never_cache
def track(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """One track: player, facts, files, title, deletion."""
    found = access.own_track(request, track_id)
    return render(request, "library/track.html", {"track": found, "form": RenameForm({"title": found.title})})


@login_required
@require_POST
def rename(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Give the track another title."""
    found = access.own_track(request, track_id)
    form = RenameForm(request.POST)
    if not form.is_valid():
        return render(request, "library/track.html", {"track": found, "form": form}, status=422)
    services.rename_track(track=found, title=form.cleaned_data["title"])
    messages.success(request, "The track has its new title.")
    return redirect("library:track", track_id=found.id)


@login_required
@require_POST
def delete(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Put the track into the trash, from where it can be brought back."""
    found = access.own_track(request, track_id)
    services.delete_track(track=found)
    return redirect("library:deleted")


@login_required
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """The trash: what was deleted and can be brought back."""
    tracks = queries.deleted_tracks_of(access.signed_in(request))
    return render(request, "library/deleted.html", {"tracks": tracks, "days": settings.TRASH_DAYS})


@login_required
@require_POST
def restore(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Bring a deleted track back."""
    found = access.own_deleted_track(request, track_id)
    services.restore_track(track=found)
    messages.success(request, f"“{found.title}” is back in your library.")
    return redirect("library:track", track_id=found.id)


@login_required
@require_safe
def audio(request: HttpRequest, track_id: UUID) -> HttpResponseBase:
    """The preview that the player plays."""
    return serve_private_file(request, access.own_track(request, track_id).mp3, _CONTENT_TYPES["mp3"])


@login_required
@require_safe
def download(request: HttpRequest, track_id: UUID, kind: str) -> HttpResponseBase:
    """A file to keep, named after the track."""
    found = access.own_track(request, track_id)
    if kind not in _CONTENT_TYPES:
        raise Http404
    path = {"wav": found.wav, "mp3": found.mp3, "midi": found.midi}[kind]
    return serve_private_file(request, path, _CONTENT_TYPES[kind], file_name(found, _SUFFIXES[kind]))


def file_name(found: Track, suffix: str) -> str:
    """A name that every file system takes, such as `sad-in-d-minor-30s.mp3`."""
    words = slugify(found.title, allow_unicode=True).encode()[:LONGEST_NAME].decode(errors="ignore")
    return f"{words or found.mood}-{found.seconds:.0f}s.{suffix}"
