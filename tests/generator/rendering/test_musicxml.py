"""A piece as MusicXML: music21 reads back what was written, and every bar is full."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from xml.etree import ElementTree

import music21
import numpy as np
import pytest

from generator.arranging.arrange import arranged
from generator.chords import Chord, Quality
from generator.composing.composer import closed
from generator.composing.fixed import FREE, NO_MODEL, Fixed
from generator.melody.metre import METRES, STEPS_PER_QUARTER
from generator.plan import make_plan
from generator.rendering.midi import score_to_midi
from generator.rendering.musicxml import musicxml, score_to_musicxml
from generator.rendering.reading import score_of
from generator.rendering.staves import MOST_VOICES, SINGLE, Written, of_melody, of_part, signs, voices
from generator.rendering.tags import DISCLOSURE
from generator.rendering.written import NotOurs
from generator.request import Request
from generator.score import Score
from generator.styles import STYLES
from tests.generator.rendering.programmes import midi_of
from tests.generator.tunes import wandering_tune

CASES = [
    ("solo", "3/4", 1), ("piano", "4/4", 2), ("acoustic", "6/8", 3), ("lo-fi", "4/4", 4), ("cinematic", "2/4", 5),
    ("folk band", "3/4", 6), ("suspense", "4/4", 8), ("music box", "6/8", 7),
]  # fmt: skip
TITLE = "Für Ännchen & <Co>"
LATEST = 0.06
"""Seconds by which a note may be played beside what is written: a strum, a swung sixteenth, and a human hand."""


@lru_cache
def read(style: str, metre: str, seed: int) -> tuple[Score, bytes, music21.stream.Score]:
    """The score as its MIDI file has it, its MusicXML, and what music21 makes of that."""
    mood = "scary" if style == "suspense" else "happy"
    plan = make_plan(Request.of(mood, 0.8, 15, seed, metre=metre))
    tune = wandering_tune(seed, metre, plan.bars, plan.mode.value)
    melody = closed(tune, Fixed(np.full(tune.steps, FREE), NO_MODEL)).transposed(plan.transposition)
    midi = score_to_midi(arranged(melody, plan, STYLES[style], "A title"))
    written = musicxml(midi, TITLE)
    return score_of(midi), written, music21.converter.parseData(written.decode(), format="musicxml")


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]} {case[1]}")
def case(request):
    return read(*request.param)


def steps(quarters) -> Fraction:
    return Fraction(quarters) * STEPS_PER_QUARTER


def notes_of(part: music21.stream.Part) -> list[tuple[Fraction, Fraction, int]]:
    """Onset and duration in steps and MIDI pitch of every sounding note, ties joined."""
    return sorted(
        (steps(element.offset), steps(element.quarterLength), pitch.midi)
        for element in part.stripTies().flatten().notes
        if not isinstance(element, music21.harmony.ChordSymbol)
        for pitch in element.pitches
    )


def written_of(score: Score, number: int) -> list[tuple[int, int, int]]:
    """The same of what was to be written."""
    part = score.parts[number]
    written = of_part(part, score) if number else of_melody(score.melody)
    events = [event for voice in voices(written) for event in voice]
    first = score.timing.first_step
    return sorted((event.onset - first, event.end - event.onset, pitch) for event in events for pitch in event.pitches)


def test_every_pitched_part_is_read_back_note_by_note(case):
    score, _, back = case
    assert [part.partName for part in back.parts] == [part.name for part in score.parts]
    for number, part in enumerate(score.parts):
        if not part.drums:
            assert notes_of(back.parts[number]) == written_of(score, number)


def test_the_melody_is_that_which_was_composed(case):
    score, _, back = case
    first = score.timing.first_step
    assert notes_of(back.parts[0]) == [(note.onset - first, note.duration, note.pitch) for note in score.melody.notes]


def test_accompaniments_are_written_where_they_were_played(case):
    score, _, _ = case
    for part in score.parts[1:]:
        written = of_part(part, score)
        sounding = [(score.timing.at(event.onset), pitch) for event in written for pitch in event.pitches]
        for note in part.notes:
            assert min(abs(second - note.start) for second, pitch in sounding if pitch == note.pitch) < LATEST


def test_chord_symbols_are_read_back_where_they_stand(case):
    score, _, back = case
    first = score.timing.first_step
    found = [
        (steps(symbol.getOffsetInHierarchy(back)), {pitch.pitchClass for pitch in symbol.pitches})
        for symbol in back.recurse().getElementsByClass(music21.harmony.ChordSymbol)
    ]
    expected = [(max(0, chord.onset - first), set(chord.pitch_classes)) for chord in score.chords if chord.end > first]
    assert found == expected


def test_key_metre_title_and_disclosure_are_read_back(case):
    score, _, back = case
    home = back.recurse().getElementsByClass(music21.key.Key)[0]
    assert f"{home.tonic.name.replace('-', 'b')} {home.mode}" == score.key
    assert {mark.ratioString for mark in back.recurse().getElementsByClass(music21.meter.TimeSignature)} == {
        score.metre.name
    }
    assert back.metadata.movementName == TITLE
    assert back.metadata.copyright == DISCLOSURE
    assert ("ai_generated", "true") in back.metadata.all()


def test_every_change_of_tempo_is_read_back_where_it_stands(case):
    score, _, back = case
    marks = list(back.recurse().getElementsByClass(music21.tempo.MetronomeMark))
    first = score.timing.first_step
    expected = [(step - first, tempo) for step, tempo in score.timing.tempo_map.tempi if step < score.melody.steps]
    assert [steps(mark.getOffsetInHierarchy(back)) for mark in marks] == [step for step, _ in expected]
    assert [mark.getQuarterBPM() for mark in marks] == pytest.approx([tempo for _, tempo in expected], abs=0.05)


def test_every_voice_of_every_bar_is_full_and_a_pick_up_as_long_as_it_sounds(case):
    score, written, _ = case
    first, size = score.timing.first_step, score.metre.steps_per_bar
    for part in ElementTree.fromstring(written).findall("part"):
        measures = part.findall("measure")
        assert len(measures) == score.melody.bars - first // size
        divisions = int(part.find(".//divisions").text)
        for number, measure in enumerate(measures):
            length = Fraction((size - first % size) if number == 0 else size, STEPS_PER_QUARTER) * divisions
            assert set(lengths_of_voices(measure)) == {length}
        assert (measures[0].get("implicit") == "yes") == bool(first % size)


def lengths_of_voices(measure: ElementTree.Element) -> list[int]:
    """Where each voice of a bar ends; that it has no gap is seen from where it stands after its last note."""
    here, ends = 0, {}
    for element in measure:
        if element.tag == "backup":
            here -= int(element.find("duration").text)
        elif element.tag == "forward":
            here += int(element.find("duration").text)
        elif element.tag == "note" and element.find("chord") is None:
            voice = element.findtext("voice", "1")
            assert ends.get(voice, 0) == here
            here += int(element.find("duration").text)
            ends[voice] = here
    return list(ends.values())


def test_drums_stand_on_a_percussion_staff_at_their_onsets():
    score, written, back = read("folk band", "3/4", 6)
    number = next(number for number, part in enumerate(score.parts) if part.drums)
    staff = ElementTree.fromstring(written).findall("part")[number]
    assert staff.findtext(".//clef/sign") == "percussion"
    assert staff.find(".//unpitched") is not None
    onsets = {steps(element.offset) for element in back.parts[number].flatten().notes}
    assert onsets == {event.onset - score.timing.first_step for event in of_part(score.parts[number], score)}


@pytest.mark.parametrize("quality", Quality)
def test_every_kind_of_chord_is_read_back_with_its_notes_and_its_bass(quality):
    score, _, _ = read("solo", "3/4", 1)
    size = score.metre.steps_per_bar
    chords = [Chord(number, quality, number * size, size, number % 2) for number in range(min(12, score.melody.bars))]
    written = score_to_musicxml(replace(score, chords=tuple(chords)), "T")
    symbols = music21.converter.parseData(written.decode(), format="musicxml").recurse()
    found = [
        ({pitch.pitchClass for pitch in symbol.pitches}, symbol.bass().pitchClass)
        for symbol in symbols.getElementsByClass(music21.harmony.ChordSymbol)
    ]
    assert found == [(set(chord.pitch_classes), chord.bass) for chord in chords]


def test_the_same_piece_gives_the_same_bytes(case):
    score, written, _ = case
    assert score_to_musicxml(score, TITLE) == written


def test_a_foreign_file_and_a_score_without_its_melody_are_refused():
    with pytest.raises(NotOurs):
        musicxml(midi_of("strings", 4), "T")
    score, _, _ = read("solo", "3/4", 1)
    with pytest.raises(ValueError, match="without its melody"):
        score_to_musicxml(replace(score, melody=None), "T")


def test_what_would_need_too_many_voices_ends_earlier():
    found = voices([Written(onset, 16, (60 + onset,)) for onset in range(MOST_VOICES + 2)])
    assert len(found) == MOST_VOICES
    assert sum(len(voice) for voice in found) == MOST_VOICES + 2
    assert all(before.end <= after.onset for voice in found for before, after in pairwise(voice))


@pytest.mark.parametrize("metre", METRES.values(), ids=lambda metre: metre.name)
def test_a_bar_is_filled_with_notes_that_one_sign_can_show(metre):
    size = metre.steps_per_bar
    for onset in range(size):
        for end in range(onset + 1, 2 * size):
            found = signs([Written(onset, end, (60,))], 0, size, metre.steps_per_beat)
            ends = list(accumulate(sign.steps for sign in found))
            assert [sign.start for sign in found] == [0, *ends[:-1]]
            assert ends[-1] == size
            assert {sign.steps for sign in found} <= set(SINGLE)
            sounding = [sign for sign in found if sign.pitches]
            assert (sounding[0].start, sounding[0].tied_from, sounding[-1].tied_on) == (onset, False, end > size)
