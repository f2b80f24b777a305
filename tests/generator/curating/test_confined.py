"""The process that reads hostile files, and what becomes of one that goes too far."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.curating import checking, limits
from generator.curating.checking import check_midi_file
from generator.curating.confined import ConfinedProcessFailed, End, run_confined
from generator.curating.refusal import MidiRefused, Refusal
from generator.training import extracting
from tests.stack import PATIENCE, wait_until

PROGRAMS = "tests.generator.curating.programs"
ROOT = Path(__file__).resolve().parents[3]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this limit")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty"
    path.touch()
    return path


def ended(path: Path, program: str, wall_seconds: float = PATIENCE) -> ConfinedProcessFailed:
    with path.open("rb") as source, pytest.raises(ConfinedProcessFailed) as failed:
        run_confined(f"{PROGRAMS}.{program}", source, wall_seconds=wall_seconds)
    return failed.value


def test_a_process_that_sleeps_is_ended_in_time(empty: Path) -> None:
    assert ended(empty, "sleeping", wall_seconds=1).end is End.TIME


@linux_only
def test_a_process_that_wants_a_gigabyte_is_refused_it(empty: Path) -> None:
    assert ended(empty, "greedy").end is End.MEMORY


def test_a_process_that_writes_without_end_is_stopped(empty: Path) -> None:
    failed = ended(empty, "talkative")
    assert failed.end is End.CRASH
    assert "File too large" in str(failed)


def test_a_process_knows_no_secret_of_the_site(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    with empty.open("rb") as source:
        assert b"do-not-tell" not in run_confined(f"{PROGRAMS}.environment", source, wall_seconds=PATIENCE)


@linux_only
def test_a_process_dies_with_the_one_that_asked(tmp_path: Path, empty: Path) -> None:
    asking = (
        "import sys; from generator.curating.confined import run_confined\n"
        f"run_confined('{PROGRAMS}.sleeping', open(sys.argv[1], 'rb'), wall_seconds=3600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", asking, str(empty)], cwd=ROOT)
    wait_until(lambda: _children(parent.pid))
    (child,) = _children(parent.pid)
    wait_until(lambda: _confined(child))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not _runs(child))


@pytest.mark.parametrize(
    ("program", "code"),
    [("sleeping", Refusal.TOOK_TOO_LONG), ("greedy", Refusal.TOO_MUCH_MEMORY), ("crashing", Refusal.UNREADABLE)],
)
def test_each_such_end_refuses_the_file_by_name(
    empty: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: Refusal
) -> None:
    if program == "greedy" and sys.platform != "linux":
        pytest.skip("only Linux limits memory")
    monkeypatch.setattr(checking, "_MODULE", f"{PROGRAMS}.{program}")
    monkeypatch.setattr(checking, "WALL_SECONDS", 1 if program == "sleeping" else PATIENCE)
    with pytest.raises(MidiRefused) as refused:
        check_midi_file(empty)
    assert refused.value.code is code


def test_the_musical_limits_are_those_of_the_other_corpora() -> None:
    for name in ("SHORTEST_BARS", "LONGEST_BARS", "FEWEST_NOTES", "MOST_OFF_GRID", "WIDEST_RANGE"):
        assert getattr(limits, name) == getattr(extracting, name)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _confined(pid: int) -> bool:
    """Whether the process has put its limits on itself."""
    return re.search(rf"address space +{limits.MEMORY} ", Path(f"/proc/{pid}/limits").read_text()) is not None


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
