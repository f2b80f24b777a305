"""The reading of an uploaded video, whatever it holds."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.video import limits
from generator.brief.video.reading import VideoReading
from generator.curating.confined import OUT_OF_MEMORY, confined_environment

log = logging.getLogger(__name__)

_MODULE = "generator.brief.video.child"
_ROOT = Path(__file__).resolve().parents[3]


class VideoToolsMissing(RuntimeError):
    """ffmpeg or ffprobe is not installed on this machine: nobody's file is at fault."""


def read_video(path: Path, name: str, progress: Callable[[float], None] = lambda share: None) -> VideoReading:
    """What the video at `path`, uploaded under `name`, looks and sounds like, read in processes with limits.

    It may be MP4, MOV, WebM or Matroska, by what it holds and not by its name, of at most LONGEST_VIDEO_SECONDS.
    `progress` is told the share that is done, 0..1, and may raise to stop.

    Raises:
        BriefRefused: whatever is wrong with the file; also where there is none.
        VideoToolsMissing: there is no ffmpeg.
    """
    if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        raise VideoToolsMissing("ffmpeg and ffprobe are needed to read videos")
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BriefRefused(Refusal.MISSING)
    except OSError as fault:
        log.warning("%s: %s", path, fault)
        raise BriefRefused(Refusal.MISSING) from fault
    if size > limits.LARGEST_VIDEO_FILE:
        raise BriefRefused(Refusal.TOO_LARGE, largest_mb=limits.LARGEST_VIDEO_FILE // 1_000_000)
    reading = _ask(path, progress)
    progress(1.0)
    return reading


def _ask(path: Path, progress: Callable[[float], None]) -> VideoReading:
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", _MODULE, str(os.getpid()), str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=_ROOT,
            env=confined_environment(),
            start_new_session=True,
        )
        conversation = _Conversation(process)
        try:
            answer = conversation.answer(progress)
        finally:
            conversation.end()
        if answer is None:
            complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 2000))
            log.warning("%s: %s: %s", path, process.returncode, complaints.read().decode(errors="replace"))
            raise conversation.refusal()
    if "refused" in answer:
        raise BriefRefused.from_json(answer["refused"])
    return VideoReading.from_json(answer["reading"])


class _Conversation:
    """What the confined process says, until it ends or runs out of time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._limit = limits.PROBE_SECONDS
        self._late = Timer(self._limit, self._kill)
        self._late.start()
        self._was_late = False

    def answer(self, progress: Callable[[float], None]) -> dict[str, Any] | None:
        """Its last word, or None where it ended without one."""
        assert self._process.stdout is not None
        left = limits.LARGEST_ANSWER
        while left > 0 and (line := self._process.stdout.readline(left)):
            left -= len(line)
            try:
                said: dict[str, Any] = json.loads(line)
            except ValueError:
                return None
            if "probed" in said:
                self._give(limits.FIXED_SECONDS + limits.SECONDS_A_SECOND * float(said["probed"]))
            elif "share" in said:
                progress(float(said["share"]))
            else:
                return said
        self._process.wait()
        return None

    def end(self) -> None:
        """Ends the process and all that it started."""
        self._late.cancel()
        self._kill_group()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def refusal(self) -> BriefRefused:
        """Why there was no answer."""
        if self._was_late:
            return BriefRefused(Refusal.TOOK_TOO_LONG, seconds=round(self._limit))
        out_of_memory = self._process.returncode == OUT_OF_MEMORY
        return BriefRefused(Refusal.TOO_MUCH_MEMORY if out_of_memory else Refusal.VIDEO_UNREADABLE)

    def _give(self, seconds: float) -> None:
        self._late.cancel()
        self._limit = seconds
        self._late = Timer(seconds, self._kill)
        self._late.start()

    def _kill(self) -> None:
        self._was_late = True
        self._kill_group()

    def _kill_group(self) -> None:
        # Also after it ended by itself: what it started may still be there.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
