"""What can be done with an account."""

from emotionmusic.accounts.models import User


def remember_language(*, user: User, language: str) -> None:
    """Show the user's pages in that language, a code of settings.LANGUAGES, on every device that has no other."""
    User.objects.filter(pk=user.pk).update(language=language)
