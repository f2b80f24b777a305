"""Who is signed in may send a whole video; nobody else more than the site has a use for."""

import asyncio
from typing import Any

import pytest
from django.conf import settings as current
from django.urls import reverse

from emotionmusic.operations.body_limit import MOST_BYTES
from emotionmusic.studio.upload_limit import most_bytes

ASK = reverse("studio:ask")


def most(client, path: str = ASK, method: str = "POST", cookie: str | None = None) -> int:
    """The bytes that a request of the client may have."""
    session = client.cookies.get(current.SESSION_COOKIE_NAME)
    sent = cookie or (f"{current.SESSION_COOKIE_NAME}={session.value}" if session else "")
    scope: Any = {"type": "http", "method": method, "path": path, "headers": [(b"cookie", sent.encode())]}
    return asyncio.run(most_bytes(scope))


@pytest.mark.django_db(transaction=True)
def test_a_video_may_be_sent_where_videos_are_taken_by_those_who_are_signed_in(creator, client_of, settings):
    settings.VIDEO_MB = 300
    assert most(creator) == 301_000_000
    assert most(creator, path="/studio/") == most(creator, method="PUT") == MOST_BYTES
    assert most(client_of(None)) == MOST_BYTES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cookie", ["sessionid=forged", "sessionid=", "sessionid=\u00e9;;=", ";"])
def test_a_forged_session_may_not(client_of, cookie):
    assert most(client_of(None), cookie=cookie) == MOST_BYTES
