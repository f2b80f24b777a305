"""A Python module run as a process of its own, with limits on time, memory and output.

The parent calls `run_confined`; the module calls `confine_self` before it imports anything large.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from generator.curating.limits import CPU_SECONDS, LARGEST_ANSWER, MEMORY

OUT_OF_MEMORY = 77
"""The exit status of a module that ran out of memory and could still say so."""

_ROOT = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""numpy reserves memory for each thread, and a machine of many cores would be out of it at once."""
_PR_SET_PDEATHSIG = 1


class End(Enum):
    """How a confined process that gave no answer came to its end."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


class ConfinedProcessFailed(Exception):
    """A confined process gave no answer; `complaint` is the last of what it wrote to stderr."""

    def __init__(self, end: End, complaint: str) -> None:
        super().__init__(f"{end.value}: {complaint}")
        self.end = end


def run_confined(module: str, source: BinaryIO, *words: str, wall_seconds: float) -> bytes:
    """What `module` writes to stdout when it is called with `words` and given the open file `source` as stdin.

    The process knows only a little of the environment, so none of the site's secrets. It has a process
    group of its own that is killed after `wall_seconds`, and on Linux it dies with the thread that called.

    Raises:
        ConfinedProcessFailed: it ran past a limit or ended with another status than 0.
    """
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaint:
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(os.getpid()), *words],
            stdin=source,
            stdout=answer,
            stderr=complaint,
            cwd=_ROOT,
            env=confined_environment(),
            start_new_session=True,
        )
        try:
            status = process.wait(wall_seconds)
        except subprocess.TimeoutExpired:
            status = -signal.SIGXCPU
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if status != 0:
            complaint.seek(max(0, complaint.seek(0, os.SEEK_END) - 2000))
            raise ConfinedProcessFailed(_how(status), complaint.read().decode(errors="replace"))
        answer.seek(0)
        return answer.read(LARGEST_ANSWER)


def confined_environment() -> dict[str, str]:
    """What a confined process may know of the environment: none of the site's secrets."""
    return {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ} | _ONE_THREAD


def confine_self(parent: int) -> None:
    """Puts the limits on this process, whose parent should be the process of id `parent`."""
    for kind, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that asked is gone")


def _how(status: int) -> End:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return End.TIME
    return End.MEMORY if status == OUT_OF_MEMORY else End.CRASH
