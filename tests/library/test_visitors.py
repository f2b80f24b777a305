"""Who sees which page of the library, and who may change what."""

import pytest
from django.test import Client
from django.urls import reverse

from emotionmusic.library import services
from emotionmusic.library.urls import urlpatterns

LISTS = ("library:shelf", "library:deleted")
READ = ("library:track", "library:audio", "library:download", "library:file", "library:part")
CHANGE = ("library:rename", "library:delete", "library:file")


def address(name: str, track) -> str:
    if name in LISTS:
        return reverse(name)
    further = {"library:download": ["wav"], "library:file": ["flac"], "library:part": [1]}
    return reverse(name, args=[track.id, *further.get(name, [])])


def test_every_address_is_looked_at_here():
    assert {f"library:{pattern.name}" for pattern in urlpatterns} == {*LISTS, *READ, *CHANGE, "library:restore"}


@pytest.mark.parametrize("name", [*LISTS, *READ, *CHANGE, "library:restore"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_the_anonymous_are_sent_to_the_sign_in(client_of, track, name, method):
    answer = getattr(client_of(None), method)(address(name, track), {"title": "New"})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    track.refresh_from_db()
    assert (track.title, track.deleted_at) == ("Sad in D minor", None)


@pytest.mark.parametrize("name", sorted({*LISTS, *READ} - {"library:part"}))
def test_owners_see_what_is_theirs(client_of, owner, track, name):
    assert client_of(owner).get(address(name, track)).status_code == 200


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("method", ["get", "head"])
def test_to_strangers_and_staff_a_track_does_not_exist(client_of, track, request, visitor, name, method):
    client = client_of(request.getfixturevalue(visitor))
    assert getattr(client, method)(address(name, track)).status_code == 404


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
@pytest.mark.parametrize("name", CHANGE)
def test_strangers_and_staff_change_nothing(client_of, track, request, visitor, name):
    client = client_of(request.getfixturevalue(visitor))
    assert client.post(address(name, track), {"title": "Mine now"}).status_code == 404
    track.refresh_from_db()
    assert (track.title, track.deleted_at) == ("Sad in D minor", None)


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_strangers_and_staff_bring_nothing_back(client_of, track, request, visitor):
    services.delete_track(track=track)
    client = client_of(request.getfixturevalue(visitor))
    assert client.post(address("library:restore", track)).status_code == 404
    assert track.title not in client.get(reverse("library:deleted")).content.decode()
    track.refresh_from_db()
    assert track.deleted_at is not None


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_the_shelf_of_strangers_and_staff_is_their_own(client_of, track, request, visitor):
    client = client_of(request.getfixturevalue(visitor))
    assert track.title not in client.get(reverse("library:shelf")).content.decode()


@pytest.mark.parametrize("path", ["/library/7/", "/library/../admin/", "/library/zzz/audio.mp3", "/library/%00/"])
def test_an_id_that_is_none_is_not_found(client_of, owner, path):
    assert client_of(owner).get(path).status_code == 404


def test_a_form_from_another_site_changes_nothing(track, owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert client.post(address("library:delete", track)).status_code == 403
    track.refresh_from_db()
    assert track.deleted_at is None
