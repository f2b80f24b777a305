"""What the networks look at, and what their labels mean."""

from dataclasses import replace

import torch

from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.events import EVENT_COUNT, FIRST_PITCH_EVENT, NOTE_OFF, melody_to_events
from generator.melody.form import Likeness
from generator.networks import inputs
from generator.networks.base import (
    LABEL_COUNT,
    LOOKBACK_LABEL_COUNT,
    REPEAT_ECHO,
    REPEAT_ONE_BAR,
    REPEAT_TWO_BARS,
    event_log_probabilities,
)
from generator.networks.context import FARTHEST_END, NOTHING, Conditions, Places, look
from tests.generator.tunes import wandering_tune


def conditions(metre: int, bars: int, batch: int = 1) -> Conditions:
    return Conditions(
        metre=torch.full((batch,), metre),
        minor=torch.zeros(batch),
        bars=torch.full((batch,), bars),
        attributes=torch.full((batch, len(ATTRIBUTE_NAMES)), 0.5),
        told=torch.ones(batch, len(ATTRIBUTE_NAMES)),
        likeness=torch.full((batch, bars), int(Likeness.VARIED)),
        model=(torch.arange(bars) - 4).clamp(min=NOTHING).expand(batch, -1),
    )


def test_lookback_shows_the_events_one_and_two_bars_before_the_coming_step():
    events = torch.arange(48).unsqueeze(0)
    seen = look(events, torch.tensor([0, 20, 40]), conditions(metre=2, bars=3))
    assert seen.last.tolist() == [[NOTHING, 19, 39]]
    assert seen.one_bar.tolist() == [[NOTHING, 4, 24]]
    assert seen.two_bars.tolist() == [[NOTHING, NOTHING, 8]]


def test_a_bar_of_three_four_looks_back_twelve_steps():
    events = torch.arange(48).unsqueeze(0)
    seen = look(events, torch.tensor([30]), conditions(metre=1, bars=4))
    assert seen.one_bar.tolist() == [[18]]
    assert seen.two_bars.tolist() == [[6]]
    assert seen.places.position.tolist() == [[6]]
    assert seen.places.bar.tolist() == [[2]]


def test_a_repeat_is_flagged_only_when_the_last_event_stood_there_a_bar_before():
    events = torch.tensor([[5, 6, 7, 8, 0, 0, 0, 0, 5, 9, 7, 8, 0, 0, 0, 0, 5]])
    seen = look(events, torch.tensor([1, 9, 10, 17]), conditions(metre=0, bars=3))
    assert seen.repeats[..., 0].tolist() == [[0, 1, 0, 1]]
    assert seen.repeats[..., 1].tolist() == [[0, 0, 0, 1]]


def test_the_bars_to_the_end_are_counted_down_to_nothing():
    events = torch.zeros(1, 16 * 12, dtype=torch.int64)
    seen = look(events, torch.arange(0, 16 * 12, 16), conditions(metre=2, bars=12))
    assert seen.places.bars_left.tolist() == [[FARTHEST_END] * 4 + [7, 6, 5, 4, 3, 2, 1, 0]]


def test_only_events_before_a_step_are_looked_at():
    events = torch.from_numpy(melody_to_events(wandering_tune(3))).unsqueeze(0)
    changed = events.clone()
    changed[:, 40:] = 7
    first, second = (look(e, torch.arange(40), conditions(metre=2, bars=8)) for e in (events, changed))
    for encode in (inputs.last_event, inputs.lookback, inputs.echo, inputs.key_awareness):
        assert torch.equal(encode(first), encode(second))


def test_steps_seen_one_by_one_are_the_steps_seen_together():
    events = torch.from_numpy(melody_to_events(wandering_tune(4, "6/8"))).unsqueeze(0)
    asked = conditions(metre=3, bars=8)
    for encode in (inputs.lookback, inputs.echo, inputs.key_awareness):
        together = encode(look(events, torch.arange(96), asked))
        for step in range(96):
            assert torch.equal(encode(look(events, torch.tensor([step]), asked))[:, 0], together[:, step])


def test_attributes_and_a_form_that_are_not_told_cannot_be_read():
    events = torch.from_numpy(melody_to_events(wandering_tune(3))).unsqueeze(0)
    first = conditions(metre=2, bars=8)
    second = replace(first, attributes=-first.attributes, model=(first.model - 1).clamp(min=NOTHING))
    for encode in (
        lambda seen: inputs.attributes(seen.places),
        lambda seen: inputs.binary_attributes(seen.places),
        inputs.echo,
    ):
        told, otherwise = (encode(look(events, torch.arange(100), asked)) for asked in (first, second))
        assert not torch.equal(told, otherwise)
        told, otherwise = (encode(look(events, torch.arange(100), asked.untold())) for asked in (first, second))
        assert torch.equal(told, otherwise)


def test_an_attribute_that_is_masked_is_as_good_as_any_other_value():
    asked = conditions(metre=2, bars=4)
    masked = replace(asked, told=asked.told * 0, attributes=asked.attributes + 1)
    assert inputs.attributes(Places.of(torch.arange(3), masked)).abs().sum() == 0


def test_a_spelling_is_the_events_and_repeats_side_by_side():
    events = torch.from_numpy(melody_to_events(wandering_tune(5))).unsqueeze(0)
    seen = look(events, torch.arange(128), conditions(metre=2, bars=8))
    heard = torch.cat([inputs.last_event(seen), inputs.lookback(seen), inputs.echo(seen)], dim=-1)
    assert torch.equal(inputs.spelled()[inputs.spelling(seen)].sum(2), heard)


def test_a_bar_sees_the_events_of_the_bar_that_it_takes_up():
    events = torch.arange(16 * 6).unsqueeze(0) % EVENT_COUNT
    asked = conditions(metre=2, bars=6)
    seen = look(events, torch.arange(16 * 4, 16 * 6), asked)
    assert torch.equal(seen.echo, events[:, : 16 * 2])
    assert (look(events, torch.arange(16 * 4), asked).echo == NOTHING).all()


def test_a_melody_laid_beyond_the_end_can_be_taken_up():
    events = torch.cat([torch.zeros(1, 32, dtype=torch.int64), torch.arange(32).unsqueeze(0)], dim=1)
    asked = replace(conditions(metre=2, bars=2), model=torch.tensor([[2, 3]]))
    assert look(events, torch.arange(32), asked).echo.tolist() == [list(range(32))]


def test_the_last_note_is_known_however_long_it_sounds():
    events = torch.zeros(1, 64, dtype=torch.int64)
    events[0, 3], events[0, 20] = FIRST_PITCH_EVENT + 5, NOTE_OFF
    seen = look(events, torch.tensor([0, 3, 4, 40]), conditions(metre=2, bars=4))
    assert seen.last_onset().tolist() == [[NOTHING, NOTHING, FIRST_PITCH_EVENT + 5, FIRST_PITCH_EVENT + 5]]


def test_a_repeat_label_counts_for_the_event_that_stood_there():
    events = torch.zeros(1, 48, dtype=torch.int64)
    events[0, 4], events[0, 20] = 11, 12
    seen = look(events, torch.tensor([36]), conditions(metre=2, bars=3))
    logits = torch.full((1, 1, LOOKBACK_LABEL_COUNT), -30.0)
    logits[..., REPEAT_ONE_BAR], logits[..., REPEAT_TWO_BARS] = 0.0, 1.0
    chances = event_log_probabilities(logits, seen)[0, 0].exp()
    assert chances[12].item() == torch.softmax(torch.tensor([0.0, 1.0]), 0)[0]
    assert chances[11].item() == torch.softmax(torch.tensor([0.0, 1.0]), 0)[1]


def test_the_echo_label_counts_for_the_event_in_the_bar_that_is_taken_up():
    events = torch.zeros(1, 16 * 6, dtype=torch.int64)
    events[0, 5] = 21
    logits = torch.full((1, 1, LABEL_COUNT), -30.0)
    logits[..., REPEAT_ECHO] = 1.0
    seen = look(events, torch.tensor([16 * 4 + 5]), conditions(metre=2, bars=6))
    assert event_log_probabilities(logits, seen)[0, 0].argmax() == 21


def test_the_chances_of_all_events_sum_to_one_whatever_the_labels():
    torch.manual_seed(0)
    events = torch.randint(0, EVENT_COUNT, (5, 64))
    seen = look(events, torch.arange(64), conditions(metre=2, bars=4, batch=5))
    for labels in (LABEL_COUNT, LOOKBACK_LABEL_COUNT, EVENT_COUNT):
        chances = event_log_probabilities(torch.randn(5, 64, labels), seen).exp().sum(-1)
        assert torch.allclose(chances, torch.ones_like(chances), atol=1e-5)
