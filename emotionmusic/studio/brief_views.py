"""The pages of a brief: handed in, read, understood, composed to."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emotionmusic.library.access import signed_in
from emotionmusic.library.files import serve_private_file
from emotionmusic.studio import brief_queries, brief_services, brief_words, services
from emotionmusic.studio.brief_forms import BriefForm
from emotionmusic.studio.brief_models import Brief, BriefState
from emotionmusic.studio.forms import WishForm
from emotionmusic.studio.plan_forms import PlanForm
from emotionmusic.studio.timeline_drawing import drawing_of
from emotionmusic.studio.wish_page import wish_page

PLAYED_AS = {".mp4": "video/mp4", ".mov": "video/mp4", ".webm": "video/webm", ".mkv": "video/webm"}
"""Browsers play what is in a .mov when it is called MP4, and what is in a .mkv when it is called WebM."""


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Say what the video is about."""
    form = BriefForm(request.POST, request.FILES)
    if not form.is_valid():
        return wish_page(request, WishForm(), form, status=422)
    try:
        brief = brief_services.request_brief(owner=signed_in(request), **form.brief)
    except brief_services.TooMuch as fault:
        form.add_error(None, str(fault))
        return wish_page(request, WishForm(), form, status=429)
    return redirect("studio:brief", brief_id=brief.id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def brief(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """How far a brief is; once it is understood, what was understood, to be changed and composed to."""
    found = _own(request, brief_id)
    if found.state != BriefState.DONE:
        return render(request, "studio/brief.html", _shown(found))
    if request.method != "POST":
        return _plan_page(request, found, PlanForm(brief=found))
    form = PlanForm(request.POST, brief=found)
    if not form.is_valid():
        return _plan_page(request, found, form, status=422)
    try:
        generation = services.request_generation(owner=signed_in(request), **form.wish)
    except services.TooManyUnderWay as fault:
        form.add_error(None, str(fault))
        return _plan_page(request, found, form, status=429)
    return redirect("studio:generation", generation_id=generation.id)


@login_required
@require_safe
@never_cache
def progress(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """The changing part of that page, for the page's own script."""
    return render(request, "studio/_brief_progress.html", _shown(_own(request, brief_id)))


@login_required
@require_POST
def cancel(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Stop a brief that waits or is being read."""
    found = _own(request, brief_id)
    if not brief_services.cancel(brief=found):
        messages.info(request, gettext("It was finished already."))
    return redirect("studio:brief", brief_id=found.id)


@login_required
@require_POST
def delete(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Remove a brief, and its video, for good."""
    brief_services.delete(brief=_own(request, brief_id))
    messages.success(request, gettext("The description was deleted, and what was uploaded with it."))
    return redirect("studio:wish")


@login_required
@require_safe
def video(request: HttpRequest, brief_id: UUID) -> HttpResponseBase:
    """The uploaded video, for the player; the browser may ask for parts of it."""
    found = _own(request, brief_id)
    if not found.has_video:
        raise Http404
    return serve_private_file(request, found.upload, PLAYED_AS[found.video_suffix])


def _own(request: HttpRequest, brief_id: UUID) -> Brief:
    found = brief_queries.brief_of(signed_in(request), brief_id)
    if found is None:
        raise Http404
    return found


def _shown(found: Brief) -> dict[str, object]:
    failed = found.state == BriefState.FAILED
    return {
        "brief": found,
        "name": brief_words.name_of(found),
        "reason": brief_words.refused(found) if failed else "",
        "form": BriefForm(initial={"words": found.words, "seconds": found.asked_seconds}) if failed else None,
        "video_days": settings.VIDEO_DAYS,
        "video_mb": settings.VIDEO_MB,
        "waits_for_queue": found.state == BriefState.QUEUED and not services.queue_is_there(),
    }


def _plan_page(request: HttpRequest, found: Brief, form: PlanForm, status: int = 200) -> HttpResponse:
    assert found.timeline is not None
    plan = form.laid_out
    context = {
        "brief": found,
        "name": brief_words.name_of(found),
        "form": form,
        "plan": plan,
        "understood": brief_words.understood(found.timeline),
        "drawing": drawing_of(plan.stretches, plan.seconds, plan.cuts),
        "video_days": settings.VIDEO_DAYS,
    }
    return render(request, "studio/understood.html", context, status=status)
