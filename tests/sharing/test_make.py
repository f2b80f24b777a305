"""Making a secret link."""

import base64
import threading

import pytest
from django.db import connection
from django.urls import reverse

from emotionmusic.sharing.models import ShareLink, new_token
from emotionmusic.sharing.services import revoke_link, share_track
from tests.stack import PATIENCE
from tests.tracks import kept_track


def test_a_link_is_made_and_shown_on_the_track_s_page(creator, track):
    answer = creator.post(reverse("sharing:make", args=[track.id]))
    assert (answer.status_code, answer.url) == (302, reverse("library:track", args=[track.id]) + "#sharing")
    link = ShareLink.objects.get()
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    assert f'value="http://testserver{reverse("sharing:listen", args=[link.token])}"' in page
    assert f'action="{reverse("sharing:revoke", args=[track.id])}"' in page
    assert f'action="{reverse("sharing:make", args=[track.id])}"' not in page


def test_making_twice_is_one_link(creator, track):
    for _ in range(2):
        creator.post(reverse("sharing:make", args=[track.id]))
    assert ShareLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_the_same_moment_are_one_link(owner):
    track = kept_track(owner)
    tokens: list[str] = []
    together = threading.Barrier(6)

    def click() -> None:
        try:
            together.wait(PATIENCE)
            tokens.append(share_track(track=track).token)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(tokens) == 6
    assert set(tokens) == {ShareLink.objects.get().token}


def test_a_link_made_after_revoking_is_another_one(track):
    first = share_track(track=track).token
    assert revoke_link(track=track)
    second = share_track(track=track).token
    assert first != second


def test_a_token_holds_at_least_128_bits_and_no_two_are_alike():
    tokens = [new_token() for _ in range(1000)]
    assert len(set(tokens)) == 1000
    assert all(len(base64.urlsafe_b64decode(token)) * 8 >= 128 for token in tokens)
    begun_alike = {token[:8] for token in tokens}
    assert len(begun_alike) == 1000


def test_nothing_is_made_by_looking(creator, track):
    assert creator.get(reverse("sharing:make", args=[track.id])).status_code == 405
    assert not ShareLink.objects.exists()
