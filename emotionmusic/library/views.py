"""The pages of the library: a creator's own tracks and their files."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from emotionmusic.library import access, queries, services
from emotionmusic.library.files import serve_private_file
from emotionmusic.library.forms import RenameForm
from emotionmusic.library.kinds import KINDS
from emotionmusic.library.models import Track
from emotionmusic.library.piano_roll import draw_track

TRACKS_A_PAGE = 12


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
    """One track: player, notes, facts, files, title, deletion."""
    found = access.own_track(request, track_id)
    return _track_page(request, found, RenameForm({"title": found.title}))


@login_required
@require_POST
def rename(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Give the track another title."""
    found = access.own_track(request, track_id)
    form = RenameForm(request.POST)
    if not form.is_valid():
        return _track_page(request, found, form, status=422)
    services.rename_track(track=found, title=form.cleaned_data["title"])
    messages.success(request, _("The track has its new title."))
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
    messages.success(request, _("“%(title)s” is back in your library.") % {"title": found.title})
    return redirect("library:track", track_id=found.id)


@login_required
@require_safe
def audio(request: HttpRequest, track_id: UUID) -> HttpResponseBase:
    """The preview that the player plays."""
    return serve_private_file(request, access.own_track(request, track_id).mp3, KINDS["mp3"].media_type)


def _track_page(request: HttpRequest, found: Track, form: RenameForm, status: int = 200) -> HttpResponse:
    context = {
        "track": found,
        "form": form,
        "offers": queries.offers_of(found),
        "roll": draw_track(found),
        "page_address": reverse("library:track", args=[found.id]),
    }
    return render(request, "library/track.html", context, status=status)
