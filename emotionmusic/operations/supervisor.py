"""Keeps the household running: starts it, restarts whoever dies, ends all of it, Redis last."""

import os
import signal
import socket
import sys
import threading
import time
from types import FrameType

from django.conf import settings

from emotionmusic import env
from emotionmusic.operations import listening, processes
from emotionmusic.operations.embedded_redis import EmbeddedRedis
from emotionmusic.operations.household import household
from emotionmusic.operations.processes import Child

GRACE = 10.0
REDIS_GRACE = 5.0
WEB_TRIES = 3


class DoesNotServe(Exception):
    """The web processes die before any has answered."""


def say(line: str) -> None:
    """One line to whoever started the site."""
    print(line, file=sys.stderr, flush=True)


class Supervisor:
    """Runs until SIGINT, SIGTERM or SIGHUP; a second signal kills at once."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.redis: EmbeddedRedis | None = None
        self.redis_child: Child | None = None
        self.children: list[Child] = []
        self.environment = dict(os.environ)
        self.stop = threading.Event()

    def run(self) -> None:
        """Raises `RedisDidNotStart` or `DoesNotServe`; every child has ended when it returns or raises."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            self._start_redis()
            self.children = household(self.listener.fileno())
            self._watch()
        finally:
            self._end()

    def _start_redis(self) -> None:
        if env.text("REDIS_URL"):
            return
        self.redis = EmbeddedRedis.prepare(settings.VAR)
        self.redis_child = self.redis.child()
        self.redis_child.start(self.environment, settings.ROOT)
        self.redis.wait(self.redis_child)
        self.environment["REDIS_URL"] = self.redis.url

    def _watch(self) -> None:
        served = False
        while not self.stop.is_set():
            for child in [*([self.redis_child] if self.redis_child else []), *self.children]:
                self._keep(child)
            if not served:
                served = listening.answers(self.listener, settings.ALLOWED_HOSTS, within=0.5)
                if served:
                    say(f"EmotionMusic is at http://{listening.reachable(self.listener)}/ (Ctrl-C ends it)")
                elif all(child.deaths >= WEB_TRIES for child in self.children if child.name.startswith("web")):
                    raise DoesNotServe("The web server does not start; the lines above say why.")
            self.stop.wait(0.2)

    def _keep(self, child: Child) -> None:
        if child.alive:
            return
        if child.process is not None:
            code = child.process.returncode
            wait = child.mourn()
            say(f"{child.name} ended ({_reason(code)}); starting it again{f' in {wait:g} s' if wait else ''}")
        if time.monotonic() >= child.due:
            child.start(self.environment, settings.ROOT)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        if not self.stop.is_set():
            self.stop.set()
            return
        for child in self.children:
            child.signal(signal.SIGKILL)

    def _end(self) -> None:
        self.stop.set()
        say("Stopping")
        self.listener.close()
        late = processes.end(self.children, within=GRACE)
        if late:
            say(f"Killed after {GRACE:g} s: {', '.join(late)}")
        if self.redis and self.redis_child:
            self.redis.forget()
            processes.end([self.redis_child], within=REDIS_GRACE)


def _reason(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
