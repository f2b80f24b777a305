"""Good videos, and what is seen and heard in them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.brief.material import Material, Passage
from generator.brief.video import VideoReading, read_video
from generator.brief.video.limits import MEMORY
from tests.generator.brief.files import cue, ffmpeg, srt, video

FRAME = 1 / 25
SCENES = (
    ("testsrc2", 2.0),
    ("color=c=0xff8800", 1.52),
    ("mandelbrot", 1.48),
    ("color=c=0x000030", 1.0),
    ("smptebars", 1.0),
)
CUTS = (2.0, 3.52, 5.0, 6.0)
TONE = "sine=f=1000:r=48000"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("videos")


@pytest.fixture(scope="module")
def film(folder: Path) -> Path:
    return video(folder / "film.mp4", *SCENES, sound=f"{TONE},volume='if(lt(t,3),0.01,1)':eval=frame")


@pytest.fixture(scope="module")
def reading(film: Path) -> VideoReading:
    return read_video(film, "film.mp4")


def at(curve: tuple[float, ...], seconds: float) -> float:
    return curve[round(seconds * 4)]


def test_hard_cuts_are_found_to_the_frame(reading: VideoReading) -> None:
    assert reading.cuts == pytest.approx(CUTS, abs=FRAME + 1e-6)


def test_every_curve_has_four_values_a_second(reading: VideoReading) -> None:
    assert reading.seconds == pytest.approx(7, abs=FRAME)
    assert reading.loudness is not None
    for curve in (reading.brightness, reading.saturation, reading.warmth, reading.motion, reading.loudness):
        assert len(curve) == 28


def test_colours_are_measured_as_they_are(reading: VideoReading) -> None:
    assert at(reading.warmth, 2.75) == pytest.approx(1, abs=0.03)
    assert at(reading.saturation, 2.75) == pytest.approx(1, abs=0.03)
    assert at(reading.brightness, 2.75) == pytest.approx(0.2126 + 0.7152 * 0x88 / 255, abs=0.03)
    assert at(reading.warmth, 5.5) == pytest.approx(-0x30 / 255, abs=0.03)
    assert at(reading.brightness, 5.5) < 0.05


def test_what_moves_is_told_from_what_stands_still(reading: VideoReading) -> None:
    assert at(reading.motion, 1.0) > 0.1
    assert at(reading.motion, 2.75) < 0.02
    assert at(reading.motion, 6.5) < 0.02


def test_a_cut_itself_is_no_motion(folder: Path) -> None:
    still = video(folder / "still.mp4", ("smptebars", 1.0), ("color=c=white", 1.0), ("rgbtestsrc", 1.0))
    assert max(read_video(still, "still.mp4").motion) < 0.02


def test_a_picture_that_slides_is_measured_at_its_speed(folder: Path) -> None:
    # Half of full motion: a quarter of its width a second, which 24 pixels of 96 are.
    path = ffmpeg(
        folder / "slide.mp4", "-f", "lavfi", "-t", "3", "-i", "cellauto=s=96x54:r=24:rule=110",
        "-vf", "select='eq(n,0)',loop=-1:1,scale=960:540:flags=bicubic,gblur=6,scroll=h=1/96,fps=24", "-t", "3",
        "-frames:v", "48", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast",
    )  # fmt: skip
    motion = read_video(path, "slide.mp4").motion
    assert sum(motion[2:]) / len(motion[2:]) == pytest.approx(0.5, abs=0.2)


def test_loudness_follows_the_sound(reading: VideoReading) -> None:
    assert reading.loudness is not None
    assert at(reading.loudness, 5) - at(reading.loudness, 2) == pytest.approx(40, abs=1)


def test_a_full_tone_has_the_loudness_that_its_level_gives(folder: Path) -> None:
    # ITU-R BS.1770: a stereo tone of 1 kHz at -23 dBFS has -23 LUFS.
    level = 10 ** (-23 / 20)
    wave = f"{level}*sin(2*PI*1000*t)"
    path = video(folder / "tone.mp4", ("color=c=gray", 2.0), sound=f"aevalsrc=exprs={wave}|{wave}:s=48000")
    loudness = read_video(path, "tone.mp4").loudness
    assert loudness is not None
    assert at(loudness, 1) == pytest.approx(-23, abs=1)


def test_a_video_without_sound_has_no_loudness(folder: Path) -> None:
    path = video(
        folder / "mute.webm", *SCENES[:2], codec=("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8")
    )
    reading = read_video(path, "mute.webm")
    assert reading.loudness is None
    assert reading.material is None
    assert reading.cuts == pytest.approx((2.0,), abs=FRAME + 1e-6)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "mov_text"), ("a.mov", "mov_text"), ("a.mkv", "srt"), ("b.mkv", "ass")]
)
def test_subtitles_inside_are_read_with_their_times(folder: Path, film: Path, name: str, codec: str) -> None:
    words = folder / "words.srt"
    words.write_text(srt(cue(1, "Hello <i>sea</i>"), cue(4, "잘 가")))
    path = ffmpeg(
        folder / name, "-i", str(film), "-i", str(words), "-map", "0", "-map", "1", "-c", "copy", "-c:s", codec,
        "-metadata", "title=The sea",
    )  # fmt: skip
    material = read_video(path, name).material
    assert material is not None
    assert (material.kind, material.title) == ("video", "The sea")
    assert [passage.text for passage in material.passages] == ["Hello sea", "잘 가"]
    for passage, start in zip(material.passages, (1, 4), strict=True):
        assert passage.start == pytest.approx(start, abs=0.1)
        assert passage.end == pytest.approx(start + 0.9, abs=0.1)


def test_the_name_of_a_video_is_not_trusted(film: Path) -> None:
    assert read_video(film, "film.mkv").cuts == read_video(film, "; rm -rf $(pwd).webm").cuts


def test_a_video_recorded_in_a_browser_says_not_how_long_it_is_and_is_read(folder: Path, film: Path) -> None:
    vp8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8")
    path = folder / "live.webm"
    with path.open("wb") as live:
        command = ["ffmpeg", "-v", "error", "-i", str(film), "-an", *vp8, "-f", "webm", "-live", "1", "pipe:1"]
        subprocess.run(command, stdout=live, check=True)
    assert read_video(path, "live.webm").seconds == pytest.approx(7, abs=0.1)


def test_an_upright_video_is_read_alike(folder: Path, film: Path) -> None:
    path = ffmpeg(folder / "upright.mp4", "-i", str(film), "-an", "-vf", "transpose=1", "-preset", "ultrafast")
    assert read_video(path, "upright.mp4").cuts == pytest.approx(CUTS, abs=FRAME + 1e-6)


def test_progress_rises_to_one(film: Path) -> None:
    shares: list[float] = []
    read_video(film, "film.mp4", shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 2
    assert shares[-1] == 1


def test_whoever_is_told_the_progress_may_stop_it(film: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_video(film, "film.mp4", stop)


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss differs")
def test_a_4k_video_takes_less_memory_than_the_limit(folder: Path) -> None:
    path = ffmpeg(
        folder / "large.mp4", "-f", "lavfi", "-t", "0.24", "-i", "testsrc2=s=3840x2160:r=25",
        "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast",
    )  # fmt: skip
    asking = (
        "import resource, sys; from pathlib import Path\n"
        "from generator.brief.video import read_video\n"
        "assert read_video(Path(sys.argv[1]), 'x').seconds > 0.2\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", asking, str(path)], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < MEMORY / 2


def test_a_reading_survives_json() -> None:
    reading = VideoReading(
        1.0, 25.0, 4, (0.5,), (0.1,), (0.2,), (-0.3,), (0.4,), (-70.0,), Material((Passage("a", 0, 1),), 1.0, "video")
    )
    assert VideoReading.from_json(json.loads(json.dumps(reading.to_json()))) == reading
