"""The page that whoever has the link sees."""

import re

import pytest
from django.urls import reverse

from emotionmusic.library.services import rename_track
from tests.tracks import FILES


@pytest.fixture
def page(client_of, link) -> str:
    return client_of(None).get(reverse("sharing:listen", args=[link.token])).content.decode()


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{re.escape(name)}" content="([^"]*)">', page)
    assert found, name
    return found[1]


def test_it_names_the_track_and_the_mood_and_has_a_player(page, link):
    assert "<h1>Sad in D minor</h1>" in page
    assert '<span class="badge">Sad</span>' in page
    assert f'src="{reverse("sharing:audio", args=[link.token])}"' in page


def test_it_tells_other_sites_what_it_is(page, link):
    address = f"http://testserver{reverse('sharing:listen', args=[link.token])}"
    assert meta(page, "og:title") == "Sad in D minor"
    assert meta(page, "og:url") == address
    assert meta(page, "og:audio") == f"{address}audio.mp3"
    assert meta(page, "og:image") == "http://testserver/static/img/share.png"
    assert meta(page, "og:audio:type") == "audio/mpeg"
    assert meta(page, "og:description").startswith("Sad music, 30 seconds")


@pytest.mark.parametrize("place", ["sharing:listen", "sharing:audio"])
def test_neither_search_engines_nor_other_sites_learn_the_address(client_of, link, place):
    answer = client_of(None).get(reverse(place, args=[link.token]))
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_the_page_itself_asks_not_to_be_indexed(page):
    assert "noindex" in meta(page, "robots")
    assert meta(page, "referrer") == "no-referrer"


def test_it_says_nothing_of_the_owner_and_of_the_private_addresses(page, owner, track):
    assert owner.email not in page
    assert "owner" not in page.lower()
    assert f"/library/{track.id}" not in page


def test_a_title_is_text_everywhere(client_of, track, link):
    rename_track(track=track, title='"><script>alert(1)</script>')
    page = client_of(None).get(reverse("sharing:listen", args=[link.token])).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def test_the_sound_can_be_sought_in(client_of, link):
    answer = client_of(None).get(reverse("sharing:audio", args=[link.token]), headers={"Range": "bytes=10-19"})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == FILES["track.mp3"][10:20]


def test_no_cookie_is_set(client_of, link):
    for place in ("sharing:listen", "sharing:audio"):
        assert not client_of(None).get(reverse(place, args=[link.token])).cookies


@pytest.mark.parametrize("place", ["sharing:listen", "sharing:audio"])
def test_it_can_only_be_read(client_of, link, place):
    assert client_of(None).post(reverse(place, args=[link.token])).status_code == 405
