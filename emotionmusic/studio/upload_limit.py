"""How many bytes a request may have: those who are signed in may hand in a video, nobody else so much."""

from importlib import import_module

from asgiref.sync import sync_to_async
from asgiref.typing import HTTPScope
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import parse_cookie
from django.urls import reverse

from emotionmusic.operations.body_limit import MOST_BYTES
from emotionmusic.studio.brief_services import MEGABYTE


async def most_bytes(scope: HTTPScope) -> int:
    """What the site reads of a request, before any page sees it."""
    if scope["method"] == "POST" and scope["path"] == reverse("studio:ask") and await _is_signed_in(scope):
        return max(MOST_BYTES, (settings.VIDEO_MB + 1) * MEGABYTE)
    return MOST_BYTES


@sync_to_async
def _is_signed_in(scope: HTTPScope) -> bool:
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    return SESSION_KEY in session
