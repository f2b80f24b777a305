"""Which bar takes up which, in melodies that are there and in the forms of those to come."""

import random

import pytest

from generator.forms import BANK_BARS, BankRefused, build_bank, load_bank, planned_form, save_bank, with_pick_up
from generator.melody.form import Echo, Likeness, form_of
from generator.melody.metre import METRES
from tests.generator.tunes import tune

FOUR_FOUR = METRES["4/4"]
A, A_VARIED = [60, 62, 64, 65], [60, 62, 64, 67]
A_HIGHER, B = [67, 69, 71, 72], [72, 71]
QUARTERS, HALVES = [4, 4, 4, 4], [8, 8]


def test_a_bar_is_the_same_varied_of_one_rhythm_or_new():
    melody = tune([*A, *A, *A_VARIED, *A_HIGHER, *B], [*QUARTERS * 4, *HALVES])
    assert form_of(melody) == (
        Echo(Likeness.NEW),
        Echo(Likeness.SAME, 0),
        Echo(Likeness.VARIED, 0),
        Echo(Likeness.RHYTHM, 1),
        Echo(Likeness.NEW),
    )


def test_of_equal_models_the_one_whole_phrases_away_is_meant():
    melody = tune([*A * 9], [*QUARTERS * 9])
    assert [echo.model for echo in form_of(melody)] == [None, 0, 0, 1, 0, 1, 2, 3, 0]


def test_a_silent_bar_takes_up_nothing():
    assert form_of(tune(A, [4, 4, 4, 40]))[1:] == (Echo(Likeness.NEW),) * 3


def test_a_bank_keeps_the_forms_of_tunes_and_gives_them_back(tmp_path):
    bars = [A, B, [64, 62, 60, 59], [60, 72], A_VARIED, B, [62, 65, 69, 65], [67, 60]]
    other = [[bar[0] + 3, *bar[1:-1], bar[-1] - 2] for bar in bars]
    melody = tune([pitch for bar in bars + other for pitch in bar], [*(QUARTERS + HALVES) * 8])
    bank = build_bank([melody, tune(A, QUARTERS)])
    save_bank(bank, tmp_path / "bank.safetensors")
    kept = load_bank.__wrapped__(tmp_path / "bank.safetensors")
    assert kept.drawn(FOUR_FOUR, random.Random(1)) == form_of(melody)


def test_a_missing_and_a_broken_bank_say_so(tmp_path):
    with pytest.raises(BankRefused, match="no bank of forms"):
        load_bank.__wrapped__(tmp_path / "nowhere.safetensors")
    (tmp_path / "broken.safetensors").write_bytes(b"not a bank")
    with pytest.raises(BankRefused, match="no bank of forms"):
        load_bank.__wrapped__(tmp_path / "broken.safetensors")


@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("bars", [2, 8, 13, 16, 24, 33, 60, 96])
def test_a_planned_form_has_as_many_bars_as_asked_and_looks_back_only(metre, bars):
    for seed in range(5):
        form = planned_form(bars, METRES[metre], random.Random(seed), load_bank())
        assert len(form) == bars
        assert all(echo.model is None or echo.model < bar for bar, echo in enumerate(form))
        assert all((echo.model is None) == (echo.likeness is Likeness.NEW) for echo in form)


def test_three_minutes_return_to_their_first_section_and_have_others():
    form = planned_form(64, FOUR_FOUR, random.Random(3), load_bank())
    returns = [bar for bar in range(8, 64) if form[bar].model is not None and form[bar].model < 8]
    assert {8, 24, 56} <= {bar // 8 * 8 for bar in returns}
    assert [echo.model for echo in form[24:32]] == list(range(8))
    assert all(echo.likeness >= Likeness.RHYTHM for echo in form[8:16])
    assert sum(echo.model is not None and echo.model < 32 for echo in form[32:40]) == 0


def test_a_pick_up_moves_every_bar_by_one():
    form = planned_form(BANK_BARS, FOUR_FOUR, random.Random(1), load_bank())
    moved = with_pick_up(form)
    assert moved[0] == Echo(Likeness.NEW)
    assert [echo.model for echo in moved[1:]] == [None if e.model is None else e.model + 1 for e in form]
