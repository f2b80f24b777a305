"""A track along a mood timeline: each section in its mood, beginning at its second, all on one theme."""

from functools import cache

import pytest

from generator.composing.composer import load_composer
from generator.melody.form import Likeness, likeness
from generator.mood import mood_named
from generator.rendering.reading import score_of
from generator.request import BadRequest, Ending, Request
from generator.suite import Section, compose_suite

ACTS = (("sad", 14.0), ("tense", 11.0), ("triumphant", 15.0))


def sections(acts=ACTS):
    return [Section(mood_named(mood), 0.8, seconds) for mood, seconds in acts]


def request(**choices):
    return Request.of("triumphant", 0.8, 40, 5, candidates=2, **choices)


@cache
def suite(**choices):
    return compose_suite(request(**choices), sections(), load_composer())


def test_it_is_as_long_as_asked_and_every_section_begins_with_a_bar_at_its_second():
    track = suite(hits=(30.0,))
    score = score_of(track.midi)
    assert score.seconds == pytest.approx(40, abs=0.005)
    bars = [score.seconds_at(step) for step in range(0, score.melody.steps, score.metre.steps_per_bar)]
    for second in (0.0, 14.0, 25.0, 30.0):
        assert min(abs(bar - second) for bar in bars) < 0.005
        assert any(abs(note.start - second) < 0.03 for note in score.parts[0].notes)


def test_each_section_has_the_mode_and_about_the_tempo_of_its_mood_on_one_tonic():
    told = suite().facts["sections"]
    assert [(section["start"], section["end"]) for section in told] == [(0, 14), (14, 25), (25, 40)]
    tonics = {section["key"].split()[0] for section in told}
    assert len(tonics) == 1
    assert [section["key"].split()[1] for section in told] == ["minor", "minor", "major"]
    for section in told:
        assert section["tempo"] == pytest.approx(mood_named(section["mood"]).tempo_at(0.8), rel=0.25)


def test_later_sections_take_up_the_theme_of_the_first():
    contents = suite().melody.bar_contents()
    theme, later = contents[:4], contents[4:]
    taken_up = sum(max(likeness(bar, model) for model in theme) >= Likeness.VARIED for bar in later)
    assert taken_up / len(later) > 0.4


def test_the_parts_go_on_under_one_name_and_no_note_sounds_twice_at_once():
    score = score_of(suite().midi)
    names = [part.name for part in score.parts]
    assert len(set(names)) == len(names)
    for part in score.parts:
        open_until: dict[int, float] = {}
        for note in part.notes:
            assert note.start >= open_until.get(note.pitch, 0.0) - 1e-9
            open_until[note.pitch] = note.end


def test_the_same_wish_gives_the_same_bytes_and_goes_round_or_fades_if_asked():
    assert compose_suite(request(), sections(), load_composer()).midi == suite().midi
    assert score_of(suite(ending=Ending.LOOP).midi).ending is Ending.LOOP


def test_progress_runs_from_section_to_section():
    told = []
    compose_suite(request(), sections(), load_composer(), told.append)
    assert told == sorted(told)
    assert told[0] < 0.05
    assert 0.8 < told[-1] <= 1


@pytest.mark.parametrize(
    ("acts", "says"),
    [
        ((("sad", 40.0),), "two sections or more"),
        ((("sad", 5.0), ("happy", 35.0)), "a section lasts 10 seconds or more, not 5"),
        ((("sad", 20.0), ("happy", 30.0)), "the sections last 50 seconds together, and the track 40"),
    ],
)
def test_sections_that_cannot_be_are_refused_with_what_would_be_right(acts, says):
    with pytest.raises(BadRequest, match=says):
        compose_suite(request(), sections(acts), load_composer())
