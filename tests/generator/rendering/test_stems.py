"""Stems: every part alone, beginning together, and together the mix."""

import numpy as np
import pytest
import soundfile

from generator.rendering.midi import score_to_midi
from generator.rendering.render import play
from generator.rendering.sound import SAMPLE_RATE
from generator.rendering.soundfont import find_soundfont
from generator.rendering.stems import part_names, stems
from generator.score import Part
from tests.generator.rendering.programmes import band, decibels, midi_of, notes, score

SECONDS = 12.0


class Cancelled(Exception):
    pass


def mix(midi):
    return np.concatenate(list(play(midi, SECONDS, find_soundfont(), lambda share: None)))


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stems")
    files = stems(
        midi_of("many parts with drums", SECONDS), seconds=SECONDS, soundfont=find_soundfont(), folder=folder
    )
    return {name: soundfile.read(path, dtype="float32")[0] for name, path in files.items()}


def test_stems_add_up_to_the_mix(parts):
    whole = mix(midi_of("many parts with drums", SECONDS))
    left = np.abs(sum(parts.values()) - whole)
    assert decibels(left.max()) - decibels(np.abs(whole).max()) < -60
    assert decibels(np.abs(whole).max()) > -20


def test_every_part_has_a_stem_of_the_asked_length_in_which_it_sounds(parts):
    assert set(parts) == {"Flute", "Strings", "Guitar", "Piano", "Bass", "Drums"}
    for sound in parts.values():
        assert sound.shape == (SECONDS * SAMPLE_RATE, 2)
        assert decibels(np.abs(sound).max()) > -40


def test_a_stem_has_its_own_room_and_none_of_the_others(tmp_path):
    strings = next(part for part in band(SECONDS).parts if part.name == "Strings")
    bass = Part("Bass", 33, tuple(notes(SECONDS, [36], 1.0, late=6.0)), reverb=127)
    midi = score_to_midi(score(SECONDS, strings, bass))
    files = stems(midi, seconds=SECONDS, soundfont=find_soundfont(), folder=tmp_path)
    heard = soundfile.read(files["Bass"], dtype="float32")[0]
    assert decibels(np.abs(heard[: 6 * SAMPLE_RATE - 64]).max()) < -100
    assert decibels(np.abs(heard[6 * SAMPLE_RATE :]).max()) > -40


def test_stems_take_the_gain_of_the_levelled_mix(parts, tmp_path):
    midi = midi_of("many parts with drums", SECONDS)
    files = stems(midi, seconds=SECONDS, soundfont=find_soundfont(), folder=tmp_path, gain_db=6.0)
    louder = soundfile.read(files["Flute"], dtype="float32")[0]
    assert np.allclose(louder, parts["Flute"] * 10 ** (6 / 20), atol=1e-6)


def test_parts_of_one_name_are_told_apart():
    flute, *_ = band(4).parts
    assert part_names(score_to_midi(score(4, flute, flute))) == {0: "Flute", 1: "Flute 2"}


def test_stems_that_are_given_up_leave_nothing_behind(tmp_path):
    def progress(share):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        stems(midi_of("strings", 6), seconds=6, soundfont=find_soundfont(), folder=tmp_path, progress=progress)
    assert not list(tmp_path.iterdir())
