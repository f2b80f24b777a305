"""Signing up: an address and one password, and one is in."""

import pytest

from emotionmusic.accounts.models import User

pytestmark = pytest.mark.django_db

GOOD = {"email": "New.Maker@Example.com", "password1": "a-long-enough-secret"}


def test_the_form_asks_for_an_address_and_one_password(client):
    form = client.get("/accounts/signup/").context["form"]
    assert list(form.fields) == ["email", "password1"]


def test_signing_up_signs_in_and_leads_to_the_studio(client):
    response = client.post("/accounts/signup/", GOOD)
    assert response.status_code == 302
    assert response["Location"] == "/studio/"
    user = User.objects.get()
    assert user.email == "new.maker@example.com"
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_up_sends_no_mail(client, mailoutbox):
    client.post("/accounts/signup/", GOOD)
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "not an address"}, "email"),
        ({"password1": ""}, "password1"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password123"}, "password1"),
        ({"password1": "new.maker@example.com"}, "password1"),
    ],
)
def test_a_bad_answer_is_named_beside_its_field(client, wrong, field):
    response = client.post("/accounts/signup/", GOOD | wrong)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert not User.objects.exists()


@pytest.mark.parametrize("spelling", ["owner@example.com", "OWNER@example.com"])
def test_an_address_has_one_account_in_any_spelling(client, owner, spelling):
    response = client.post("/accounts/signup/", GOOD | {"email": spelling})
    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert User.objects.count() == 1


def test_whoever_is_signed_in_is_led_on(client_of, owner):
    assert client_of(owner).get("/accounts/signup/")["Location"] == "/studio/"


def test_many_sign_ups_from_one_place_are_slowed_down(client):
    answers = [client.post("/accounts/signup/", {"email": f"m{n}@example.com"}).status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    assert "That was a lot at once" in client.post("/accounts/signup/", GOOD).text
