"""The pages of the studio: the wish, and what becomes of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emotionmusic.library.access import signed_in
from emotionmusic.studio import queries, services
from emotionmusic.studio.forms import WishForm
from emotionmusic.studio.models import Generation, State
from emotionmusic.studio.progress import progress_of
from emotionmusic.studio.wish_page import wish_page
from generator.mood import MOODS


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Ask for a track."""
    owner = signed_in(request)
    if request.method != "POST":
        return wish_page(request, WishForm(initial={"mood": request.GET.get("mood", "")}))
    form = WishForm(request.POST)
    if not form.is_valid():
        return wish_page(request, form, status=422)
    try:
        generation = services.request_generation(owner=owner, **form.wish)
    except services.TooManyUnderWay as fault:
        form.add_error(None, str(fault))
        return wish_page(request, form, status=429)
    return redirect("studio:generation", generation_id=generation.id)


@login_required
@require_safe
@never_cache
def generation(request: HttpRequest, generation_id: UUID) -> HttpResponse:
    """How far a generation is; the finished track, once it is there."""
    return render(request, "studio/generation.html", _shown(_own(request, generation_id)))


@login_required
@require_safe
@never_cache
def progress(request: HttpRequest, generation_id: UUID) -> HttpResponse:
    """The changing part of that page, for the page's own script."""
    return render(request, "studio/_progress.html", _shown(_own(request, generation_id)))


@login_required
@require_POST
def cancel(request: HttpRequest, generation_id: UUID) -> HttpResponse:
    """Stop a generation, queued or under way."""
    found = _own(request, generation_id)
    if not services.cancel(generation=found):
        messages.info(request, gettext("It was finished already."))
    return redirect("studio:generation", generation_id=found.id)


def _own(request: HttpRequest, generation_id: UUID) -> Generation:
    found = queries.generation_of(signed_in(request), generation_id)
    if found is None:
        raise Http404
    return found


def _shown(found: Generation) -> dict[str, object]:
    track, source = (
        linked if linked and linked.deleted_at is None else None for linked in (found.track, found.source)
    )
    return {
        "generation": found,
        "progress": progress_of(found),
        "track": track,
        "source": source,
        "mood": MOODS.get(found.mood),
        "waits_for_queue": found.state == State.QUEUED and not services.queue_is_there(),
    }
