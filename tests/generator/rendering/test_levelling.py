"""Loudness and peaks: measured while the sound goes by, met without playing twice, held by the files."""

import numpy as np
import pyloudnorm
import pytest
import soundfile

from generator.rendering.levelling import level
from generator.rendering.loudness import TARGET_LUFS, Loudness, LoudnessMeter
from generator.rendering.render import Master, render_master
from generator.rendering.sound import SAMPLE_RATE, FloatWav, float_wav_blocks
from generator.rendering.soundfont import find_soundfont
from generator.rendering.true_peak import HOP, TruePeakMeter, highest_true_peak
from tests.generator.rendering.programmes import PROGRAMMES, decibels, midi_of

SECONDS = 20.03


@pytest.fixture(scope="module", params=PROGRAMMES)
def master(request, tmp_path_factory) -> Master:
    path = tmp_path_factory.mktemp("master") / "master.wav"
    midi = midi_of(request.param, SECONDS)
    return render_master(midi, seconds=SECONDS, soundfont=find_soundfont(), master=path)


def levelled(sound, folder, pieces=7):
    """The sound levelled, and what was measured."""
    meter, peaks = LoudnessMeter(), TruePeakMeter()
    with FloatWav(folder / "played.wav", len(sound)) as file:
        for block in np.array_split(sound, pieces):
            file.append(block)
            meter.add(block)
            peaks.add(block)
    found = level(folder / "played.wav", folder / "levelled.wav", loudness=meter.integrated(), peaks=peaks.finish())
    after = soundfile.read(folder / "levelled.wav", dtype="float32")[0]
    return after, Loudness(found.integrated, highest_true_peak([after]))


def test_loudness_and_peaks_hold_when_the_file_is_read_again(master):
    sound, rate = soundfile.read(master.path, dtype="float32")
    loudness = pyloudnorm.Meter(rate).integrated_loudness(sound)
    assert loudness == pytest.approx(TARGET_LUFS, abs=0.2)
    assert loudness == pytest.approx(master.loudness.integrated, abs=0.01)
    assert highest_true_peak([sound]) == pytest.approx(master.loudness.true_peak, abs=0.001)
    assert master.loudness.true_peak < -1
    assert np.abs(sound).max() < 1


def test_no_file_starts_or_ends_with_a_step_and_none_begins_with_silence(master):
    sound, _ = soundfile.read(master.path, dtype="float32")
    assert decibels(np.abs(sound[0]).max()) < -60
    assert decibels(np.abs(sound[-1]).max()) < -60
    assert decibels(np.abs(sound[: SAMPLE_RATE // 10]).max()) > -40


@pytest.mark.parametrize("seconds", [0.2, 0.44, 3.0, 7.26])
def test_loudness_in_blocks_is_pyloudnorms_to_a_hundredth(seconds):
    noise = np.random.default_rng(1).normal(0, 0.1, (round(seconds * SAMPLE_RATE), 2)).astype(np.float32)
    noise[len(noise) // 2 :] *= 0.01
    meter = LoudnessMeter()
    for block in np.array_split(noise, 13):
        meter.add(block)
    if seconds < 0.4:
        assert meter.integrated() == -np.inf
    else:
        expected = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(noise)
        assert meter.integrated() == pytest.approx(expected, abs=0.01)


def test_peaks_between_samples_are_found_wherever_blocks_end():
    time = np.arange(SAMPLE_RATE)
    # A quarter of the sampling rate, sampled beside its peaks: the samples stay 3 dB below them.
    tone = 0.5 * np.sin(np.pi / 2 * time + np.pi / 4).astype(np.float32)
    sound = np.stack([tone, tone], axis=1)
    meter = TruePeakMeter()
    for block in np.array_split(sound, [1, 40, 41, 5000, 30_001]):
        meter.add(block)
    peaks = meter.finish()
    assert len(peaks) * HOP >= len(sound)
    inner = peaks[10 : len(sound) // HOP - 10]
    assert (inner > 0.49).all()
    assert (inner < 0.51).all()
    assert np.abs(tone).max() < 0.36


def test_a_quiet_and_a_peaky_sound_are_both_brought_to_the_target(tmp_path):
    time = np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE
    quiet = (0.01 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    peaky = quiet.copy()
    peaky[::SAMPLE_RATE] = 0.1
    for mono in (quiet, peaky):
        sound, measured = levelled(np.stack([mono, mono], axis=1), tmp_path)
        assert measured.integrated == pytest.approx(TARGET_LUFS, abs=0.5)
        assert measured.true_peak < -1
        assert len(sound) == len(mono)


def test_where_nothing_is_too_loud_levelling_is_one_gain(tmp_path):
    noise = np.random.default_rng(2).uniform(-0.1, 0.1, (5 * SAMPLE_RATE, 2)).astype(np.float32)
    sound, _ = levelled(noise, tmp_path)
    gain = sound[1000, 0] / noise[1000, 0]
    assert np.allclose(sound, noise * gain, atol=1e-6)


def test_silence_stays_silence(tmp_path):
    sound, measured = levelled(np.zeros((SAMPLE_RATE * 2, 2), dtype=np.float32), tmp_path)
    assert not sound.any()
    assert measured.integrated == measured.true_peak == -np.inf


def test_sound_on_disk_is_read_back_as_it_was_and_by_others_too(tmp_path):
    noise = np.random.default_rng(3).normal(0, 2, (70_001, 2)).astype(np.float32)
    with FloatWav(tmp_path / "noise.wav", len(noise)) as file:
        for block in np.array_split(noise, 5):
            file.append(block)
    assert (np.concatenate(list(float_wav_blocks(tmp_path / "noise.wav"))) == noise).all()
    assert (soundfile.read(tmp_path / "noise.wav", dtype="float32")[0] == noise).all()


def test_a_piece_too_long_for_a_wav_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="too many for a WAV file"):
        FloatWav(tmp_path / "endless.wav", 2**30)
    assert not list(tmp_path.iterdir())
