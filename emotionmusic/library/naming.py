"""What a track's files are called."""

from django.utils.text import slugify

from emotionmusic.library.models import Track

LONGEST_NAME = 120
"""Bytes of a title in a file's name; file systems take 255 of the whole."""


def file_name(track: Track, suffix: str) -> str:
    """A name that every file system takes, such as `sad-in-d-minor-30s.mp3`."""
    words = slugify(track.title, allow_unicode=True).encode()[:LONGEST_NAME].decode(errors="ignore")
    return f"{words or slugify(track.mood)}-{track.seconds:.0f}s{suffix}"
