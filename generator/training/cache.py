"""What was read from sources, kept in compact files until something that it hangs on changes."""

import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path


def kept_lines(path: Path, stamp: str) -> list[str] | None:
    """The lines kept in `path` under that stamp; None if it is missing, broken or of another stamp."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return list(lines) if json.loads(next(lines)) == {"stamp": stamp} else None
    except (OSError, EOFError, StopIteration, ValueError):
        return None


def keep_lines(path: Path, stamp: str, lines: Iterable[str]) -> None:
    """Write the lines at once or not at all, whoever else is writing them at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    with gzip.open(unfinished, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"stamp": stamp}) + "\n")
        out.writelines(f"{line}\n" for line in lines)
    unfinished.replace(path)
