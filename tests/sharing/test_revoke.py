"""Revoking a link: afterwards it looks as if it had never been."""

import pytest
from django.urls import reverse

from emotionmusic.library.services import delete_track
from emotionmusic.sharing.models import ShareLink, new_token
from emotionmusic.sharing.services import revoke_link, share_track

PLACES = ("sharing:listen", "sharing:audio")


def looks(client, token: str) -> list[tuple]:
    """All that a visitor gets to see of a link, but for its address."""
    answers = [client.get(reverse(place, args=[token])) for place in PLACES]
    return [
        (answer.status_code, sorted(answer.headers.items()), answer.content.replace(token.encode(), b"TOKEN"))
        for answer in answers
    ]


def test_a_revoked_link_opens_nothing(creator, client_of, track, link):
    anonymous = client_of(None)
    assert anonymous.get(reverse("sharing:listen", args=[link.token])).status_code == 200
    answer = creator.post(reverse("sharing:revoke", args=[track.id]))
    assert (answer.status_code, answer.url) == (302, reverse("library:track", args=[track.id]) + "#sharing")
    for place in PLACES:
        assert anonymous.get(reverse(place, args=[link.token])).status_code == 404
        assert creator.get(reverse(place, args=[link.token])).status_code == 404
    page = creator.get(answer.url).content.decode()
    assert link.token not in page
    assert f'action="{reverse("sharing:make", args=[track.id])}"' in page


def test_a_revoked_a_deleted_and_a_never_made_link_look_the_same(client_of, track, link):
    anonymous = client_of(None)
    never_made = looks(anonymous, new_token())
    assert [status for status, *_ in never_made] == [404, 404]
    revoke_link(track=track)
    assert looks(anonymous, link.token) == never_made
    fresh = share_track(track=track)
    delete_track(track=track)
    assert looks(anonymous, fresh.token) == never_made


def test_revoking_ends_the_old_links_only(track, link):
    revoke_link(track=track)
    fresh = share_track(track=track)
    link.refresh_from_db()
    assert link.revoked_at is not None
    assert ShareLink.objects.get(revoked_at=None) == fresh


def test_revoking_what_is_not_shared_changes_nothing(creator, track):
    assert creator.post(reverse("sharing:revoke", args=[track.id])).status_code == 302
    assert not revoke_link(track=track)


def test_revoking_twice_keeps_the_first_moment(track, link):
    revoke_link(track=track)
    link.refresh_from_db()
    first = link.revoked_at
    assert not revoke_link(track=track)
    link.refresh_from_db()
    assert link.revoked_at == first


def test_nothing_is_revoked_by_looking(creator, track, link):
    assert creator.get(reverse("sharing:revoke", args=[track.id])).status_code == 405
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "..%2f..%2fadmin", "🌧"])
def test_a_token_that_is_none_is_not_found(client_of, db, token):
    assert client_of(None).get(f"/s/{token}/").status_code == 404
