"""Typed readers of the environment: a strange value stops the start and names itself."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value without surrounding blanks; `default` when unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off in any case; anything else raises `ImproperlyConfigured`."""
    value = text(name)
    if not value:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise _wrong(name, value, "1, true, yes or on, else 0, false, no or off")


def integer(name: str, default: int, *, minimum: int, maximum: int) -> int:
    """A whole number from `minimum` to `maximum`, both included, else `ImproperlyConfigured`."""
    value = text(name)
    if not value:
        return default
    right = f"a whole number from {minimum} to {maximum}"
    try:
        number = int(value)
    except ValueError:
        raise _wrong(name, value, right) from None
    if not minimum <= number <= maximum:
        raise _wrong(name, value, right)
    return number


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """A comma-separated list without blanks and empty items; `default` when nothing is left."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def choice(name: str, default: str, *, allowed: Sequence[str]) -> str:
    """One of `allowed`, spelt exactly so, else `ImproperlyConfigured`."""
    value = text(name, default)
    if value not in allowed:
        raise _wrong(name, value, f"one of {', '.join(allowed)}")
    return value


def path(name: str, default: Path) -> Path:
    """An absolute path; `~` is the home folder. A relative one raises, since it would depend on where one stands."""
    value = text(name)
    if not value:
        return default
    result = Path(value).expanduser()
    if not result.is_absolute():
        raise _wrong(name, value, "an absolute path, such as /var/lib/emotionmusic")
    return result


def address(name: str, default: str) -> str:
    """The beginning of an absolute address, `https://example.com`, without a slash at its end."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise _wrong(name, value, "an absolute address, such as https://music.example.com")
    return value


def _wrong(name: str, value: str, right: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {value!r}; it must be {right}.")
