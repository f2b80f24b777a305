"""All the files of a piece in one."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can say; every file has it, so that the same files give the same bytes."""
_READABLE = 0o644 << 16
_UNIX = 3
_PACKED_ALREADY = frozenset({".mp3", ".flac", ".opus"})


class NotPackable(ValueError):
    """A name that has no place in a ZIP file; the message says which."""


def archive(files: Mapping[str, Path | bytes], target: Path) -> None:
    """Write a ZIP file of `files`, by their names in it; it is there whole or not at all.

    The same names and contents give the same bytes, in whatever order and whenever. Files are read piece by piece.

    Raises:
        NotPackable: a name leads out of the archive, or two differ in the case of letters alone.
        OSError: a file cannot be read.
    """
    _check(list(files))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".packing-") as folder:
        unfinished = Path(folder) / "archive.zip"
        with ZipFile(unfinished, "w") as packed:
            for name, content in sorted(files.items()):
                _add(packed, name, content)
        os.replace(unfinished, target)


def _add(packed: ZipFile, name: str, content: Path | bytes) -> None:
    entry = ZipInfo(name, BEGINNING_OF_TIME)
    entry.create_system, entry.external_attr = _UNIX, _READABLE
    entry.compress_type = ZIP_STORED if PurePosixPath(name).suffix in _PACKED_ALREADY else ZIP_DEFLATED
    if isinstance(content, bytes):
        packed.writestr(entry, content)
        return
    entry.file_size = content.stat().st_size
    with content.open("rb") as source, packed.open(entry, "w") as place:
        shutil.copyfileobj(source, place, 1 << 18)


def _check(names: list[str]) -> None:
    for name in names:
        path = PurePosixPath(name)
        if not name.isprintable() or "\\" in name or ":" in name or path.is_absolute() or str(path) != name:
            raise NotPackable(f"{name!r} is no name for a file in an archive")
        if ".." in path.parts or not path.name:
            raise NotPackable(f"{name!r} is no name for a file in an archive")
    if len({name.casefold() for name in names}) < len(names):
        raise NotPackable("two files of an archive differ in the case of letters alone")
