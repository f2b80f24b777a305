"""Who sees which page of the studio."""

import pytest
from django.test import Client
from django.urls import reverse

from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.models import Generation, State
from emotionmusic.studio.urls import urlpatterns
from tests.studio.briefs import kept_video

READ = ("studio:generation", "studio:progress")
EDITS = ("studio:another", "studio:other-mood", "studio:other-bars", "studio:arrangement")
BRIEF_READ = ("studio:brief", "studio:brief-progress", "studio:brief-video")
BRIEF_CHANGED = ("studio:brief-cancel", "studio:brief-delete")
BRIEFS = (*BRIEF_READ, *BRIEF_CHANGED)
EVERY = ("studio:wish", "studio:ask", *READ, "studio:cancel", *EDITS, *BRIEFS)
GOOD = {"mood": "sad", "intensity": "0.8", "seconds": "30"}


def address(name: str, generation: Generation) -> str:
    """The address of a page; those that go on from a track are asked about one that does not exist."""
    return reverse(name, args=[] if name in ("studio:wish", "studio:ask") else [generation.id])


def test_every_address_is_looked_at_here():
    assert {f"studio:{pattern.name}" for pattern in urlpatterns} == set(EVERY)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_the_anonymous_are_sent_to_the_sign_in(client_of, generation, name, method):
    row = generation()
    answer = getattr(client_of(None), method)(address(name, row), GOOD)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert Generation.objects.get().state == State.QUEUED


@pytest.mark.parametrize("name", ["studio:wish", *READ])
def test_owners_see_their_own(creator, generation, name):
    assert creator.get(address(name, generation())).status_code == 200


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
@pytest.mark.parametrize("name", READ)
def test_to_strangers_and_staff_a_generation_does_not_exist(client_of, generation, request, visitor, name):
    assert client_of(request.getfixturevalue(visitor)).get(address(name, generation())).status_code == 404


@pytest.mark.parametrize("name", BRIEF_READ)
def test_owners_see_their_own_briefs(creator, owner, name):
    assert creator.get(reverse(name, args=[kept_video(owner).id])).status_code == 200


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
@pytest.mark.parametrize("name", BRIEFS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_to_strangers_and_staff_a_brief_does_not_exist(client_of, owner, request, visitor, name, method):
    brief = kept_video(owner)
    answer = getattr(client_of(request.getfixturevalue(visitor)), method)(reverse(name, args=[brief.id]))
    assert answer.status_code in (404, 405)
    if (method, name) in {("get", name) for name in BRIEF_READ} | {("post", name) for name in BRIEF_CHANGED}:
        assert answer.status_code == 404
    assert Brief.objects.get() == brief
    assert brief.upload.exists()


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_strangers_and_staff_cancel_nothing(client_of, generation, request, visitor):
    row = generation()
    assert client_of(request.getfixturevalue(visitor)).post(address("studio:cancel", row)).status_code == 404
    row.refresh_from_db()
    assert row.state == State.QUEUED


@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_everybody_who_is_signed_in_has_a_studio(client_of, request, visitor):
    client = client_of(request.getfixturevalue(visitor))
    assert client.get(reverse("studio:wish")).status_code == 200
    assert client.post(reverse("studio:wish"), GOOD).status_code == 302


def test_a_form_from_another_site_asks_for_nothing(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert client.post(reverse("studio:wish"), GOOD).status_code == 403
    assert not Generation.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(creator, generation, method):
    row = generation()
    for name in EVERY:
        assert getattr(creator, method)(address(name, row)).status_code == 405


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_what_makes_a_track_is_not_made_by_looking(creator, generation, name, method):
    assert getattr(creator, method)(address(name, generation())).status_code == 405


@pytest.mark.parametrize("path", ["/studio/7/", "/studio/abc/progress/", "/studio/%00/"])
def test_an_id_that_is_none_is_not_found(creator, path):
    assert creator.get(path).status_code == 404
