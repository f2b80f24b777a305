"""The settings as a fresh process reads them."""

import os
import stat
import subprocess
import sys

import pytest

from tests.stack import PATIENCE, ROOT


def read(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a fresh process prints for an expression over the settings."""
    code = f"from django.conf import settings as s; print(({expression}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "emotionmusic.settings", **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_the_secret_key_is_drawn_once_and_readable_by_its_owner_alone(tmp_path):
    first = read("s.SECRET_KEY", EMOTIONMUSIC_VAR=str(tmp_path)).stdout
    second = read("s.SECRET_KEY", EMOTIONMUSIC_VAR=str(tmp_path)).stdout
    assert first == second
    assert len(first.strip()) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_secret_key_is_written_nowhere(tmp_path):
    assert read("s.SECRET_KEY", EMOTIONMUSIC_VAR=str(tmp_path), SECRET_KEY="given").stdout == "given\n"
    assert list(tmp_path.iterdir()) == []


def test_without_any_wish_the_site_is_closed_and_local(tmp_path):
    said = read("s.DEBUG, s.ALLOWED_HOSTS, s.HOST, s.PORT, s.SESSION_COOKIE_SECURE", EMOTIONMUSIC_VAR=str(tmp_path))
    assert said.stdout == "(False, ['localhost', '127.0.0.1', '[::1]'], '127.0.0.1', 8000, False)\n"


def test_https_asks_for_secure_cookies_and_strict_transport(tmp_path):
    said = read(
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0",
        EMOTIONMUSIC_VAR=str(tmp_path),
        HTTPS="1",
    )
    assert said.stdout == "(True, True, True, True)\n"


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "9000"}, "http://localhost:9000"),
        ({"HTTPS": "1", "ALLOWED_HOSTS": "music.example.com"}, "https://music.example.com"),
        ({"SITE_ADDRESS": "https://example.com/music/"}, "https://example.com/music"),
    ],
)
def test_files_name_the_site_by_the_address_that_is_set_or_by_its_usual_one(tmp_path, environment, address):
    assert read("s.SITE_ADDRESS", EMOTIONMUSIC_VAR=str(tmp_path), **environment).stdout == f"{address}\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("PORT", "70000"),
        ("REDIS_URL", "http://x/"),
        ("SITE_ADDRESS", "example.com"),
        ("SITE_ADDRESS", "http://[x"),
    ],
)
def test_a_strange_value_stops_the_start_and_names_itself(tmp_path, name, value):
    said = read("s.DEBUG", EMOTIONMUSIC_VAR=str(tmp_path), **{name: value})
    assert said.returncode != 0
    assert f"ImproperlyConfigured: {name} is '{value}'" in said.stderr


def test_no_policy_allows_inline_code(settings):
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'self'"]
    assert "unsafe" not in str(directives)
