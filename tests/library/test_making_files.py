"""What is in the files that are made on demand, with the real synthesizer and the real encoders."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile
from django.conf import settings

from emotionmusic.library import file_services
from emotionmusic.library.jobs import make_file
from emotionmusic.library.kinds import ALL, KINDS
from emotionmusic.library.models import FileState, Track, TrackFile
from emotionmusic.library.services import rename_track
from generator.compose import rearrange_track
from generator.melody.written import melody_of_fields
from generator.rendering.stems import part_names
from generator.request import Request
from tests.tracks import MELODY, kept_track

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("redis_url")]

SECONDS = 14.0


@pytest.fixture(scope="module")
def midi() -> bytes:
    """Eight bars for piano, bass and drums, as the generator writes them."""
    request = Request.of("sad", 0.8, SECONDS, 7, style="lo-fi", tempo=150.0)
    return rearrange_track(melody_of_fields(MELODY), request).midi


@pytest.fixture
def track(owner, midi: bytes, settings) -> Track:
    settings.SITE_ADDRESS = "https://music.example.com"
    track = kept_track(owner, "Rain over Köln", seconds=SECONDS)
    track.midi.write_bytes(midi)
    return track


def made(track: Track, kind: str) -> Path:
    file = file_services.ask_for_file(track=track, kind=KINDS[kind])
    make_file(str(file.id))
    file.refresh_from_db()
    assert file.state == FileState.READY
    assert list((Path(settings.MEDIA_ROOT) / "making").iterdir()) == [], "nothing half-written is left"
    return file.path


def probed(path: Path) -> tuple[dict, dict[str, str]]:
    """The stream and the tags of a sound file."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    (stream,) = told["streams"]
    found = {**told["format"].get("tags", {}), **stream.get("tags", {})}
    return {**told["format"], **stream}, {name.lower(): text for name, text in found.items()}


@pytest.mark.parametrize(
    ("kind", "codec", "rate", "bits"),
    [
        ("wav-24-48", "pcm_s24le", 48_000, 24),
        ("flac", "flac", 44_100, 24),
        ("mp3-320", "mp3", 44_100, 0),
        ("opus", "opus", 48_000, 0),
    ],
)
def test_a_format_is_what_it_says_and_says_what_it_is(track, kind, codec, rate, bits):
    sound, tags = probed(made(track, kind))
    assert (sound["codec_name"], int(sound["sample_rate"]), sound["channels"]) == (codec, rate, 2)
    assert not bits or bits in (int(sound.get("bits_per_raw_sample", 0)), sound["bits_per_sample"])
    assert float(sound["duration"]) == pytest.approx(SECONDS, abs=0.1)
    assert tags["title"] == "Rain over Köln"
    assert "https://music.example.com/licence/" in tags["copyright"] + tags["comment"]
    assert "AI-generated music" in tags["comment"]
    assert str(track.id) in tags["comment"] + tags.get("aigc", "")


def test_after_a_new_title_the_files_bear_it(track):
    first = made(track, "mp3-v0")
    rename_track(track=track, title="Sun over Köln")
    again = made(track, "mp3-v0")
    assert not first.exists()
    assert probed(again)[1]["title"] == "Sun over Köln"
    assert probed(made(track, "mp3"))[1]["title"] == "Sun over Köln"


def test_stems_begin_together_do_not_clip_and_are_the_piece(track, midi):
    names = list(part_names(midi).values())
    assert len(names) >= 3
    stems = {}
    with zipfile.ZipFile(made(track, "stems")) as packed:
        for name in packed.namelist():
            with packed.open(name) as file, soundfile.SoundFile(io.BytesIO(file.read())) as sound:
                assert (sound.subtype, sound.samplerate) == ("PCM_24", 44_100)
                stems[name] = sound.read()
    assert [name[:3] for name in stems] == [f"{place:02}-" for place in range(1, len(names) + 1)]
    assert {len(stem) for stem in stems.values()} == {round(SECONDS * 44_100)}
    assert all(0.001 < np.abs(stem).max() < 1 for stem in stems.values())
    whole, _ = soundfile.read(made(track, "wav-24-44"))
    together = sum(stems.values())
    likeness = np.corrcoef(together[:, 0], whole[:, 0])[0, 1]
    assert likeness > 0.97, "all of them together sound as the piece does, but for its limiter"


def test_the_mixer_s_parts_are_as_many_as_the_stems_and_as_loud_as_the_piece(track, midi):
    folder = made(track, "parts")
    files = sorted(folder.iterdir(), key=lambda path: int(path.name))
    assert [path.name for path in files] == [str(place) for place in range(1, len(part_names(midi)) + 1)]
    together = sum(heard(path) for path in files)
    whole = heard(made(track, "mp3-v0"))
    level = lambda sound: 10 * np.log10(np.mean(sound**2))  # noqa: E731
    assert level(together) == pytest.approx(level(whole), abs=1.5)


def heard(path: Path) -> np.ndarray:
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-"]
    sound = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, dtype="<f4")
    return sound[: round((SECONDS - 0.2) * 44_100)].astype(float)


def test_everything_is_every_kind_of_file_in_one(track):
    with zipfile.ZipFile(made(track, "everything")) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert len(packed.read("rain-over-köln-14s.musicxml")) > 1000
        assert b"<?xml" in packed.read("rain-over-köln-14s.musicxml")[:50]
        assert packed.read("rain-over-köln-14s-markers.csv").startswith(b"seconds,kind,label")
    whole = [name for name in names if not name.startswith("stems/")]
    suffixes = {kind.suffix for kind in ALL if kind.name not in ("stems", "everything")}
    assert set(whole) == {f"rain-over-köln-14s{suffix}" for suffix in suffixes}
    assert len(names) - len(whole) >= 3


def test_a_worker_whose_file_nobody_wants_any_more_stops_and_leaves_nothing(track, monkeypatch):
    monkeypatch.setattr("emotionmusic.library.jobs.REPORT_EVERY", 0.0)
    file = file_services.ask_for_file(track=track, kind=KINDS["flac"])
    report, percents = file_services.report, []

    def spoken(*, file: TrackFile, percent: int) -> bool:
        percents.append(percent)
        if len(percents) == 3:
            rename_track(track=Track.objects.get(id=track.id), title="Another")
        return report(file=file, percent=percent)

    monkeypatch.setattr(file_services, "report", spoken)
    make_file(str(file.id))
    assert len(percents) == 3
    assert not TrackFile.objects.exists()
    assert not (track.folder / "made").exists()
    assert list((Path(settings.MEDIA_ROOT) / "making").iterdir()) == []
