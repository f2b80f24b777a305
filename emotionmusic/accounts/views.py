"""The page about oneself, and the language of all pages; signing in and out are django-allauth's."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from emotionmusic.accounts import services
from emotionmusic.accounts.models import User


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the ways to change it."""
    return render(request, "account/account.html")


@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: in this browser, and for whoever is signed in in their others too.

    The menu stands on every page; a token in it would give every visitor a cookie. Another site can change no more by
    it than the language of this browser: with its requests the session's cookie is not sent.
    """
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.remember_language(user=request.user, language=language)
    return set_language(request)
