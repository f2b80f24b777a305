"""The secret key of an installation that was given none."""

import contextlib
import os
import secrets
from pathlib import Path


def kept(path: Path) -> str:
    """The secret kept at `path`, made on first use and readable by its owner alone.

    Several processes may start at once: the first to link its file in place wins, all read the same.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
