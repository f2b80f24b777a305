"""Where Redis is: named by the environment, else the embedded one that the supervisor runs."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from emotionmusic import env

USUAL = "redis://localhost:6379/0"


def note(var: Path) -> Path:
    """The file in which a running supervisor leaves the address of its embedded Redis."""
    return var / "redis" / "url"


def configured(var: Path) -> str:
    """`REDIS_URL`; else the embedded Redis that runs now; else Redis' usual address."""
    url = env.text("REDIS_URL")
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"REDIS_URL is {url!r}; it must begin with redis://, rediss:// or unix://.")
    if url:
        return url
    try:
        return note(var).read_text().strip() or USUAL
    except OSError:
        return USUAL


def impatient(url: str) -> str:
    """`url` with short timeouts, so that a page answers soon with Redis away or silent.

    Workers, which wait at Redis for work, lengthen the read timeout for themselves.
    """
    if "timeout=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}socket_connect_timeout=1&socket_timeout=2"
