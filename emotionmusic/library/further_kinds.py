"""Kinds of files that rooms above the library make of some of its tracks; asked for and kept as all others are."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.module_loading import import_string

from emotionmusic.library.kinds import Kind
from emotionmusic.library.models import Track


@dataclass(frozen=True)
class FurtherKind:
    """A kind, of which tracks it can be had, and the dotted name of what writes it.

    That is called as `emotionmusic.library.file_writing.write_file` is, and is imported only where it is needed.
    """

    kind: Kind
    is_offered: Callable[[Track], bool]
    writer: str

    def write(self, track: Track, folder: Path, progress: Callable[[float], None]) -> Path:
        """Write the file into `folder`, which is left littered."""
        written: Path = import_string(self.writer)(track, self.kind, folder, progress)
        return written


_KNOWN: dict[str, FurtherKind] = {}


def add(further: FurtherKind) -> None:
    """Let the library hand it out too."""
    _KNOWN[further.kind.name] = further


def find(name: str) -> FurtherKind | None:
    """The kind of that name in addresses."""
    return _KNOWN.get(name)
