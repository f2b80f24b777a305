"""The creator's video with the music under it: the picture is copied, only the sound is mixed anew."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Timer

from emotionmusic.library.kinds import Kind
from emotionmusic.library.models import Track
from emotionmusic.operations.processes import die_with_parent
from emotionmusic.studio.brief_queries import video_of
from emotionmusic.studio.video_kinds import DUCKED
from generator.brief.video.probe import Probe, probe
from generator.brief.video.programs import answer_of, input_words
from generator.rendering.encoding import EncodingFailed

LONGEST_SECONDS = 240.0
"""After which ffmpeg is given up; copied pictures take seconds."""
MEMORY = 1 << 30
ROOM = 200_000_000
"""Bytes that the new video may be larger than the old one: half an hour of sound takes less."""
_AAC = ("-c:a", "aac", "-b:a", "256k")
_OUTPUT = {
    ".mp4": (*_AAC, "-movflags", "+faststart", "-f", "mp4"),
    ".mov": (*_AAC, "-movflags", "+faststart", "-f", "mov"),
    ".mkv": (*_AAC, "-f", "matroska"),
    ".webm": ("-c:a", "libopus", "-b:a", "192k", "-f", "webm"),
}
_EVEN = "aresample=48000,aformat=channel_layouts=stereo"
_FROM_ONE = "aresample=48000,pan=stereo|c0=c0|c1=c0"
"""Players let one channel sound on both sides as it is; ffmpeg's own way makes it 3 dB softer."""
_CLEAR = "alimiter=limit=0.89:level=disabled[all]"
_MUSIC = f"[1:a]{_EVEN},apad"
_MIXED = (
    "[0:{sound}]{even},apad[said];" + _MUSIC + "[music];"
    "[said][music]amix=inputs=2:duration=longest:normalize=0," + _CLEAR
)
_MADE_WAY = (
    "[0:{sound}]{even},apad,asplit[said][key];" + _MUSIC + "[music];"
    "[music][key]sidechaincompress=threshold=0.03:ratio=6:attack=30:release=600[softer];"
    "[said][softer]amix=inputs=2:duration=longest:normalize=0," + _CLEAR
)
_ALONE = f"{_MUSIC}[all]"


class VideoGone(Exception):
    """The video was removed meanwhile."""


def write_video(track: Track, kind: Kind, folder: Path, progress: Callable[[float], None]) -> Path:
    """Write the track's video with the music into `folder`: its picture to the byte, as long as it is.

    What sound the video has stays as loud as it is; the music is as loud as the track, or gives way to it.

    Raises:
        VideoGone, BriefRefused, EncodingFailed.
    """
    brief = video_of(track)
    if brief is None:
        raise VideoGone
    head = probe(brief.upload)
    target = folder / "video"
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-y", "-progress", "pipe:1",
        *input_words(brief.upload, head.container), "-f", "wav", "-i", str(track.wav),
        "-filter_complex", _mixing(head, is_ducked=kind.name.endswith(DUCKED)),
        "-map", f"0:{head.picture}", "-map", "[all]", "-c:v", "copy",
        "-map_metadata", "-1", "-map_chapters", "-1", "-shortest",
        *(("-t", f"{head.announced:.3f}") if head.announced else ()), *_OUTPUT[brief.video_suffix], str(target),
    ]  # fmt: skip
    _run(command, brief.upload.stat().st_size + ROOM, lambda seconds: progress(_share(seconds, head.announced)))
    return target


def _mixing(head: Probe, *, is_ducked: bool) -> str:
    """What ffmpeg is to make of the video's sound, if it has one, and the music."""
    if head.sound is None:
        return _ALONE
    even = _FROM_ONE if _channels(head) == 1 else _EVEN
    return (_MADE_WAY if is_ducked else _MIXED).format(sound=head.sound, even=even)


def _channels(head: Probe) -> int:
    shown = ["ffprobe", "-v", "error", "-select_streams", str(head.sound), "-show_entries", "stream=channels"]
    said = answer_of([*shown, "-of", "csv=p=0", *input_words(head.path, head.container)], 100).strip()
    return int(said) if said.isdigit() else 2


def _share(seconds: float, whole: float | None) -> float:
    return min(1.0, max(0.0, seconds / whole)) if whole else 0.5


def _run(command: list[str], most_bytes: int, told: Callable[[float], None]) -> None:
    parent = os.getpid()

    def confined() -> None:
        for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, most_bytes)):
            resource.setrlimit(kind, (limit, limit))
        die_with_parent(parent)

    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, preexec_fn=confined
        )
        late = Timer(LONGEST_SECONDS, process.kill)
        late.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                name, _, value = line.decode().strip().partition("=")
                if name == "out_time_us" and value.isdigit():
                    told(int(value) / 1e6)
            process.wait()
        finally:
            late.cancel()
            process.kill()
            process.wait()
        if process.returncode:
            complaints.seek(0)
            raise EncodingFailed(complaints.read().decode(errors="replace").strip()[-500:] or "ffmpeg was given up")
