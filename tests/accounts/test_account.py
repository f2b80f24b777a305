"""The page about oneself, and users in the admin."""

import pytest

from emotionmusic.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_account_page_says_who_one_is_and_how_to_leave(client_of, owner, stranger):
    page = client_of(owner).get("/accounts/")
    assert owner.email in page.text
    assert stranger.email not in page.text
    assert 'action="/accounts/logout/"' in page.text


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/password/change/", "/accounts/reauthenticate/"])
def test_an_anonymous_visitor_is_asked_to_sign_in(client, path):
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_account_page_takes_no_post(client_of, owner):
    assert client_of(owner).post("/accounts/").status_code == 405


def test_the_page_that_could_lose_ones_address_is_closed(client_of, owner):
    response = client_of(owner).post("/accounts/email/", {"action_add": "", "email": "new@example.com"})
    assert response["Location"] == "/accounts/"
    owner.refresh_from_db()
    assert owner.email == "owner@example.com"


def test_only_staff_see_the_way_to_curation(client_of, owner, admin):
    assert "Curation" not in client_of(owner).get("/").text
    assert "Curation" in client_of(admin).get("/").text


def test_a_creator_is_not_let_into_the_admin(client_of, owner, admin):
    assert client_of(owner).get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client_of(admin).get("/admin/").status_code == 200


def test_an_admin_adds_a_user_by_address(client_of, admin):
    form = {
        "email": "Made@example.com",
        "usable_password": "true",
        "password1": "a-l0ng-secret",
        "password2": "a-l0ng-secret",
    }
    response = client_of(admin).post("/admin/accounts/user/add/", form)
    assert response.status_code == 302
    assert User.objects.get(email="made@example.com").check_password("a-l0ng-secret")


def test_a_user_without_an_address_is_refused():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")
