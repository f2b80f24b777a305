"""Who may make and revoke links, and who may listen."""

import pytest
from django.urls import reverse

from emotionmusic.sharing.models import ShareLink
from emotionmusic.sharing.urls import urlpatterns

CHANGE = ("sharing:make", "sharing:revoke")
LISTEN = ("sharing:listen", "sharing:audio")


def test_every_address_is_looked_at_here():
    assert {f"sharing:{pattern.name}" for pattern in urlpatterns} == {*CHANGE, *LISTEN}


@pytest.mark.parametrize("name", CHANGE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_anonymous_are_sent_to_the_sign_in(client_of, track, name, method):
    answer = getattr(client_of(None), method)(reverse(name, args=[track.id]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_strangers_and_staff_share_nothing_that_is_not_theirs(client_of, track, request, visitor):
    client = client_of(request.getfixturevalue(visitor))
    assert client.post(reverse("sharing:make", args=[track.id])).status_code == 404
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_strangers_and_staff_revoke_nothing(client_of, track, link, request, visitor):
    client = client_of(request.getfixturevalue(visitor))
    assert client.post(reverse("sharing:revoke", args=[track.id])).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize("visitor", [None, "owner", "stranger", "admin"])
@pytest.mark.parametrize("name", LISTEN)
def test_whoever_has_the_link_listens(client_of, link, request, visitor, name):
    client = client_of(request.getfixturevalue(visitor) if visitor else None)
    assert client.get(reverse(name, args=[link.token])).status_code == 200


@pytest.mark.parametrize("name", CHANGE)
def test_a_track_that_does_not_exist_is_not_found(client_of, owner, name):
    assert client_of(owner).post(reverse(name, args=["00000000-0000-0000-0000-000000000007"])).status_code == 404
