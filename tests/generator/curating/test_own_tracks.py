"""Tracks that were composed here, read back from their MIDI files."""

import io
import json
from dataclasses import replace
from pathlib import Path

import mido
import pytest

from generator.arranging.performance import perform_solo
from generator.composing.composer import closed
from generator.composing.fixed import start_of
from generator.curating.checking import check_midi_file
from generator.curating.limits import TO_EDIT
from generator.curating.melody_finding import checked_piece
from generator.curating.refusal import MidiRefused
from generator.melody.melody import Melody
from generator.melody.written import WRITTEN_MARK, melody_fields
from generator.mood import MOODS
from generator.plan import make_plan
from generator.rendering.midi import score_to_midi
from generator.request import Request
from generator.score import Score
from generator.styles import STYLES
from tests.generator.tunes import wandering_tune


def performed(mood: str, seconds: float, seed: int, **choices) -> tuple[Melody, Score]:
    """A melody in the frame of a mood's plan, and its performance."""
    plan = make_plan(Request.of(mood, 0.9, seconds, seed, **choices))
    tune = wandering_tune(seed, plan.metre.name, plan.bars, plan.mode.value)
    notes = tuple(note for note in tune.notes if note.onset >= plan.silent_steps)
    first = replace(notes[0], onset=plan.silent_steps, duration=notes[0].end - plan.silent_steps)
    melody = closed(replace(tune, notes=(first, *notes[1:])), start_of(plan)).transposed(plan.transposition)
    return melody, perform_solo(melody, plan, "A title", STYLES["solo"], [0.5] * melody.bars)


@pytest.mark.parametrize("mood", MOODS)
def test_every_mood_s_track_reads_back_as_the_same_melody(mood):
    for seed in range(6):
        for seconds in (12, 45):
            melody, score = performed(mood, seconds, seed)
            piece = checked_piece(score_to_midi(score), TO_EDIT)
            assert piece.melody == melody
            assert piece.tempo == pytest.approx(score.tempo, abs=0.01)
            assert piece.part == score.parts[0].name


@pytest.mark.parametrize(("mood", "seconds", "choices"), [
    ("lonely", 10, {"tempo": 40.0, "metre": "3/4"}), ("energetic", 180, {"tempo": 220.0, "metre": "2/4"}),
])  # fmt: skip
def test_the_shortest_and_the_longest_track_can_be_gone_on_from(tmp_path: Path, mood, seconds, choices):
    melody, score = performed(mood, seconds, 1, **choices)
    path = tmp_path / "track.mid"
    path.write_bytes(score_to_midi(score))
    assert check_midi_file(path, "editing").melody == melody
    with pytest.raises(MidiRefused, match=r"too short|needs at least|are taken"):
        check_midi_file(path)


def test_a_track_that_was_changed_since_is_read_as_it_sounds():
    melody, score = performed("sad", 30, 3)
    file = mido.MidiFile(file=io.BytesIO(score_to_midi(score)))
    for message in file.tracks[1]:
        if message.type in ("note_on", "note_off"):
            message.note += 2
    changed = io.BytesIO()
    file.save(file=changed)
    read = checked_piece(changed.getvalue(), TO_EDIT).melody
    assert [note.pitch for note in read.notes] == [note.pitch + 2 for note in melody.notes]


@pytest.mark.parametrize("told", [
    b"", b"{", b"[" * 5000, b"null", b"\xff\xfe", json.dumps({"metre": "4/4", "notes": []}).encode(),
    json.dumps({"metre": "4/4", "tonic": 0, "mode": "major", "steps": 16 * 10**12, "notes": []}).encode(),
])  # fmt: skip
def test_nonsense_in_the_place_of_the_melody_is_passed_over(told):
    _, score = performed("sad", 30, 3)
    file = mido.MidiFile(file=io.BytesIO(score_to_midi(replace(score, melody=None))))
    plain = io.BytesIO()
    file.save(file=plain)
    file.tracks[0].insert(0, mido.MetaMessage("sequencer_specific", data=WRITTEN_MARK + told))
    with_nonsense = io.BytesIO()
    file.save(file=with_nonsense)
    assert checked_piece(with_nonsense.getvalue(), TO_EDIT) == checked_piece(plain.getvalue(), TO_EDIT)


def test_a_melody_that_claims_endless_bars_is_refused():
    melody, score = performed("sad", 30, 3)
    endless = melody_fields(melody) | {"steps": melody.metre.steps_per_bar * 10**12}
    file = mido.MidiFile(file=io.BytesIO(score_to_midi(replace(score, melody=None))))
    data = WRITTEN_MARK + json.dumps(endless).encode()
    file.tracks[0].insert(0, mido.MetaMessage("sequencer_specific", data=data))
    claimed = io.BytesIO()
    file.save(file=claimed)
    with pytest.raises(MidiRefused, match="bars; up to 400 are taken"):
        checked_piece(claimed.getvalue(), TO_EDIT)
