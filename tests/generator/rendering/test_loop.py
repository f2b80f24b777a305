"""A loop is repeated without a seam, and a fade ends in silence."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from generator.compose import compose_track, rearrange_track
from generator.composing.composer import load_composer
from generator.rendering.render import play, render_master
from generator.rendering.sound import SAMPLE_RATE, float_wav_blocks
from generator.rendering.soundfont import find_soundfont
from generator.rendering.stems import stems
from generator.request import Ending, Request
from tests.generator.rendering.programmes import decibels

SECONDS = 12.0
WINDOW, HOP = 1024, 256
STYLES = ("ambient", "suspense", "acoustic", "music box")


def asked(style: str, ending: Ending) -> Request:
    return Request.of("mysterious", 0.8, SECONDS, 7, candidates=1, style=style, ending=ending)


@cache
def midi_in(style: str, ending: Ending) -> bytes:
    melody = compose_track(asked("solo", Ending.LOOP), load_composer()).melody
    return rearrange_track(melody, asked(style, ending)).midi


def rendered(style: str, ending: Ending, folder: Path):
    master = folder / "master.wav"
    facts = render_master(midi_in(style, ending), seconds=SECONDS, soundfont=find_soundfont(), master=master)
    return facts, np.concatenate(list(float_wav_blocks(master)))


def changes_of_spectrum(sound):
    """How much louder, in nats, the spectrum grows from one window to the next, on average."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP] * np.hanning(WINDOW)
    return np.maximum(0, np.diff(np.log(np.abs(np.fft.rfft(windows)) + 1e-2), axis=0)).mean(axis=1)


@pytest.mark.parametrize("style", STYLES)
def test_a_loop_s_seam_is_no_greater_step_in_level_or_spectrum_than_stands_elsewhere(style, tmp_path):
    facts, sound = rendered(style, Ending.LOOP, tmp_path)
    assert facts.seconds == SECONDS
    twice = np.concatenate([sound, sound])[:, 0]
    seam, steps = len(sound), np.abs(np.diff(twice))
    assert steps[seam - 1] < np.quantile(steps, 0.99)
    spectrum = changes_of_spectrum(twice)
    near = slice(seam // HOP - WINDOW // HOP - 1, seam // HOP + 1)
    # What begins there are the first notes of the loop, as on any downbeat.
    assert spectrum[near].max() <= 1.25 * spectrum[: seam // HOP - WINDOW // HOP].max()


@pytest.mark.parametrize("style", STYLES)
def test_a_loop_begins_with_what_rings_on_from_its_end(style, tmp_path):
    _, loop = rendered(style, Ending.LOOP, tmp_path)
    last, first = loop[-2205:], loop[:2205]
    assert decibels(np.sqrt((first**2).mean())) > decibels(np.sqrt((last**2).mean())) - 12


def test_the_stems_of_a_loop_add_up_to_the_loop(tmp_path):
    midi = midi_in("ambient", Ending.LOOP)
    files = stems(midi, seconds=SECONDS, soundfont=find_soundfont(), folder=tmp_path)
    whole = np.concatenate(list(play(midi, SECONDS, find_soundfont(), lambda share: None)))
    together = sum(np.concatenate(list(float_wav_blocks(path))) for path in files.values())
    assert decibels(np.abs(together - whole).max()) - decibels(np.abs(whole).max()) < -60


def test_a_fade_falls_evenly_into_silence_and_is_full_before(tmp_path):
    facts, sound = rendered("acoustic", Ending.FADE, tmp_path)
    assert facts.seconds == SECONDS
    levels = [decibels(np.sqrt((part**2).mean())) for part in np.array_split(sound[-3 * SAMPLE_RATE :], 3)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] < levels[0] - 20
    assert decibels(np.abs(sound[-100:]).max()) < -60
