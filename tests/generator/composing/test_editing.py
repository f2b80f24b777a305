"""What is kept, varied and composed anew, before any note is drawn."""

from dataclasses import replace

import numpy as np
import pytest

from generator.composing.editing import Edit, edit_facts, plan_edit, seconds_of, tempo_of, whole_bars
from generator.composing.fixed import BEGINS, ENDS, FREE
from generator.composing.retelling import Source, Wish, another_like, bars_redone, in_another_mood
from generator.melody.events import NOTE_OFF, melody_to_events
from generator.melody.form import Likeness
from generator.melody.melody import Key, Melody, Mode, Note
from generator.melody.metre import METRES
from generator.mood import MOODS
from generator.request import BadRequest, Request
from tests.generator.tunes import tune

TEMPO = 90.0


def verse(bars: int = 8, pick_up: int = 0, metre: str = "4/4") -> Melody:
    """Quarter notes from C major, each bar another, the pick-up before them in a bar of its own."""
    bar = METRES[metre].steps_per_bar
    notes = [Note(bar - pick_up, pick_up, 67)] if pick_up else []
    start = bar if pick_up else 0
    scale = (60, 62, 64, 65, 67, 69, 71, 72)
    for number in range(bars):
        notes += [
            Note(start + number * bar + 4 * beat, 4, scale[(number * 3 + beat * beat) % 8]) for beat in range(bar // 4)
        ]
    return Melody(tuple(notes), METRES[metre], 0, Mode.MAJOR, start + bars * bar)


def request(source: Melody, **choices) -> Request:
    tempo = choices.pop("tempo", TEMPO)
    seconds = choices.pop("seconds", seconds_of(source, tempo))
    return Request.of("happy", 0.8, seconds, 1, tempo=tempo, **choices)


def free_bars(source: Melody, edit: Edit, **choices) -> list[int]:
    """The numbers, from 0, of the bars in which anything is free; the others are asserted to be the source's."""
    plan, fixed = plan_edit(request(source, **choices), edit)
    bar = plan.metre.steps_per_bar
    parts = fixed.events.reshape(plan.bars, bar)
    free = [number for number, part in enumerate(parts) if (part < 0).any()]
    written = melody_to_events(source).reshape(-1, bar)
    for number, part in enumerate(parts):
        if number not in free:
            assert (part == written[number]).all()
    return free


def test_bars_that_are_kept_are_fixed_to_the_note_and_the_others_free():
    source = verse()
    assert free_bars(source, Edit.keep(source, 1, 4)) == [4, 5, 6, 7]
    assert free_bars(source, Edit.keep(source, 8, 8)) == list(range(7))


def test_redoing_bars_frees_these_and_nothing_else():
    source = verse()
    assert free_bars(source, Edit.redo(source, 5, 8)) == [4, 5, 6, 7]
    assert free_bars(source, Edit.redo(source, 3, 3)) == [2]


def test_a_pick_up_is_not_counted_and_goes_with_the_first_bar():
    source = verse(8, pick_up=4)
    assert (source.bars, whole_bars(source)) == (9, 8)
    assert free_bars(source, Edit.redo(source, 1, 1)) == [0, 1]
    assert free_bars(source, Edit.redo(source, 2, 2)) == [2]
    assert free_bars(source, Edit.keep(source, 1, 7)) == [8]
    plan, fixed = plan_edit(request(source), Edit.redo(source, 1, 1))
    assert plan.pick_up == 4
    assert fixed.events[12] == BEGINS


@pytest.mark.parametrize(("share", "varied"), [(0.0, 0), (0.01, 1), (0.3, 3), (0.5, 5), (1.0, 10)])
def test_a_share_of_ten_bars_is_so_many_bars(share, varied):
    source = verse(10)
    edit = Edit.vary(source, share, seed=4)
    assert len(edit.varied) == varied
    assert len(free_bars(source, edit)) == varied
    assert edit == Edit.vary(source, share, seed=4)


def test_another_seed_varies_other_bars():
    source = verse(10)
    assert len({Edit.vary(source, 0.3, seed).varied for seed in range(8)}) > 1


def test_a_varied_bar_takes_up_what_stands_there():
    source = verse()
    edit = Edit.vary(source, 0.25, seed=1)
    plan, fixed = plan_edit(request(source), edit)
    assert (fixed.model == melody_to_events(source)).all()
    for bar in edit.varied:
        assert plan.form[bar].likeness is Likeness.VARIED
        assert plan.form[bar].model == plan.bars + bar


def test_a_note_that_reaches_out_of_a_kept_bar_keeps_its_length():
    source = tune([60, 64, 67, 72], [8, 12, 12, 16], "4/4")
    plan, fixed = plan_edit(request(source, seconds=12), Edit.keep(source, 1, 1))
    assert (fixed.events[8:20] == [melody_to_events(source)[8], *[0] * 11]).all()
    assert fixed.events[20] == ENDS
    assert (fixed.events[21:] == FREE).all()
    assert plan.bars > source.bars


def test_a_rest_at_the_start_of_a_kept_bar_stays_a_rest():
    source = Melody((Note(0, 16, 60), Note(20, 12, 64), Note(32, 16, 60)), METRES["4/4"], 0, Mode.MAJOR, 48)
    _, fixed = plan_edit(request(source, tempo=60.0), Edit.redo(source, 1, 1))
    assert fixed.events[16] == NOTE_OFF
    assert (fixed.events[17:20] == 0).all()


def test_a_repeat_that_is_redone_is_no_repeat_any_more():
    four = [60, 64, 67, 64]
    source = tune(four * 8, [4] * 32)
    plan, _ = plan_edit(request(source), Edit.redo(source, 5, 8))
    assert all(plan.form[bar].likeness <= Likeness.RHYTHM for bar in range(4, 8) if (plan.form[bar].model or 0) < 4)


@pytest.mark.parametrize("tonic", range(12))
@pytest.mark.parametrize("mode", Mode)
def test_another_key_moves_the_melody_to_it_in_the_nearest_octave(tonic, mode):
    source = verse().transposed(5)
    plan, fixed = plan_edit(request(source, key=Key(tonic, mode).name), Edit.keep(source, 1, 8))
    assert (plan.tonic, plan.mode) == (tonic, mode)
    first = int(fixed.events[0]) - 2 + 48 + plan.transposition
    assert abs(first - source.notes[0].pitch) <= 7
    assert first % 12 == tonic


def test_without_a_key_the_source_s_own_holds_to_the_octave():
    for up in (-12, -7, 0, 3, 12):
        source = verse().transposed(up)
        plan, fixed = plan_edit(request(source), Edit.keep(source, 1, 8))
        sounding = fixed.events[fixed.events > 1] - 2 + 48 + plan.transposition
        assert sounding.tolist() == [note.pitch for note in source.notes]


def test_another_metre_keeps_the_bars_and_their_number():
    source = verse()
    seconds = 8 * 3 * 60 / TEMPO + 2
    plan, fixed = plan_edit(request(source, metre="3/4", seconds=seconds), Edit.keep(source, 1, 8))
    assert (plan.metre.name, plan.bars) == ("3/4", 8)
    assert (fixed.events >= 0).all()


def test_with_more_seconds_it_goes_on_and_with_fewer_it_is_cut_and_closes():
    source, bar = verse(), 4 * 60 / TEMPO
    edit = Edit.vary(source, 0.0, seed=1)
    longer, fixed = plan_edit(request(source, seconds=seconds_of(source, TEMPO) + 4 * bar + 1), edit)
    assert longer.bars == 12
    assert (fixed.events[: 8 * 16] >= 0).all()
    assert (fixed.events[8 * 16 :] < 0).all()
    shorter, fixed = plan_edit(request(source, seconds=seconds_of(source, TEMPO) - 4 * bar), edit)
    assert shorter.bars == 4
    assert (fixed.events[: 3 * 16] >= 0).all()
    assert shorter.form[3].model == shorter.bars + 7, "the source's last bar"
    assert edit_facts(edit, shorter)["varied_bars"] == "4"


def test_bars_kept_by_name_are_kept_even_where_the_piece_is_cut():
    source = verse()
    _, fixed = plan_edit(request(source, seconds=seconds_of(source, TEMPO) / 2 + 1), Edit.keep(source, 1, 4))
    assert (fixed.events >= 0).all()


@pytest.mark.parametrize("tempo", [40.0, 61.3, 97.77, 133.333, 219.9])
@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("pick_up", [0, 2])
def test_tempo_and_length_belong_together(tempo, metre, pick_up):
    source = verse(12, pick_up, metre)
    seconds = seconds_of(source, tempo)
    assert tempo_of(source, seconds) == pytest.approx(tempo)
    plan, _ = plan_edit(replace(request(source), tempo=tempo_of(source, 25.0), seconds=25.0), Edit.anew(source))
    assert plan.bars == source.bars


def test_the_facts_count_bars_as_one_does_by_hand():
    source = verse(8, pick_up=4)
    edit = Edit.redo(source, 3, 4)
    plan, _ = plan_edit(request(source), edit)
    facts = edit_facts(edit, plan)
    assert (facts["kept_bars"], facts["varied_bars"], facts["new_bars"]) == ("pick-up, 1-2, 5-8", "", "3-4")
    assert (facts["source_key"], facts["source_metre"], facts["source_bars"]) == ("C major", "4/4", 8)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 9), (5, 4), (-1, 2), (9, 9)])
def test_bars_that_are_not_there_are_refused_in_words(first, last):
    for edit in (Edit.keep, Edit.redo):
        with pytest.raises(BadRequest, match="bars must lie between 1 and 8, the first before the last"):
            edit(verse(8, pick_up=4), first, last)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(BadRequest, match="must lie between 0 and 1"):
        Edit.vary(verse(), share, seed=1)


def test_without_room_or_tempo_and_with_too_wide_a_range_it_is_refused():
    source = verse()
    with pytest.raises(BadRequest, match="at least two bars"):
        plan_edit(request(source, tempo=40.0, seconds=10.0), Edit.anew(source))
    with pytest.raises(BadRequest, match="at least two bars"):
        plan_edit(Request.of("happy", 0.8, 30, 1), Edit.anew(source))
    wide = tune([36, 84] * 8, [4] * 16)
    with pytest.raises(BadRequest, match="too wide"):
        plan_edit(request(wide), Edit.anew(wide))


def test_another_like_it_keeps_the_frame_and_no_note():
    source = verse(8, pick_up=4).transposed(2)
    asked, edit = another_like(Source(source, "Piano"), Wish("happy", 0.8, 30.0, 5))
    plan, fixed = plan_edit(asked, edit)
    assert (plan.metre, plan.bars, plan.pick_up, plan.tonic, plan.mode) == (source.metre, 9, 4, 2, Mode.MAJOR)
    assert plan.tempo == pytest.approx(tempo_of(source, 30.0))
    assert (fixed.events[13:] < 0).all()
    assert edit.instrument == "Piano"


def test_redone_bars_leave_the_frame_as_it_was():
    source = verse(8).transposed(-3)
    plan, fixed = plan_edit(*bars_redone(Source(source), Wish("happy", 0.8, 30.0, 5), 2, 3))
    assert (plan.bars, plan.tonic) == (8, 9)
    assert np.flatnonzero(fixed.events < 0).tolist() == list(range(16, 48))


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("seconds", [10.0, 30.0, 180.0])
def test_in_every_mood_the_tonic_metre_and_length_stay_and_half_is_kept(mood, seconds):
    source = verse(16, pick_up=4).transposed(4)
    asked, edit = in_another_mood(Source(source), Wish(mood, 0.9, seconds, 5))
    plan, fixed = plan_edit(asked, edit)
    assert (asked.seconds, plan.metre, plan.tonic) == (seconds, source.metre, 4)
    assert plan.mode is MOODS[mood].mode
    assert plan.tempo == pytest.approx(MOODS[mood].tempo_at(0.9), rel=0.2)
    played = (plan.bars - 1) * 4 + plan.pick_up / 4
    assert played * 60 / plan.tempo + plan.ring == pytest.approx(seconds)
    shared = min(plan.bars, source.bars)
    bars = fixed.events[: shared * 16].reshape(shared, 16)
    kept = sum((bar >= 0).all() for bar in bars)
    assert shared / 2 - 2 <= kept <= shared / 2 + 1
