"""Changing and resetting the password."""

import re

import pytest

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "another-long-secret"


def link_in(mail) -> str:
    """The path of the first address in the mail."""
    return re.search(r"http://testserver(/\S+)", mail.body).group(1)


def test_a_forgotten_password_is_replaced_by_way_of_a_mail(client, owner, mailoutbox):
    asked = client.post("/accounts/password/reset/", {"email": "Owner@example.com"})
    assert asked["Location"] == "/accounts/password/reset/done/"
    (mail,) = mailoutbox
    assert mail.to == ["owner@example.com"]
    form = client.get(link_in(mail), follow=True)
    saved = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert saved["Location"] == "/accounts/password/reset/key/done/"
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_a_reset_link_works_once(client, owner, mailoutbox):
    client.post("/accounts/password/reset/", {"email": owner.email})
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert "This link no longer works" in client.get(link).text


@pytest.mark.parametrize("key", ["1-abc", "zzzzzz-1", "1-set-password"])
def test_a_made_up_reset_link_does_not_work(client, owner, key):
    assert "This link no longer works" in client.get(f"/accounts/password/reset/key/{key}/", follow=True).text


def test_asking_for_an_unknown_address_looks_the_same(client, owner):
    known = client.post("/accounts/password/reset/", {"email": owner.email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"}, follow=True)
    assert known.text == unknown.text


def test_changing_the_password_needs_the_old_one(client_of, owner):
    client = client_of(owner)
    wrong = client.post("/accounts/password/change/", {"oldpassword": "no", "password1": NEW, "password2": NEW})
    assert list(wrong.context["form"].errors) == ["oldpassword"]
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_changing_the_password_keeps_one_signed_in(client_of, owner):
    client = client_of(owner)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get("/accounts/").status_code == 200
