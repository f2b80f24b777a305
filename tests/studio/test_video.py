"""The creator's video on the page of the track that was made for it, and with the music in it."""

import hashlib
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from emotionmusic.library.jobs import make_file
from emotionmusic.library.models import FileState, Track, TrackFile
from emotionmusic.studio import brief_services
from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.models import State
from emotionmusic.studio.video_kinds import DUCKED
from tests.stack import PATIENCE
from tests.studio.briefs import kept_video
from tests.tracks import kept_track

SECONDS = 4
SOUND_HERTZ, MUSIC_HERTZ = 300, 900
SOUND = ("-f", "lavfi", "-i", f"sine=frequency={SOUND_HERTZ}:duration={SECONDS}")
AUDIO_OF = {".webm": "libopus", ".mp4": "aac", ".mov": "aac", ".mkv": "aac"}
PICTURE_OF = {".webm": "libvpx", ".mp4": "libx264", ".mov": "libx264", ".mkv": "libx264"}


def ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], check=True, timeout=PATIENCE)


def filmed(path: Path, suffix: str, *, sound: bool = True) -> bytes:
    """A short video as that kind of file."""
    target = path / f"filmed{suffix}"
    picture = ("-f", "lavfi", "-i", f"testsrc2=size=64x48:rate=10:duration={SECONDS}")
    heard = (*SOUND, "-c:a", AUDIO_OF[suffix]) if sound else ()
    ffmpeg(*picture, *heard[:4], "-c:v", PICTURE_OF[suffix], "-pix_fmt", "yuv420p", *heard[4:], str(target))
    return target.read_bytes()


def pictures(path: Path) -> str:
    """A sum over the picture's packets, which stays the same if it is only copied."""
    told = subprocess.run(
        [
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "packet=size",
            "-of",
            "csv=p=0",
            str(path),
        ],
        capture_output=True,
        check=True,
    )
    return hashlib.sha256(told.stdout).hexdigest()


def streams(path: Path) -> dict[str, str]:
    told = subprocess.run(
        [
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "stream=codec_type,codec_name:format=duration",
            "-of",
            "json",
            path,
        ],
        capture_output=True,
        check=True,
    )
    found = json.loads(told.stdout)
    return {stream["codec_type"]: stream["codec_name"] for stream in found["streams"]} | found["format"]


def loudness(path: Path, hertz: int) -> float:
    """Mean volume of a tone in the middle of a sound, in dB of full scale."""
    heard = f"bandpass=f={hertz}:width_type=h:w=80,volumedetect"
    command = ["ffmpeg", "-ss", "1", "-t", "2", "-i", str(path), "-af", heard, "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True)
    return float(told.stderr.split("mean_volume:")[1].split()[0])


@pytest.fixture
def scored(owner, generation, tmp_path):
    """`scored(suffix)` is a track made for a video of that kind, with music that sounds all through."""

    def make(suffix: str = ".mp4", *, sound: bool = True, content: bytes | None = None) -> tuple[Track, Brief]:
        track = kept_track(owner)
        ffmpeg(
            "-f",
            "lavfi",
            "-i",
            f"sine=frequency={MUSIC_HERTZ}:duration=10",
            "-af",
            "volume=0.5",
            "-ac",
            "2",
            str(track.wav),
        )
        film = filmed(tmp_path, suffix, sound=sound) if content is None else content
        brief = kept_video(owner, film, file_name=f"holiday{suffix}")
        generation(State.DONE, track=track, brief=brief)
        return track, brief

    return make


def made(track: Track, kind: str) -> TrackFile:
    file = TrackFile.objects.create(track=track, kind=kind, heartbeat_at=timezone.now())
    make_file(str(file.id))
    file.refresh_from_db()
    return file


def test_the_video_stands_on_the_page_of_its_track_with_the_music_beneath_it(creator, scored):
    track, brief = scored(content=b"film")
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    assert f'<video class="video__picture" src="{reverse("studio:brief-video", args=[brief.id])}" controls' in page
    for kind in ("video-mp4", f"video-mp4{DUCKED}"):
        assert reverse("library:file", args=[track.id, kind]) in page
    assert "video-webm" not in page


def test_a_track_made_for_no_video_or_for_one_that_was_removed_has_none(creator, owner, scored):
    plain = kept_track(owner)
    track, brief = scored(content=b"film")
    Brief.objects.filter(id=brief.id).update(created_at=timezone.now() - timedelta(days=400))
    brief_services.tidy_briefs()
    for one in (plain, track):
        assert "<video" not in creator.get(reverse("library:track", args=[one.id])).content.decode()
        assert creator.post(reverse("library:file", args=[one.id, "video-mp4"])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_track_made_from_it_is_for_the_same_video(creator, scored):
    track, brief = scored(content=b"film")
    creator.post(reverse("studio:another", args=[track.id]))
    assert track.edits.get().brief == brief


def test_strangers_cannot_ask_for_it(client_of, stranger, scored):
    track, _ = scored(content=b"film")
    assert client_of(stranger).post(reverse("library:file", args=[track.id, "video-mp4"])).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".webm", ".mkv"])
@pytest.mark.parametrize("ducked", ["", DUCKED])
def test_the_picture_is_copied_and_the_music_is_in_it(creator, scored, suffix, ducked):
    track, brief = scored(suffix)
    kind = f"video-{suffix[1:]}{ducked}"
    file = made(track, kind)
    assert file.state == FileState.READY
    assert pictures(file.path) == pictures(brief.upload)
    told = streams(file.path)
    assert (told["video"], told["audio"]) == (streams(brief.upload)["video"], "opus" if suffix == ".webm" else "aac")
    assert float(told["duration"]) == pytest.approx(SECONDS, abs=0.2)
    answer = creator.get(reverse("library:download", args=[track.id, kind]))
    assert f'speech{suffix}"' in answer["Content-Disposition"] or f'video{suffix}"' in answer["Content-Disposition"]


@pytest.mark.slow
@pytest.mark.parametrize("sound", [True, False])
def test_the_music_is_at_its_level_and_so_is_the_video_s_own_sound(scored, sound):
    track, brief = scored(sound=sound)
    file = made(track, "video-mp4")
    assert loudness(file.path, MUSIC_HERTZ) == pytest.approx(loudness(track.wav, MUSIC_HERTZ), abs=0.5)
    if sound:
        assert loudness(file.path, SOUND_HERTZ) == pytest.approx(loudness(brief.upload, SOUND_HERTZ), abs=0.5)


@pytest.mark.slow
def test_music_gives_way_to_speech_where_that_was_asked_for(scored):
    track, brief = scored()
    file = made(track, f"video-mp4{DUCKED}")
    assert loudness(file.path, MUSIC_HERTZ) < loudness(track.wav, MUSIC_HERTZ) - 6
    assert loudness(file.path, SOUND_HERTZ) == pytest.approx(loudness(brief.upload, SOUND_HERTZ), abs=0.5)


@pytest.mark.slow
def test_what_is_no_video_fails_and_leaves_nothing(scored, media):
    track, _ = scored(content=b"#EXTM3U\n/etc/passwd\n")
    assert made(track, "video-mp4").state == FileState.FAILED
    assert list((media / "making").glob("*")) == []


@pytest.mark.slow
def test_what_was_made_of_a_video_goes_with_it(scored):
    track, brief = scored()
    file = made(track, "video-mp4")
    brief_services.delete(brief=brief)
    assert not TrackFile.objects.filter(id=file.id).exists()
    assert track.wav.exists()
