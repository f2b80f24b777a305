"""The language of the pages, as an account remembers it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin


class AccountLanguageMiddleware(MiddlewareMixin):
    """Speaks the language of the account to a browser in which none was chosen.

    It stands after LocaleMiddleware, which knows the browser's cookie and what it accepts.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if chosen_here or settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return
        if request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
