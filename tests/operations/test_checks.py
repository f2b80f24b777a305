"""The system checks: each finds what it is for, and only that."""

import pytest

from emotionmusic import checks
from generator.targets import load_targets
from tests.stack import free_port


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_a_real_soundfont_passes(settings, tmp_path):
    settings.SOUNDFONT = tmp_path / "real.sf2"
    settings.SOUNDFONT.write_bytes(b"RIFF\x10\x00\x00\x00sfbkLIST")
    assert checks.soundfont(None) == []


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\x10\x00\x00\x00WAVEfmt ", b"<html>not found</html>"])
def test_a_file_that_is_no_soundfont_is_found(settings, tmp_path, content):
    settings.SOUNDFONT = tmp_path / "wrong.sf2"
    settings.SOUNDFONT.write_bytes(content)
    assert ids(checks.soundfont(None)) == ["emotionmusic.E001"]


def test_a_missing_soundfont_is_found_and_the_hint_names_the_package(settings, tmp_path):
    settings.SOUNDFONT = tmp_path / "none.sf2"
    (message,) = checks.soundfont(None)
    assert message.id == "emotionmusic.E001"
    assert "fluid-soundfont-gm" in message.hint


def test_ffmpeg_off_the_path_is_found(monkeypatch, tmp_path):
    assert checks.ffmpeg(None) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ids(checks.ffmpeg(None)) == ["emotionmusic.E002"]


def test_a_missing_fluidsynth_is_found(monkeypatch):
    assert checks.fluidsynth(None) == []
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    assert ids(checks.fluidsynth(None)) == ["emotionmusic.E003"]


def test_a_media_folder_that_cannot_be_is_found(settings, tmp_path):
    assert checks.media(None) == []
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert ids(checks.media(None)) == ["emotionmusic.E004"]


def test_missing_weights_are_found(settings, tmp_path):
    settings.CHECKPOINT = tmp_path / "lb_attention.safetensors"
    assert ids(checks.checkpoint(None)) == ["emotionmusic.E005"]
    settings.CHECKPOINT.touch()
    assert checks.checkpoint(None) == []


def test_broken_learned_targets_are_named_with_what_to_do(tmp_path, monkeypatch):
    path = tmp_path / "targets.json"
    path.write_text("{")
    monkeypatch.setattr(checks, "load_targets", lambda: load_targets(path))
    (fault,) = checks.targets(None)
    assert fault.id == "emotionmusic.E006"
    assert "targets.json are broken" in fault.msg
    assert "remove it" in fault.msg


def test_an_unnamed_redis_is_a_warning_until_the_supervisor_runs_one(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    assert ids(checks.redis_named(None)) == ["emotionmusic.W001"]
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis" / "url").write_text("redis://localhost:1/0\n")
    assert checks.redis_named(None) == []
    (tmp_path / "redis" / "url").unlink()
    monkeypatch.setenv("REDIS_URL", "redis://localhost/0")
    assert checks.redis_named(None) == []


def test_a_redis_that_is_away_is_found(settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert ids(checks.redis_answers(None)) == ["emotionmusic.W002"]


def test_a_redis_that_answers_passes(redis_url):
    assert checks.redis_answers(None) == []
