"""What holds for every track: four moods, several seeds and lengths. SEEDS=10 checks forty of them."""

import io
import os

import mido
import music21
import pretty_midi
import pytest
import soundfile

from generator.compose import compose_track
from generator.composing.composer import load_composer
from generator.rendering.loudness import TARGET_LUFS
from generator.rendering.render import render
from generator.rendering.soundfont import find_soundfont
from generator.request import Request

pytestmark = pytest.mark.slow

SEEDS = range(int(os.environ.get("SEEDS", "2")))
MOODS = ("happy", "peaceful", "sad", "scary")
LENGTHS = (10.0, 12.5, 23.0)
TONICS = {"C": 0, "C#": 1, "Db": 1, "D": 2, "Eb": 3, "E": 4, "F": 5, "F#": 6, "Gb": 6, "G": 7, "G#": 8, "Ab": 8,
          "A": 9, "Bb": 10, "B": 11}  # fmt: skip


@pytest.fixture(scope="module")
def tracks():
    composer = load_composer()
    requests = [
        Request.of(mood, 0.8, LENGTHS[(seed + place) % len(LENGTHS)], seed)
        for place, mood in enumerate(MOODS)
        for seed in SEEDS
    ]
    return [(request, compose_track(request, composer)) for request in requests]


def test_every_track_lasts_as_long_as_asked_and_is_as_loud_as_promised(tracks, tmp_path):
    for request, track in tracks:
        rendered = render(
            track.midi, seconds=request.seconds, title=track.title, soundfont=find_soundfont(),
            wav=tmp_path / "t.wav", mp3=tmp_path / "t.mp3",
        )  # fmt: skip
        assert soundfile.info(rendered.wav).duration == pytest.approx(request.seconds, abs=0.1)
        assert rendered.loudness.integrated == pytest.approx(TARGET_LUFS, abs=0.5)
        assert rendered.loudness.true_peak < -1


def test_every_track_is_midi_for_three_libraries_and_ends_on_the_tonic(tracks):
    for request, track in tracks:
        file = mido.MidiFile(file=io.BytesIO(track.midi))
        read = pretty_midi.PrettyMIDI(io.BytesIO(track.midi))
        score = music21.converter.parseData(track.midi, format="midi")
        assert file.length == pytest.approx(request.seconds, abs=0.1)
        assert read.get_end_time() == pytest.approx(request.seconds, abs=0.1)
        assert len(read.instruments[0].notes) == track.facts["notes"] > 4
        last = max(read.instruments[0].notes, key=lambda note: note.start)
        assert last.pitch % 12 == TONICS[track.facts["key"].split()[0]]
        melody = score.parts[0].flatten().notes
        assert max(melody, key=lambda note: note.offset).pitches[0].midi == last.pitch


def test_all_tracks_are_different_and_copy_nothing(tracks):
    assert len({track.midi for _, track in tracks}) == len(tracks)
    for _, track in tracks:
        uncommon = track.facts["originality"]["longest_uncommon_run"]
        assert uncommon is None or uncommon["notes"] <= 8


def test_sad_tracks_are_slower_sparser_and_lower_than_happy_ones(tracks):
    def mean(mood: str, measure) -> float:
        values = [measure(track) for request, track in tracks if request.mood.name == mood]
        return sum(values) / len(values)

    def pitch(track) -> float:
        notes = pretty_midi.PrettyMIDI(io.BytesIO(track.midi)).instruments[0].notes
        return sum(note.pitch for note in notes) / len(notes)

    assert mean("sad", lambda track: track.facts["tempo"]) < 80 < mean("happy", lambda track: track.facts["tempo"])
    assert mean("sad", pitch) < mean("happy", pitch)
    assert all(track.facts["key"].endswith("minor") for request, track in tracks if request.mood.name == "sad")
    assert all(track.facts["key"].endswith("major") for request, track in tracks if request.mood.name == "happy")
