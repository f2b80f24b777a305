"""Real servers for tests: a Redis, the whole site, a Chromium. Each ends with the test run, even a killed one."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import redis
from playwright.sync_api import Browser, Playwright, expect

from emotionmusic.operations import processes
from emotionmusic.operations.embedded_redis import EmbeddedRedis

ROOT = Path(__file__).resolve().parent.parent
ADMIN = ("admin@example.com", "the-admins-own-secret")
PATIENCE = 120.0
"""Seconds after which what has not come to pass is taken for a hang: no slow or busy machine comes near it."""
SETTINGS_OF_THE_SITE = ("SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "DEBUG", "REDIS_URL")


class RedisServer:
    """An embedded Redis; `stop` and `start` take it away and bring it back at the same address."""

    def __init__(self, folder: Path) -> None:
        self._embedded = EmbeddedRedis.prepare(folder)
        self._child = self._embedded.child()
        self.url = self._embedded.url

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.stop()

    def start(self) -> None:
        self._child.start(os.environ, ROOT)
        self._embedded.wait(self._child)

    def stop(self) -> None:
        processes.end([self._child], within=5)

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


class Site:
    """`manage.py serve` on a free port with a folder of its own; `url`, `port`, `var`, `env`, `log`, `pid`."""

    def __init__(self, var: Path, **env: str) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var / "serve.log"
        inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_THE_SITE}
        self.env = {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "emotionmusic.settings",
            "EMOTIONMUSIC_VAR": str(var),
            "EMOTIONMUSIC_ADMIN_EMAIL": ADMIN[0],
            "EMOTIONMUSIC_ADMIN_PASSWORD": ADMIN[1],
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "EMAIL": "file",
            **env,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Site":
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.stop()

    def start(self) -> None:
        """Returns when it answers; raises AssertionError with its log when it does not."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=partial(processes.die_with_parent, os.getpid()),
            )
        wait_until(self.answers, otherwise=self.said)

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Sends `number` and returns the exit code; a site that stays is killed and fails the test."""
        assert self.process is not None
        self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"The site did not stop within {PATIENCE:g} s.\n{self.said()}") from None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def children(self, *words: str) -> list[psutil.Process]:
        """The supervisor's living direct children whose command line holds all of `words`."""
        found = filter(alive, psutil.Process(self.pid).children())
        return [child for child in found if all(word in child.cmdline() for word in words)]

    def said(self) -> str:
        return self.log.read_text(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition, *, within: float = PATIENCE, otherwise=lambda: "It did not come to pass.") -> None:
    """Asks `condition` again and again; raises AssertionError with what `otherwise` says after `within` seconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.05)


def alive(process: psutil.Process) -> bool:
    """Whether the process runs; one that ended and was not fetched by its parent does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, which calls nobody on its own and whose pages wait patiently."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    browser = playwright.chromium.launch(
        executable_path=program,
        args=[
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--autoplay-policy=no-user-gesture-required",
        ],
    )
    expect.set_options(timeout=PATIENCE * 1000)
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE * 1000))
    return browser
