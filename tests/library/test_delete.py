"""Deleting a track, the trash, and bringing it back."""

import pytest
from django.urls import reverse

from emotionmusic.library import services
from emotionmusic.sharing.services import share_track


def addresses(track, link) -> list[str]:
    return [
        reverse("library:track", args=[track.id]),
        reverse("library:audio", args=[track.id]),
        *(reverse("library:download", args=[track.id, kind]) for kind in ("mp3", "wav", "midi")),
        reverse("sharing:listen", args=[link.token]),
        reverse("sharing:audio", args=[link.token]),
    ]


@pytest.fixture
def link(track):
    return share_track(track=track)


def test_a_deleted_track_is_gone_from_every_address(creator, track, link):
    assert {creator.get(path).status_code for path in addresses(track, link)} == {200}
    answer = creator.post(reverse("library:delete", args=[track.id]))
    assert (answer.status_code, answer.url) == (302, reverse("library:deleted"))
    assert {creator.get(path).status_code for path in addresses(track, link)} == {404}
    assert track.title not in creator.get(reverse("library:shelf")).content.decode()


def test_a_deleted_track_can_be_brought_back_whole(creator, track, link):
    creator.post(reverse("library:delete", args=[track.id]))
    page = creator.get(reverse("library:deleted")).content.decode()
    assert track.title in page
    assert f'action="{reverse("library:restore", args=[track.id])}"' in page
    answer = creator.post(reverse("library:restore", args=[track.id]))
    assert (answer.status_code, answer.url) == (302, reverse("library:track", args=[track.id]))
    assert {creator.get(path).status_code for path in addresses(track, link)} == {200}
    assert "Nothing was deleted." in creator.get(reverse("library:deleted")).content.decode()


def test_a_deleted_track_can_neither_be_renamed_nor_shared_nor_deleted(creator, track):
    services.delete_track(track=track)
    for action in ("library:rename", "library:delete", "sharing:make", "sharing:revoke"):
        assert creator.post(reverse(action, args=[track.id]), {"title": "New"}).status_code == 404


def test_only_a_deleted_track_can_be_brought_back(creator, track):
    assert creator.post(reverse("library:restore", args=[track.id])).status_code == 404


def test_deleting_twice_keeps_the_first_moment(track):
    assert services.delete_track(track=track)
    track.refresh_from_db()
    first = track.deleted_at
    assert not services.delete_track(track=track)
    track.refresh_from_db()
    assert track.deleted_at == first


@pytest.mark.parametrize("action", ["library:delete", "library:restore"])
def test_nothing_happens_by_looking(creator, track, action):
    assert creator.get(reverse(action, args=[track.id])).status_code == 405
    track.refresh_from_db()
    assert track.deleted_at is None


def test_the_trash_says_how_long_it_keeps(creator, track, settings):
    settings.TRASH_DAYS = 7
    services.delete_track(track=track)
    assert "kept for 7 days" in creator.get(reverse("library:deleted")).content.decode()
