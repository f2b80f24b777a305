"""A finished MIDI file tells everything of its score again."""

import io
from dataclasses import replace

import mido
import pytest

from generator.arranging.arrange import arranged
from generator.compose import compose_track
from generator.composing.composer import load_composer
from generator.melody.melody import Melody
from generator.plan import make_plan
from generator.rendering.midi import score_to_midi
from generator.rendering.reading import score_of
from generator.rendering.tags import Tags, tagged_midi
from generator.rendering.written import NotOurs, goes_round
from generator.request import Ending, Request
from generator.score import PlayedNote, Score
from generator.styles import STYLES
from tests.generator.rendering.programmes import midi_of
from tests.generator.tunes import wandering_tune


def piece(style: str, seed: int = 1, **choices) -> Score:
    plan = make_plan(Request.of("happy", 0.8, 20, seed, **choices))
    tune: Melody = wandering_tune(seed, plan.metre.name, plan.bars, plan.mode.value)
    notes = tuple(note for note in tune.notes if note.onset >= plan.silent_steps)
    first = replace(notes[0], onset=plan.silent_steps, duration=notes[0].end - plan.silent_steps)
    melody = replace(tune, notes=(first, *notes[1:])).transposed(plan.transposition)
    return arranged(melody, plan, STYLES[style], "A piece")


def near(note: PlayedNote, other: PlayedNote) -> bool:
    return (note.pitch, note.velocity) == (other.pitch, other.velocity) and abs(note.start - other.start) < 0.002


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("choices", [{}, {"hits": (8.0,), "metre": "3/4"}, {"ending": Ending.LOOP, "metre": "6/8"}])
def test_a_score_is_read_back_as_it_was_written(style, choices):
    written = piece(style, **choices)
    read = score_of(score_to_midi(written))
    assert replace(read, parts=(), timing=written.timing, seconds=20) == replace(written, parts=())
    assert read.seconds == pytest.approx(20, abs=0.005)
    for step in range(read.timing.first_step, read.melody.steps, 7):
        assert read.timing.at(step) == pytest.approx(written.timing.at(step), abs=0.003)
    for part, other in zip(written.parts, read.parts, strict=True):
        assert replace(part, notes=(), pedal_from=None) == replace(other, notes=(), pedal_from=None)
        assert (part.pedal_from is None) == (other.pedal_from is None)
        ordered = sorted(part.notes, key=lambda note: (note.start, note.pitch))
        assert len(ordered) == len(other.notes)
        assert all(any(near(note, found) for found in other.notes) for note in ordered)


def test_tags_leave_the_score_as_it_is():
    midi = score_to_midi(piece("piano"))
    assert score_of(tagged_midi(midi, Tags("A piece", "happy", 7))) == score_of(midi)


def test_whether_a_piece_goes_round_stands_in_its_file():
    assert goes_round(score_to_midi(piece("piano", ending=Ending.LOOP)))
    assert not goes_round(score_to_midi(piece("piano")))
    assert not goes_round(midi_of("strings", 5))


def test_a_composed_track_is_read_back_with_the_chords_of_its_facts():
    track = compose_track(Request.of("dreamy", 0.8, 12, 3, candidates=1), load_composer())
    read = score_of(track.midi)
    assert [symbol for _, symbol in read.chord_symbols] == [symbol for _, symbol in track.facts["chords"]]
    assert read.melody == track.melody


@pytest.mark.parametrize("damage", ["nothing told", "cut off", "other grid", "another's fields"])
def test_a_file_of_another_kind_is_refused(damage, tmp_path):
    midi = score_to_midi(piece("piano"))
    if damage == "nothing told":
        midi = midi_of("strings", 5)
    if damage == "cut off":
        midi = midi[:-40]
    if damage == "other grid":
        midi = midi.replace((480).to_bytes(2, "big"), (96).to_bytes(2, "big"), 1)
    if damage == "another's fields":
        midi = midi.replace(b'"swing":', b'"swinx":')
    with pytest.raises(NotOurs, match="MIDI file"):
        score_of(midi)


def test_a_fading_piece_grows_silent_in_its_midi_already():
    file = mido.MidiFile(file=io.BytesIO(score_to_midi(piece("piano", ending=Ending.FADE))))
    levels = [message.value for message in file.tracks[1] if message.is_cc(11)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == 0
