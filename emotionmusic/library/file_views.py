"""The files of a track: asked for, waited for, handed out."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from emotionmusic.library import access, file_services, further_kinds, queries
from emotionmusic.library.files import serve_private_file
from emotionmusic.library.kinds import KINDS, PARTS, How, Kind
from emotionmusic.library.models import FileState, Track
from emotionmusic.library.naming import file_name
from emotionmusic.library.written_at_once import WRITTEN_AT_ONCE
from generator.rendering.reading import NotOurs

TOO_OLD = _("This track was made before its notes were kept in a way from which this file could be written.")


@login_required
@require_safe
def download(request: HttpRequest, track_id: UUID, kind: str) -> HttpResponseBase:
    """A file to keep, named after the track; to where it can be asked for, if it was not made yet."""
    track = access.own_track(request, track_id)
    wanted = _kind(track, kind)
    name = file_name(track, wanted.suffix)
    if wanted.how == How.AT_ONCE:
        return _written_at_once(request, track, wanted, name)
    offer = queries.offer_of(track, wanted, queries.file_of(track, wanted))
    if not offer.at_hand or wanted == PARTS:
        return redirect("library:file", track_id=track.id, kind=wanted.name)
    return serve_private_file(request, _place(track, offer), wanted.media_type, name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def file(request: HttpRequest, track_id: UUID, kind: str) -> HttpResponse:
    """A file on its way: asked for with POST, then its progress, in the end the link to it."""
    track = access.own_track(request, track_id)
    wanted = _kind(track, kind)
    if wanted.how == How.AT_ONCE:
        raise Http404
    offer = queries.offer_of(track, wanted, queries.file_of(track, wanted))
    if request.method != "POST":
        return render(request, "library/file.html", {"track": track, "offer": offer})
    if not offer.at_hand:
        try:
            file_services.ask_for_file(track=track, kind=wanted)
        except file_services.TooManyFiles as fault:
            messages.warning(request, str(fault))
            return redirect("library:track", track_id=track.id)
    return redirect("library:file", track_id=track.id, kind=wanted.name)


@login_required
@require_safe
def part(request: HttpRequest, track_id: UUID, place: int) -> HttpResponseBase:
    """The sound of one part, for the mixer of the page; places count from 1."""
    found = queries.file_of(access.own_track(request, track_id), PARTS)
    if found is None or found.state != FileState.READY:
        raise Http404
    return serve_private_file(request, found.path / str(place), PARTS.media_type)


def _kind(track: Track, name: str) -> Kind:
    further = further_kinds.find(name)
    if further and further.is_offered(track):
        return further.kind
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _place(track: Track, offer: queries.Offer) -> Path:
    if offer.file and offer.file.state == FileState.READY:
        return offer.file.path
    return track.mp3 if offer.kind.name == "mp3" else track.wav


def _written_at_once(request: HttpRequest, track: Track, kind: Kind, name: str) -> HttpResponse:
    try:
        content = WRITTEN_AT_ONCE[kind.name](track)
    except NotOurs:
        messages.warning(request, TOO_OLD)
        return redirect("library:track", track_id=track.id)
    except (OSError, EOFError):
        raise Http404 from None
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-cache"}
    return HttpResponse(content, content_type=kind.media_type, headers=headers)
