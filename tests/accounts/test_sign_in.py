"""Signing in and out."""

import pytest

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "https:evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
]


def sign_in(client, email="owner@example.com", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


@pytest.mark.parametrize("spelling", ["owner@example.com", "Owner@Example.com"])
def test_signing_in_leads_to_the_studio(client, owner, spelling):
    response = sign_in(client, spelling)
    assert response["Location"] == "/studio/"
    assert client.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.parametrize(("email", "password"), [("owner@example.com", "wrong"), ("nobody@example.com", PASSWORD)])
def test_a_wrong_pair_says_so_and_not_which_half_is_wrong(client, owner, email, password):
    response = sign_in(client, email, password)
    assert response.status_code == 200
    assert "The email address and/or password you specified are not correct." in response.text
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_closed_cannot_sign_in(client, owner):
    owner.is_active = False
    owner.save()
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_one_comes_back_to_the_page_that_asked(client, owner):
    asked = client.get("/accounts/")
    assert asked["Location"] == "/accounts/login/?next=/accounts/"
    assert sign_in(client, next="/accounts/")["Location"] == "/accounts/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client, owner, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/studio/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_out_leads_to_no_other_site(client_of, owner, elsewhere):
    assert client_of(owner).post("/accounts/logout/", {"next": elsewhere})["Location"] == "/"


def test_signing_out_takes_a_post(client_of, owner):
    client = client_of(owner)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down_for_that_address_only(client, owner, stranger):
    for _ in range(5):
        assert "not correct" in sign_in(client, password="wrong").text
    assert "Too many failed login attempts" in sign_in(client).text
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "stranger@example.com")["Location"] == "/studio/"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client, owner):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_gets_a_page_that_says_what_to_do(owner):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "Please send that again" in response.text
