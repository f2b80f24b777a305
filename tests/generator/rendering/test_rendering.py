"""Scores as MIDI and as sound: length, loudness, no clipping, the same again."""

import io
import json
import subprocess
from dataclasses import replace
from itertools import pairwise

import mido
import music21
import numpy as np
import pretty_midi
import pyloudnorm
import pytest
import soundfile

from generator.arranging.performance import perform_solo
from generator.composing.composer import closed
from generator.composing.fixed import FREE, NO_MODEL, Fixed
from generator.mood import MOODS
from generator.plan import make_plan
from generator.rendering.loudness import TARGET_LUFS
from generator.rendering.midi import score_to_midi
from generator.rendering.render import RenderedAudio, render, render_master
from generator.rendering.sound import SAMPLE_RATE
from generator.rendering.soundfont import SoundfontUnusable, find_soundfont
from generator.rendering.synthesis import Synthesizer, load_synthesizer
from generator.rendering.true_peak import highest_true_peak
from generator.rendering.waveform import PEAK_COUNT, outline
from generator.request import Request
from generator.score import Score
from generator.styles import STYLES
from tests.generator.tunes import wandering_tune


def score_of(mood: str, seconds: float, seed: int = 1) -> Score:
    plan = make_plan(Request.of(mood, 0.9, seconds, seed))
    tune = wandering_tune(seed, plan.metre.name, plan.bars, plan.mode.value)
    melody = closed(tune, Fixed(np.full(tune.steps, FREE), NO_MODEL)).transposed(plan.transposition)
    return perform_solo(melody, plan, "A title, ünïcode", STYLES["solo"], [0.5] * melody.bars)


def midi_of(mood: str, seconds: float, seed: int = 1) -> bytes:
    return score_to_midi(score_of(mood, seconds, seed))


def midi_file_that_waits(seconds: float) -> bytes:
    score = score_of("happy", 10)
    notes = [replace(note, start=note.start + seconds, end=note.end + seconds) for note in score.parts[0].notes]
    late = replace(score.parts[0], notes=tuple(notes), pedal_from=None)
    return score_to_midi(replace(score, parts=(late,), seconds=score.seconds + seconds))


@pytest.mark.parametrize("mood", MOODS)
def test_every_mood_gives_midi_that_three_libraries_read_alike(mood):
    midi = midi_of(mood, 20)
    read = pretty_midi.PrettyMIDI(io.BytesIO(midi))
    file = mido.MidiFile(file=io.BytesIO(midi))
    score = music21.converter.parseData(midi, format="midi")
    notes = sum(message.type == "note_on" for track in file.tracks for message in track)
    assert len(read.instruments[0].notes) == notes
    assert sum(len(element.pitches) for element in score.flatten().notes if element.tie is None) <= notes
    assert file.length == pytest.approx(20, abs=0.01)
    assert read.get_end_time() == pytest.approx(20, abs=0.1)


def test_the_midi_file_states_tempo_metre_key_and_title():
    score = score_of("sad", 30)
    frame = mido.MidiFile(file=io.BytesIO(midi_of("sad", 30))).tracks[0]
    # Of several tempi the first counts: the others slow the end down.
    messages = {message.type: message for message in reversed(frame)}
    assert mido.tempo2bpm(messages["set_tempo"].tempo) == pytest.approx(score.tempo, abs=0.01)
    assert f"{messages['time_signature'].numerator}/{messages['time_signature'].denominator}" == score.metre.name
    assert messages["key_signature"].key.endswith("m")
    assert "track_name" in messages


def test_no_piece_begins_with_silence_and_a_pick_up_is_a_short_bar():
    scores = [score_of(mood, 20, seed) for mood in ("happy", "sad") for seed in range(6)]
    assert all(score.parts[0].notes[0].start < 0.02 for score in scores)
    assert any(score.pick_up_steps for score in scores)
    for score in scores:
        signatures = [
            m for m in mido.MidiFile(file=io.BytesIO(score_to_midi(score))).tracks[0] if m.type == "time_signature"
        ]
        assert len(signatures) == 1 + (score.pick_up_steps > 0)


def test_a_note_ends_before_the_next_begins_so_that_none_cuts_a_repeated_pitch_off():
    for mood in MOODS:
        notes = score_of(mood, 30).parts[0].notes
        for note, following in pairwise(notes):
            assert note.end > note.start
            assert note.end <= following.start
            assert note.pitch != following.pitch or note.end < following.start


def test_the_same_score_gives_the_same_bytes():
    assert midi_of("happy", 30, 4) == midi_of("happy", 30, 4)
    assert midi_of("happy", 30, 4) != midi_of("happy", 30, 5)


def test_a_sad_piece_is_played_softer_than_an_angry_one():
    loudness = {
        mood: np.mean([n.velocity for n in pretty_midi.PrettyMIDI(io.BytesIO(midi_of(mood, 30))).instruments[0].notes])
        for mood in ("sad", "angry")
    }
    assert loudness["sad"] + 20 < loudness["angry"]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory) -> RenderedAudio:
    folder = tmp_path_factory.mktemp("audio")
    return render(
        midi_of("peaceful", 12.5),
        seconds=12.5,
        title='Stille Tage; "quoted"',
        soundfont=find_soundfont(),
        wav=folder / "t.wav",
        mp3=folder / "t.mp3",
    )


def test_the_audio_has_the_asked_length_to_the_sample(rendered):
    info = soundfile.info(rendered.wav)
    assert (info.frames, info.samplerate, info.channels) == (12.5 * SAMPLE_RATE, SAMPLE_RATE, 2)


def test_the_mp3_is_as_long_and_carries_its_title(rendered):
    command = ["ffprobe", "-v", "error", "-show_format", "-of", "json", str(rendered.mp3)]
    probed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["format"]
    assert float(probed["duration"]) == pytest.approx(12.5, abs=0.1)
    assert probed["tags"]["title"] == 'Stille Tage; "quoted"'
    assert "AI-generated" in probed["tags"]["comment"]


def test_the_audio_is_as_loud_as_platforms_want_and_never_clips(rendered):
    audio, rate = soundfile.read(rendered.wav)
    assert pyloudnorm.Meter(rate).integrated_loudness(audio) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert highest_true_peak([audio.astype(np.float32)]) < -1
    assert np.abs(audio).max() < 1


def test_the_audio_neither_starts_nor_ends_with_a_click_and_rings_to_its_end(rendered):
    audio, _ = soundfile.read(rendered.wav)
    assert np.abs(audio[:20]).max() < 0.02
    assert np.abs(audio[-20:]).max() < 0.001
    assert np.abs(audio[-SAMPLE_RATE:]).max() > 0.001


def test_a_piece_sounds_the_same_after_another():
    synthesizer = load_synthesizer(find_soundfont())
    first = synthesizer.play(midi_of("sad", 10), 10, lambda _: None)
    synthesizer.play(midi_of("angry", 10), 10, lambda _: None)
    again = synthesizer.play(midi_of("sad", 10), 10, lambda _: None)
    assert (first == again).all()


def test_the_same_midi_gives_the_same_files_to_the_byte(tmp_path):
    files = []
    for name in ("one", "two"):
        wav, mp3 = tmp_path / f"{name}.wav", tmp_path / f"{name}.mp3"
        render(midi_of("happy", 10), seconds=10, title="T", soundfont=find_soundfont(), wav=wav, mp3=mp3)
        files.append((wav.read_bytes(), mp3.read_bytes()))
    assert files[0] == files[1]


def test_a_finished_piece_begins_with_its_first_note_and_keeps_its_length(tmp_path):
    waiting = midi_file_that_waits(2.0)
    master = render_master(waiting, seconds=8, soundfont=find_soundfont(), master=tmp_path / "m.wav")
    audio, _ = soundfile.read(master.path)
    assert len(audio) == 8 * SAMPLE_RATE
    assert np.abs(audio[: SAMPLE_RATE // 4]).max() > 0.05


def test_the_outline_follows_the_sound():
    audio = np.zeros((24_000, 2), dtype=np.float32)
    audio[12_000:] = 0.5
    peaks = outline(np.split(audio, [5000, 5001, 20_000]), len(audio))
    assert len(peaks) == PEAK_COUNT
    assert (peaks[0], peaks[-1]) == (0, 1)


@pytest.mark.parametrize("content", [None, b"", b"no soundfont", b"RIFF\x24\x00\x00\x00sfbk"])
def test_a_missing_or_broken_soundfont_is_named(tmp_path, content):
    path = tmp_path / "font.sf2"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SoundfontUnusable, match=r"font\.sf2 cannot be loaded; .* let SOUNDFONT name an SF2 file"):
        Synthesizer(path)
