"""What is asked for on the page of a finished track: a new one made from it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from emotionmusic.library.access import own_track
from emotionmusic.library.models import Track
from emotionmusic.studio import editing_services, services
from emotionmusic.studio.editing_forms import edit_forms
from emotionmusic.studio.forms import ArrangementForm, NumberedForm
from emotionmusic.studio.models import EditKind, Generation


@login_required
@require_POST
def another(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Another track like this one."""
    return _edit(request, track_id, EditKind.ANOTHER)


@login_required
@require_POST
def other_mood(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """The same track in another mood."""
    return _edit(request, track_id, EditKind.MOOD)


@login_required
@require_POST
def other_bars(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """The same track with some bars anew."""
    return _edit(request, track_id, EditKind.BARS)


@login_required
@require_POST
def arrangement(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """The same melody in another style or at another tempo."""
    return _edit(request, track_id, EditKind.ARRANGEMENT)


def _edit(request: HttpRequest, track_id: UUID, kind: EditKind) -> HttpResponse:
    track = own_track(request, track_id)
    forms = edit_forms(track, kind, request.POST)
    if forms is None:
        raise Http404
    form = forms.of(kind)
    status = 422
    if form.is_valid():
        try:
            generation = _request(track, kind, form)
        except services.TooManyUnderWay as fault:
            form.add_error(None, str(fault))
            status = 429
        else:
            return redirect("studio:generation", generation_id=generation.id)
    context = {"track": track, "forms": forms, "page_address": reverse("library:track", args=[track.id])}
    return render(request, "studio/edit.html", context, status=status)


def _request(track: Track, kind: EditKind, form: NumberedForm) -> Generation:
    if isinstance(form, ArrangementForm):
        return editing_services.request_arrangement(source=track, seconds=form.new_seconds, **form.cleaned_data)
    wish = {"mood": track.mood, "intensity": track.intensity, **form.cleaned_data}
    return editing_services.request_edit(source=track, kind=kind, **wish)
