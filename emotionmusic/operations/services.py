"""What a start writes before anybody can come."""

import secrets

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from emotionmusic.accounts.models import User


def create_first_admin(*, email: str, password: str) -> str | None:
    """Makes an admin when there is none yet, with a random password where `password` is empty.

    Returns that random password, to be shown once, else None. Raises `ImproperlyConfigured` for an address that is
    none, or that belongs to somebody who was not given these rights.
    """
    if User.objects.filter(is_superuser=True).exists():
        return None
    try:
        validate_email(email)
    except ValidationError:
        raise ImproperlyConfigured(
            f"EMOTIONMUSIC_ADMIN_EMAIL is {email!r}; it must be an e-mail address, such as admin@example.com."
        ) from None
    if User.objects.filter(email__iexact=email).exists():
        raise ImproperlyConfigured(
            f"There is no admin, and {email} is a creator's account already; name another in EMOTIONMUSIC_ADMIN_EMAIL."
        )
    drawn = "" if password else secrets.token_urlsafe(12)
    User.objects.create_superuser(email, password or drawn)
    return drawn or None
