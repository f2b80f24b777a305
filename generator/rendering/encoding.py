"""Sound to files in any format, through ffmpeg."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Timer

import soundfile

from generator.rendering.formats import LISTENING_MP3, AudioFormat
from generator.rendering.sound import SAMPLE_RATE, Audio
from generator.rendering.tags import Tags

LONGEST_ENCODING = 60.0
"""Seconds, beside those that the sound lasts, after which ffmpeg is given up."""
_FED_AT_ONCE = 1 << 18


class EncodingFailed(Exception):
    """ffmpeg could not write the file; the message is its last line."""


def encode(
    wav: Path,
    audio_format: AudioFormat,
    target: Path,
    tags: Tags,
    progress: Callable[[float], None] = lambda share: None,
) -> None:
    """Write a WAV file in another format with its tags; `target` is there whole or not at all.

    `wav` is best a master of floats: then 16 bits are dithered, and nothing is rounded twice. `progress` is told the
    share that is done, 0..1, and may raise to stop. The same file and tags give the same bytes.

    Raises:
        EncodingFailed: ffmpeg is missing, failed or took too long.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".encoding-") as folder:
        unfinished = Path(folder) / "sound"
        _encode(wav, audio_format.arguments, unfinished, tags.fields(), progress)
        os.replace(unfinished, target)


def write_wav(audio: Audio, path: Path) -> None:
    """Write a short sound as 16-bit PCM at SAMPLE_RATE."""
    soundfile.write(path, audio, SAMPLE_RATE, subtype="PCM_16", format="WAV")


def write_mp3(wav: Path, path: Path, *, title: str, comment: str) -> None:
    """Encode a WAV file as MP3 with its title and a comment in the ID3 tags.

    Raises:
        EncodingFailed: ffmpeg is missing, failed or took too long.
    """
    _encode(wav, LISTENING_MP3.arguments, path, {"title": title, "comment": comment}, lambda share: None)


def _encode(
    wav: Path,
    arguments: Iterable[str],
    target: Path,
    fields: Mapping[str, str],
    progress: Callable[[float], None],
) -> None:
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "wav", "-i", "pipe:0", "-map_metadata", "-1",
        # Without these two the file would name ffmpeg's version, and differ from one machine to the next.
        "-fflags", "+bitexact", "-flags:a", "+bitexact",
        *(word for name, text in fields.items() for word in ("-metadata", f"{name}={text}")),
        *arguments, str(target),
    ]  # fmt: skip
    limit = LONGEST_ENCODING + soundfile.info(wav).duration
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints)
        except FileNotFoundError as fault:
            raise EncodingFailed("ffmpeg is not installed") from fault
        late = Timer(limit, process.kill)
        late.start()
        try:
            _feed(process, wav, progress)
            process.wait()
        finally:
            given_up = not late.is_alive()
            late.cancel()
            process.kill()
            process.wait()
        if given_up:
            raise EncodingFailed(f"ffmpeg took longer than {limit:.0f} s")
        if process.returncode:
            complaints.seek(0)
            lines = complaints.read().decode(errors="replace").strip().splitlines()
            raise EncodingFailed(lines[-1] if lines else "ffmpeg failed")


def _feed(process: subprocess.Popen[bytes], wav: Path, progress: Callable[[float], None]) -> None:
    """Hand the file to ffmpeg: fed through a pipe, it ends with the process that feeds it, however that one dies."""
    assert process.stdin is not None
    size, fed = wav.stat().st_size, 0
    try:
        with process.stdin as pipe, wav.open("rb") as file:
            while piece := file.read(_FED_AT_ONCE):
                pipe.write(piece)
                fed += len(piece)
                progress(fed / size)
    except BrokenPipeError:
        # It says itself what was wrong with what it was fed.
        return
