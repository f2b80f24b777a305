"""The page about oneself; signing in and out are django-allauth's."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the ways to change it."""
    return render(request, "account/account.html")
