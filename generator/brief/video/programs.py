"""ffmpeg and ffprobe, called so that a hostile file opens nothing but itself."""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.video.limits import MOST_PIXELS

_MOV_ATOMS = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")
_MATROSKA = b"\x1a\x45\xdf\xa3"
_LISTS = (b"#EXTM3U", b"ffconcat", b"file ", b"[playlist]", b"<?xml", b"<MPD", b"<smil", b"v=0", b"[Reference]")
_BROKEN_OFF = ("moov atom not found", "partial file", "ended prematurely")
_TOO_LARGE = re.compile(r"Picture size (\d{1,9})x(\d{1,9})")


class ProgramFailed(Exception):
    """ffmpeg or ffprobe ended with an error; the message is the last of what it wrote."""

    @property
    def broke_off(self) -> bool:
        """Whether it says that the file ends too early."""
        return any(sign in str(self) for sign in _BROKEN_OFF)

    @property
    def frame(self) -> tuple[int, int] | None:
        """Width and height of a frame that was too large to be decoded; None where there was none."""
        found = _TOO_LARGE.search(str(self))
        return (int(found[1]), int(found[2])) if found else None


def container_of(path: Path) -> str:
    """ffmpeg's name of the format that the first bytes of the file are in.

    Raises:
        BriefRefused: it is neither of the two kinds that are read, or empty; a playlist by name.
    """
    with path.open("rb") as file:
        start = file.read(64)
    if not start:
        raise BriefRefused(Refusal.EMPTY)
    if start[4:8] in _MOV_ATOMS:
        return "mov"
    if start.startswith(_MATROSKA):
        return "matroska"
    is_list = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_LISTS)
    raise BriefRefused(Refusal.PLAYLIST if is_list else Refusal.NOT_A_VIDEO)


def input_words(path: Path, container: str) -> list[str]:
    """The words of a command line that open a video and nothing else.

    The demuxer is named rather than guessed, so that no text is taken for a playlist, and neither it nor any
    other may open a protocol but a plain file. Frames larger than the limit are not decoded, even in mid-file.
    """
    return [
        "-protocol_whitelist", "file", "-format_whitelist", "mov,matroska", "-f", container,
        "-max_pixels", str(MOST_PIXELS), "-i", f"file:{path.absolute()}",
    ]  # fmt: skip


def answer_of(command: Sequence[str], largest: int) -> bytes:
    """The first `largest` bytes that a program prints.

    Raises:
        ProgramFailed: it ended with an error.
    """
    with running(command) as answer:
        return answer.read(largest)


@contextmanager
def running(command: Sequence[str]) -> Iterator[BinaryIO]:
    """A program's output while it runs; it is ended with the block.

    Raises:
        ProgramFailed: all its output was read, and it ended with an error, or told of a file that breaks off or
            of a frame too large.
    """
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints)
        assert process.stdout is not None
        at_the_end = False
        try:
            yield process.stdout  # type: ignore[misc]
            at_the_end = not process.stdout.read(1)
            process.stdout.close()
            if at_the_end:
                process.wait()
        finally:
            process.kill()
            process.wait()
        complaints.seek(max(0, complaints.seek(0, 2) - 4000))
        complaint = complaints.read().decode(errors="replace").strip()
        failed = ProgramFailed(complaint)
        if at_the_end and (process.returncode or failed.broke_off or failed.frame):
            raise failed
