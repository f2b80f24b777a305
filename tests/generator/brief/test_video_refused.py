"""Every kind of broken or hostile video, and the name under which it is refused."""

import re
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.video import limits, read_video
from tests.generator.brief.files import ffmpeg, video

CANARY = "canary-that-nobody-may-read"


def short(folder: Path, *words: str) -> Path:
    """Two seconds of moving picture, with its index at the start."""
    return video(folder / "short.mp4", ("testsrc2", 2.0), codec=("-c:v", "libx264", "-movflags", "+faststart", *words))


def refused(path: Path) -> BriefRefused:
    started = time.monotonic()
    with pytest.raises(BriefRefused) as refusal:
        read_video(path, "holiday.mp4")
    assert time.monotonic() - started < 10
    assert refusal.value.message.endswith(".")
    return refusal.value


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    return path


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def huge(folder: Path) -> Path:
    """A few hundred bytes of JPEG that claim 16,384 by 16,384 pixels."""
    path = ffmpeg(folder / "small.mov", "-f", "lavfi", "-t", "0.4", "-i", "color=s=16x16:r=5", "-c:v", "mjpeg")
    small, large = b"\x00\x10\x00\x10", b"\x40\x00\x40\x00"
    data = re.sub(b"(\xff\xc0\x00\x11\x08)" + small, b"\\1" + large, path.read_bytes(), flags=re.DOTALL)
    return write(folder / "huge.mov", data)


def huge_by_header(folder: Path) -> Path:
    return ffmpeg(
        folder / "wide.mkv", "-f", "lavfi", "-t", "0.04", "-i", "color=s=4096x4096:r=25", "-c:v", "mjpeg",
    )  # fmt: skip


REFUSED: dict[str, tuple[Callable[[Path], Path], Refusal]] = {
    "nothing at all": (lambda folder: write(folder / "x", b""), Refusal.EMPTY),
    "a text": (lambda folder: write(folder / "x", b"Dear composer, here is my video."), Refusal.NOT_A_VIDEO),
    "NULs": (lambda folder: write(folder / "x", bytes(10_000)), Refusal.NOT_A_VIDEO),
    "an AVI": (
        lambda folder: ffmpeg(folder / "x.avi", "-f", "lavfi", "-t", "0.2", "-i", "testsrc2=s=64x64"),
        Refusal.NOT_A_VIDEO,
    ),
    "a head and then nonsense": (
        lambda folder: write(folder / "x", b"\0\0\0\x18ftypisom" + bytes(range(256)) * 40),
        Refusal.TRUNCATED,
    ),
    "Matroska's mark and then nonsense": (
        lambda folder: write(folder / "x", b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 40),
        Refusal.VIDEO_UNREADABLE,
    ),
    "only sound": (
        lambda folder: ffmpeg(folder / "x.mp4", "-f", "lavfi", "-t", "1", "-i", "sine", "-c:a", "aac"),
        Refusal.NO_PICTURE,
    ),
    "a song with a cover": (
        lambda folder: ffmpeg(
            folder / "x.mp4", "-f", "lavfi", "-t", "1", "-i", "sine", "-f", "lavfi", "-t", "0.04",
            "-i", "testsrc2=s=64x64", "-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic",
        ),
        Refusal.NO_PICTURE,
    ),
    "one frame": (
        lambda folder: ffmpeg(folder / "x.mp4", "-f", "lavfi", "-t", "0.04", "-i", "testsrc2=s=64x64:r=25"),
        Refusal.NO_LENGTH,
    ),
    "three hours": (
        lambda folder: ffmpeg(
            folder / "x.mp4", "-f", "lavfi", "-t", "10800", "-i", "color=s=16x16:r=0.1", "-preset", "ultrafast",
        ),
        Refusal.VIDEO_TOO_LONG,
    ),
    "an index cut off at the end": (
        lambda folder: cut(video(folder / "x.mp4", ("testsrc2", 2.0)), 0.6),
        Refusal.TRUNCATED,
    ),
    "a picture cut off at the end": (lambda folder: cut(short(folder), 0.6), Refusal.VIDEO_TRUNCATED),
    "Matroska cut off at the end": (
        lambda folder: cut(video(folder / "x.mkv", ("testsrc2", 2.0)), 0.6),
        Refusal.VIDEO_TRUNCATED,
    ),
    "16,384 by 16,384 pixels": (huge, Refusal.FRAME_TOO_LARGE),
    "4,096 by 4,096 pixels": (huge_by_header, Refusal.FRAME_TOO_LARGE),
    "a picture stored in a rare way": (
        lambda folder: ffmpeg(
            folder / "x.mkv", "-f", "lavfi", "-t", "0.4", "-i", "testsrc2=s=64x64", "-c:v", "huffyuv",
        ),
        Refusal.UNKNOWN_CODEC,
    ),
    "a folder": (lambda folder: folder, Refusal.MISSING),
    "nowhere": (lambda folder: folder / "nowhere.mp4", Refusal.MISSING),
}  # fmt: skip


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_each_broken_video_is_refused_by_name_and_in_words_within_ten_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path], reason: Refusal
) -> None:
    (tmp_path / "temporary").mkdir()
    path = make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert refused(path).reason is reason
    assert sorted(tmp_path.rglob("*")) == before


def test_a_video_too_long_is_told_the_limit(tmp_path: Path) -> None:
    message = refused(REFUSED["three hours"][0](tmp_path)).message
    assert str(limits.LONGEST_VIDEO_SECONDS // 60) in message


def test_a_video_that_takes_too_long_to_read_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIXED_SECONDS", 0.1)
    monkeypatch.setattr(limits, "SECONDS_A_SECOND", 0.0)
    assert refused(short(tmp_path)).reason is Refusal.TOOK_TOO_LONG


def test_a_video_that_hides_its_length_is_read_to_the_limit_and_no_farther(tmp_path: Path) -> None:
    path = tmp_path / "live.webm"
    vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-f", "webm", "-live", "1", "pipe:1"]
    with path.open("wb") as live:
        source = ["-f", "lavfi", "-t", "2000", "-i", "color=s=16x16:r=0.1"]
        subprocess.run(["ffmpeg", "-v", "error", *source, *vp8], stdout=live, check=True)
    assert refused(path).reason is Refusal.VIDEO_TOO_LONG


@pytest.fixture
def knocks() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was said by whoever connected to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        listening = threading.Event()

        def listen() -> None:
            while not listening.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                with caller:
                    heard.append(b"a knock")

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        listening.set()
        thread.join()


PLAYLISTS = {
    "HLS": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{target}\n#EXT-X-ENDLIST\n",
    "HLS after a byte-order mark": "\ufeff#EXTM3U\n#EXTINF:2,\n{target}\n",
    "ffconcat": "ffconcat version 1.0\nfile '{target}'\n",
    "a list for concat": "file '{target}'\n",
    "DASH": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{target}</BaseURL></MPD>',
    "SDP": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
}


@pytest.mark.parametrize("text", PLAYLISTS.values(), ids=PLAYLISTS.keys())
def test_a_playlist_named_mp4_opens_no_other_file_and_no_socket(
    tmp_path: Path, knocks: tuple[int, list[bytes]], text: str, caplog: pytest.LogCaptureFixture
) -> None:
    port, heard = knocks
    canary = write(tmp_path / "canary.txt", CANARY.encode())
    seen = canary.stat().st_atime_ns
    for target in (f"http://127.0.0.1:{port}/a.ts", f"tcp://127.0.0.1:{port}", str(canary), f"file:{canary}"):
        path = write(tmp_path / "holiday.mp4", text.format(target=target, port=port).encode())
        refusal = refused(path)
        assert refusal.reason is Refusal.PLAYLIST
        assert CANARY not in refusal.message + caplog.text
    time.sleep(0.2)
    assert heard == []
    assert canary.stat().st_atime_ns == seen


@pytest.mark.parametrize("head", [b"\0\0\0\x08ftyp", b"\x1a\x45\xdf\xa3"])
def test_nor_does_one_behind_the_mark_of_a_video(tmp_path: Path, knocks: tuple[int, list[bytes]], head: bytes) -> None:
    port, heard = knocks
    playlist = PLAYLISTS["HLS"].format(target=f"http://127.0.0.1:{port}/a.ts", port=port).encode()
    assert refused(write(tmp_path / "holiday.mp4", head + b"\n" + playlist)).reason is Refusal.VIDEO_UNREADABLE
    time.sleep(0.2)
    assert heard == []


def test_the_listening_socket_would_hear_an_ffmpeg_that_follows_playlists(
    tmp_path: Path, knocks: tuple[int, list[bytes]]
) -> None:
    port, heard = knocks
    text = PLAYLISTS["HLS"].format(target=f"http://127.0.0.1:{port}/a.ts", port=port)
    path = write(tmp_path / "holiday.mp4", text.encode())
    command = ["ffprobe", "-v", "quiet", "-protocol_whitelist", "file,http,tcp", "-f", "hls", str(path)]
    subprocess.run(command, check=False, timeout=20)
    time.sleep(0.3)
    assert heard
