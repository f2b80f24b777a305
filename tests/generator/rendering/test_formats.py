"""Every format: as long as the master, as loud, and saying of itself what it is."""

import io
import json
import subprocess

import mido
import numpy as np
import pyloudnorm
import pytest
import soundfile

from generator.rendering import encoding
from generator.rendering.encoding import EncodingFailed, encode
from generator.rendering.formats import FORMATS, AudioFormat
from generator.rendering.loudness import TARGET_LUFS
from generator.rendering.midi import score_to_midi
from generator.rendering.render import render_master
from generator.rendering.sound import SAMPLE_RATE, FloatWav
from generator.rendering.soundfont import find_soundfont
from generator.rendering.tags import DISCLOSURE, Tags, tagged_midi
from tests.generator.rendering.programmes import band, decibels, midi_of

SECONDS = 37.0
TAGS = Tags.of_facts(
    'Stille "Tage"; =1\nünïcode',
    {"mood": "sad:0.6,happy:0.4", "seed": 7, "checkpoint": "lb_attention-3"},
    licence="https://music.example/licence/7",
    number="track-7",
)


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("master") / "master.wav"
    midi = midi_of("many parts with drums", SECONDS)
    return render_master(midi, seconds=SECONDS, soundfont=find_soundfont(), master=path).path


@pytest.fixture(scope="module", params=FORMATS)
def written(request, master):
    audio_format = FORMATS[request.param]
    path = master.with_name(f"{request.param}{audio_format.extension}")
    encode(master, audio_format, path, TAGS)
    return request.param, path


def probed(path):
    """What ffprobe says of a file: its container, its stream and all its tags."""
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(path)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    stream = said["streams"][0]
    return said["format"], stream, said["format"].get("tags", {}) | stream.get("tags", {})


def decoded(path):
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, dtype="<f4").reshape(-1, 2)


def test_37_seconds_are_37_seconds_to_the_sample(written):
    name, path = written
    container, stream, _ = probed(path)
    assert len(decoded(path)) == SECONDS * int(stream["sample_rate"])
    # An Opus or MP3 file says how long it is with what its encoder put before the first sample.
    assert float(container["duration"]) == pytest.approx(SECONDS, abs=0.05 if name.startswith("mp3") else 0.02)


def test_loudness_and_peaks_survive_the_encoder(written):
    _, path = written
    rate = int(probed(path)[1]["sample_rate"])
    sound = decoded(path)
    assert pyloudnorm.Meter(rate).integrated_loudness(sound) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert decibels(np.abs(sound).max()) <= -1


def test_a_file_is_of_the_kind_that_it_is_called(written):
    name, path = written
    _, stream, _ = probed(path)
    codec = {"wav-16": "pcm_s16le", "wav-24": "pcm_s24le", "flac": "flac", "mp3": "mp3", "opus": "opus"}
    assert stream["codec_name"] == next(kind for start, kind in codec.items() if name.startswith(start))
    assert stream["sample_rate"] == ("48000" if name.endswith("-48") or name == "opus" else "44100")
    assert FORMATS[name].media_type.startswith("audio/")


def test_files_without_loss_begin_and_end_without_a_step(written):
    name, path = written
    if name.startswith(("wav", "flac")):
        sound = decoded(path)
        assert decibels(np.abs(sound[0]).max()) < -60
        assert decibels(np.abs(sound[-1]).max()) < -60


def test_every_file_says_that_a_machine_made_it_and_how(written):
    name, path = written
    _, _, tags = probed(path)
    tags = {key.lower(): text for key, text in tags.items()}
    assert tags["title"] == 'Stille "Tage"; =1 ünïcode'
    assert tags["genre"] == "sad:0.6,happy:0.4"
    assert tags["copyright"] == "https://music.example/licence/7"
    assert tags["comment"].startswith(DISCLOSURE)
    for said in ("ai_generated=true", "seed=7", "model=lb_attention-3", "trainedAlgorithmicMedia", '"Label":"1"'):
        assert said in tags["comment"]
    if not name.startswith("wav"):
        assert (tags["ai_generated"], tags["seed"], tags["model"]) == ("true", "7", "lb_attention-3")
        assert json.loads(tags["aigc"])["ProduceID"] == "track-7"


def test_the_midi_file_says_it_too_and_its_notes_stay():
    midi = score_to_midi(band(8))
    tagged = tagged_midi(midi, TAGS)
    before, after = (mido.MidiFile(file=io.BytesIO(file), charset="utf-8") for file in (midi, tagged))
    texts = [message.text for message in after.tracks[0] if message.type in ("text", "copyright")]
    assert "ai_generated: true" in texts
    assert any(text.startswith(f"comment: {DISCLOSURE}") for text in texts)
    assert "https://music.example/licence/7" in texts
    assert after.tracks[0].name == before.tracks[0].name
    assert after.tracks[1:] == before.tracks[1:]
    assert [message for message in after.tracks[0] if message.type not in ("text", "copyright")] == before.tracks[0]


def test_a_file_of_little_is_known_still_discloses_itself():
    fields = Tags("").fields()
    assert fields["comment"].startswith(DISCLOSURE)
    assert "title" not in fields
    assert "seed" not in fields
    assert Tags.of_facts("T", {}).fields()["ai_generated"] == "true"


def test_the_same_master_gives_the_same_bytes(written, master):
    name, path = written
    again = path.with_name("again")
    encode(master, FORMATS[name], again, TAGS)
    assert again.read_bytes() == path.read_bytes()


def test_sixteen_bits_are_dithered_so_that_what_is_quieter_than_a_step_is_still_heard(tmp_path):
    time = np.arange(5 * SAMPLE_RATE) / SAMPLE_RATE
    tone = (0.4 / 32768 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    with FloatWav(tmp_path / "quiet.wav", len(tone)) as file:
        file.append(np.stack([tone, tone], axis=1))
    encode(tmp_path / "quiet.wav", FORMATS["wav-16-44"], tmp_path / "sixteen.wav", Tags("Quiet"))
    sixteen = soundfile.read(tmp_path / "sixteen.wav", dtype="float32")[0][:, 0]
    assert len(np.unique(sixteen)) > 2
    assert np.dot(sixteen, tone) / np.dot(tone, tone) == pytest.approx(1, abs=0.1)


def test_what_ffmpeg_cannot_write_is_refused_in_its_words_and_nothing_is_left(tmp_path, master):
    broken = AudioFormat("Broken", ".flac", ("-codec:a", "no such codec", "-f", "flac"), "audio/flac")
    with pytest.raises(EncodingFailed, match="no such codec"):
        encode(master, broken, tmp_path / "t.flac", TAGS)
    assert not list(tmp_path.iterdir())


def test_an_encoder_that_takes_too_long_is_given_up(tmp_path, master, monkeypatch):
    monkeypatch.setattr(encoding, "LONGEST_ENCODING", -SECONDS)
    with pytest.raises(EncodingFailed, match="longer than"):
        encode(master, FORMATS["flac"], tmp_path / "t.flac", TAGS)
    assert not list(tmp_path.iterdir())


def test_without_ffmpeg_the_reason_is_said(tmp_path, master, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EncodingFailed, match="not installed"):
        encode(master, FORMATS["flac"], tmp_path / "t.flac", TAGS)
