"""The pages of the shell: each in our own look, under the policy, without a line of inline code."""

import re

import pytest
from django.template.loader import render_to_string

pytestmark = pytest.mark.django_db

OPEN = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/no-such-key/",
]
OWN = ["/accounts/", "/accounts/password/change/", "/accounts/logout/", "/accounts/reauthenticate/"]


@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_is_ours(client, path):
    assert_ours(client.get(path))


@pytest.mark.parametrize("path", OWN)
def test_a_page_of_ones_own_is_ours(client_of, owner, path):
    assert_ours(client_of(owner).get(path))


def test_a_missing_page_is_ours_and_a_404(client):
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "There is nothing here" in response.text
    assert_ours(response, status=404)


def test_the_page_for_our_own_faults_leans_on_nothing(settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "no.such.Storage"}}
    page = render_to_string("500.html")
    assert "Something broke on our side" in page
    assert "/static/css/base.css" in page


def test_a_fault_shows_the_page_and_no_trace(client, monkeypatch):
    monkeypatch.setattr("emotionmusic.operations.views.connection.cursor", broken)
    client.raise_request_exception = False
    response = client.get("/healthz")
    assert response.status_code == 500
    assert "Something broke on our side" in response.text
    assert "the secret detail" not in response.text


@pytest.mark.parametrize("template", ["400.html", "403.html", "429.html"])
def test_the_other_error_pages_render(rf, template):
    assert "To the front page" in render_to_string(template, request=rf.get("/"))


def broken():
    raise RuntimeError("the secret detail")


def assert_ours(response, status: int = 200) -> None:
    assert response.status_code == status
    page = response.text
    assert '<html lang="en">' in page
    assert "css/tokens" in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>\s*\S", page)
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"\son[a-z]+=", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
