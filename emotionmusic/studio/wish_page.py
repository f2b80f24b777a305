"""The studio's first page, with both ways in: what the video is about, and the moods."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from emotionmusic.library.access import signed_in
from emotionmusic.studio import brief_queries, brief_words, queries
from emotionmusic.studio.brief_forms import BriefForm
from emotionmusic.studio.forms import WishForm
from generator.mood import MOODS


def wish_page(
    request: HttpRequest, form: WishForm, brief_form: BriefForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page with either form as it was filled in."""
    owner = signed_in(request)
    context = {
        "form": form,
        "brief_form": brief_form or BriefForm(),
        "moods": MOODS.values(),
        "chosen": form["mood"].value(),
        "under_way": queries.under_way(owner),
        "read": [(brief, brief_words.name_of(brief)) for brief in brief_queries.under_way(owner)],
        "latest": [(brief, brief_words.name_of(brief)) for brief in brief_queries.latest(owner)],
        "page_address": reverse("studio:wish"),
        "video_days": settings.VIDEO_DAYS,
        "video_mb": settings.VIDEO_MB,
    }
    response = render(request, "studio/wish.html", context, status=status)
    if status == HTTPStatus.OK:
        # Come back to, the form must have a new number; with errors it must still be there to come back to.
        add_never_cache_headers(response)
    return response
