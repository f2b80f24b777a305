"""Who sees which page of the training collection."""

import uuid

import pytest
from django.urls import reverse

from emotionmusic.curation.models import State

PLAIN = ("curation_upload", "curation_trainingpiece_changelist", "curation_trainingpiece_add")
OF_A_PIECE = (
    "curation_trainingpiece_change",
    "curation_trainingpiece_history",
    "curation_trainingpiece_delete",
    "curation_listen",
    "curation_approve",
    "curation_label",
    "curation_reject",
)
EVERY_PAGE = PLAIN + OF_A_PIECE
SEEN_BY_VIEWERS = {
    "curation_trainingpiece_changelist": 200,
    "curation_trainingpiece_change": 200,
    "curation_trainingpiece_history": 200,
    "curation_listen": 404,
}
DECISIONS = ("curation_approve", "curation_label", "curation_reject")
SEEN_BY_CURATORS = {**SEEN_BY_VIEWERS, "curation_upload": 200, **dict.fromkeys(DECISIONS, 405)}


def address(name: str, piece_id: object) -> str:
    return reverse(f"admin:{name}", args=[piece_id] if name in OF_A_PIECE else [])


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_owner_and_stranger_are_sent_to_the_sign_in(client_of, owner, stranger, in_review, name, method):
    for visitor in (None, owner, stranger):
        answer = getattr(client_of(visitor), method)(address(name, in_review.id))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("admin:login"))
    in_review.refresh_from_db()
    assert in_review.state == State.REVIEW


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_the_right_are_refused_everywhere(client_of, staff, in_review, name, method):
    assert getattr(client_of(staff), method)(address(name, in_review.id)).status_code == 403


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_staff_with_the_right_to_look_may_look_and_nothing_else(client_of, viewer, in_review, name):
    assert client_of(viewer).get(address(name, in_review.id)).status_code == SEEN_BY_VIEWERS.get(name, 403)


@pytest.mark.parametrize("name", ["curation_upload", *DECISIONS])
def test_staff_with_the_right_to_look_cannot_send_anything(client_of, viewer, in_review, name):
    sent = {"title": "Mine", "mood": "sad", "reason": "because"}
    assert client_of(viewer).post(address(name, in_review.id), sent).status_code == 403
    page = client_of(viewer).get(address("curation_trainingpiece_change", in_review.id)).content.decode()
    assert "curation-decision" not in page
    in_review.refresh_from_db()
    assert in_review.state == State.REVIEW


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_curators_see_every_page_and_django_s_own_forms_stay_closed(curator, in_review, name):
    assert curator.get(address(name, in_review.id)).status_code == SEEN_BY_CURATORS.get(name, 403)


@pytest.mark.parametrize("name", ["curation_trainingpiece_change", "curation_listen"])
def test_a_piece_that_does_not_exist_is_not_found(curator, name):
    assert curator.get(address(name, uuid.UUID(int=7))).status_code == 404


@pytest.mark.parametrize("name", DECISIONS)
def test_nothing_can_be_decided_on_a_piece_that_does_not_exist(curator, name):
    assert (
        curator.post(address(name, uuid.UUID(int=7)), {"title": "a", "reason": "b", "mood": "sad"}).status_code == 404
    )


def test_an_id_that_is_none_is_not_found(curator):
    assert curator.get(address("curation_trainingpiece_change", "7")).status_code == 404


def test_the_admin_s_front_page_leads_to_the_collection(curator):
    assert reverse("admin:curation_trainingpiece_changelist") in curator.get(reverse("admin:index")).content.decode()
