"""Where a part stands in the mix: said in MIDI, heard in the sound."""

import io
from dataclasses import replace

import mido
import numpy as np
import pytest

from generator.rendering.fluid import Mix, Synth
from generator.rendering.midi import DRUM_CHANNEL, MOST_PITCHED_PARTS, TooManyParts, score_to_midi
from generator.rendering.pieces import timed_messages
from generator.rendering.sound import BLOCK, SAMPLE_RATE
from generator.rendering.soundfont import find_soundfont
from generator.rendering.synthesis import CHANNELS, SYNTH_GAIN, load_synthesizer, send
from generator.score import Part, Score
from tests.generator.rendering.programmes import band, decibels, midi_of, notes, score, solo_piano

SECONDS = 4.0


def controls(whole: Score) -> list[tuple[int, int, int]]:
    """Channel, controller and value of all that is set at the very beginning."""
    return [
        (message.channel, message.control, message.value)
        for track in mido.MidiFile(file=io.BytesIO(score_to_midi(whole))).tracks
        for message in track
        if message.type == "control_change" and message.time == 0 and message.control != 64
    ]


def sound(part: Part) -> np.ndarray:
    midi = score_to_midi(score(SECONDS, part))
    return load_synthesizer(find_soundfont()).play(midi, SECONDS, lambda share: None)


def guitar(**mixing: int) -> Part:
    return Part("Guitar", 24, tuple(notes(SECONDS, [60, 64, 67], 0.5)), **mixing)


def test_a_part_that_says_nothing_of_its_place_is_written_as_ever():
    assert controls(solo_piano(SECONDS)) == [(0, 91, 50)]


def test_a_part_says_its_volume_its_place_and_its_effects():
    part = guitar(volume=90, pan=20, reverb=70, chorus=30)
    assert controls(score(SECONDS, part)) == [(0, 7, 90), (0, 10, 20), (0, 91, 70), (0, 93, 30)]


def test_pan_and_volume_are_heard():
    left, right = (sound(guitar(pan=pan)) for pan in (0, 127))
    assert np.abs(left[:, 0]).max() > 4 * np.abs(left[:, 1]).max()
    assert np.abs(right[:, 1]).max() > 4 * np.abs(right[:, 0]).max()
    assert np.abs(sound(guitar(volume=50))).max() < 0.5 * np.abs(sound(guitar())).max()


def test_reverb_and_chorus_are_heard():
    plain = sound(guitar(reverb=0))
    assert not np.allclose(plain, sound(guitar(reverb=100)), atol=1e-3)
    assert not np.allclose(plain, sound(guitar(reverb=0, chorus=100)), atol=1e-3)


def test_drums_play_on_their_channel_and_nobody_else_does():
    file = mido.MidiFile(file=io.BytesIO(score_to_midi(band(SECONDS))))
    channels = {track.name: {message.channel for message in track if not message.is_meta} for track in file.tracks[1:]}
    assert channels.pop("Drums") == {DRUM_CHANNEL}
    assert all(len(used) == 1 for used in channels.values())
    assert len(set.union(*channels.values())) == len(channels)
    assert DRUM_CHANNEL not in set.union(*channels.values())


def test_fifteen_pitched_parts_and_drums_have_a_channel_each_and_more_are_refused():
    drums = band(SECONDS).parts[-1]
    full = [replace(guitar(), name=f"Guitar {number}") for number in range(MOST_PITCHED_PARTS)]
    file = mido.MidiFile(file=io.BytesIO(score_to_midi(score(SECONDS, *full, drums))))
    assert {track[1].channel for track in file.tracks[1:]} == set(range(16))
    with pytest.raises(TooManyParts, match="not for 16 and 0"):
        score_to_midi(score(SECONDS, *full, guitar()))
    with pytest.raises(TooManyParts, match="not for 0 and 2"):
        score_to_midi(score(SECONDS, drums, drums))


def test_a_band_that_two_synthesizers_play_sounds_as_by_one():
    midi, here, blocks = midi_of("many parts with drums", 8), 0, []
    one = Synth(gain=SYNTH_GAIN, samplerate=float(SAMPLE_RATE))
    font = one.sfload(str(find_soundfont()))
    for channel in range(CHANNELS):
        one.program_select(channel, font, 128 if channel == DRUM_CHANNEL else 0, 0)
    for at, message in timed_messages(midi):
        while here < round(at * SAMPLE_RATE):
            count = min(BLOCK, round(at * SAMPLE_RATE) - here)
            mix = Mix(one)
            mix.fill(0, count)
            blocks.append(mix.block(count))
            here += count
        send(one, message)
    one.delete()
    by_one = np.concatenate(blocks)
    by_two = load_synthesizer(find_soundfont()).play(midi, 8, lambda _: None)[: len(by_one)]
    assert decibels(np.std(by_one - by_two)) - decibels(np.std(by_one)) < -40


def test_a_band_sounds_the_same_to_the_bit_every_time():
    midi, synthesizer = midi_of("many parts with drums", 8), load_synthesizer(find_soundfont())
    first, *others = (synthesizer.play(midi, 8, lambda _: None) for _ in range(3))
    assert all((first == other).all() for other in others)
