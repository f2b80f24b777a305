"""Child processes that never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

STEADY = 10.0
LONGEST_WAIT = 30.0


@dataclass
class Child:
    """A command that is kept running; `fds` are the file descriptors it inherits, `text` what it reads from stdin.

    A `silent` one says nothing on stdout.
    """

    name: str
    command: Sequence[str]
    fds: tuple[int, ...] = ()
    text: str = ""
    silent: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = field(default=0.0)

    def start(self, env: Mapping[str, str], folder: Path) -> None:
        """Runs the command in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=dict(env),
            cwd=folder,
            stdin=subprocess.PIPE if self.text else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self.silent else None,
            pass_fds=self.fds,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, os.getpid()),
        )
        if self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError), self.process.stdin:
                self.process.stdin.write(self.text.encode())

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def mourn(self) -> float:
        """Notes a death and ends what the child left running; seconds to wait: none at first, ever more after."""
        self.signal(signal.SIGKILL)
        lived = time.monotonic() - self.started
        self.deaths = 0 if lived > STEADY else self.deaths + 1
        wait = 0.0 if self.deaths <= 1 else min(LONGEST_WAIT, 0.5 * 2.0 ** (self.deaths - 2))
        self.due = time.monotonic() + wait
        self.process = None
        return wait

    def signal(self, number: signal.Signals) -> None:
        """Sends `number` to the child and, with SIGKILL, to whatever it has started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if number is signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif self.process.poll() is None:
                self.process.send_signal(number)


def end(children: Sequence[Child], *, within: float) -> list[str]:
    """Asks the children to end, waits up to `within` seconds and kills the rest, whose names it returns."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + within
    while any(child.alive for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    late = [child.name for child in children if child.alive]
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()
    return late


def die_with_parent(parent: int) -> None:
    """In the child, before its program: the kernel kills it when the parent dies, however that happens."""
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
