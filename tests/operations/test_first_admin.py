"""The first admin: made once, never out of somebody else's account."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from emotionmusic.accounts.models import User
from emotionmusic.operations.services import create_first_admin

pytestmark = pytest.mark.django_db


def test_the_first_start_draws_a_password_that_works_and_the_second_draws_none():
    drawn = create_first_admin(email="admin@example.com", password="")
    assert drawn is not None
    assert User.objects.get(is_superuser=True).check_password(drawn)
    assert create_first_admin(email="admin@example.com", password="") is None
    assert User.objects.count() == 1


def test_a_given_password_is_used_and_not_shown():
    assert create_first_admin(email="admin@example.com", password="given-by-the-owner") is None
    assert User.objects.get().check_password("given-by-the-owner")


def test_a_creators_account_is_not_promoted(owner):
    with pytest.raises(ImproperlyConfigured, match="creator's account"):
        create_first_admin(email=owner.email.upper(), password="")
    owner.refresh_from_db()
    assert not owner.is_superuser


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ImproperlyConfigured, match="EMOTIONMUSIC_ADMIN_EMAIL is 'admin'"):
        create_first_admin(email="admin", password="")
