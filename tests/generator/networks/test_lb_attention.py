"""LB-Attention as its papers describe it."""

import pytest
import torch

from generator.melody.events import EVENT_COUNT
from generator.networks import inputs
from generator.networks.context import look
from generator.networks.lb_attention import Attention, LBAttention, LBAttentionConfig
from tests.generator.networks.test_context import conditions
from tests.generator.networks.test_every_network import events_of

SMALL = LBAttentionConfig(units=24, attention_steps=10, attention_units=8)


@pytest.fixture
def network() -> LBAttention:
    torch.manual_seed(1)
    return LBAttention(SMALL).eval()


def test_attention_is_the_weighted_sum_of_the_paper():
    torch.manual_seed(2)
    attention, outputs = Attention(SMALL), torch.randn(1, 25, SMALL.units)
    attended, _ = attention(outputs, None)
    for step in (0, 1, 7, 24):
        last = outputs[0, max(0, step - SMALL.attention_steps) : step]
        u = torch.tanh(attention.w1(last) + attention.w2(outputs[0, step])) @ attention.v
        a = torch.softmax(torch.cat([u, torch.zeros(1)]), dim=0)[:-1]
        assert torch.allclose(attended[0, step], (a.unsqueeze(1) * last).sum(0), atol=1e-5)


def test_attention_reaches_so_far_and_no_farther():
    torch.manual_seed(3)
    attention, outputs = Attention(SMALL), torch.randn(1, 30, SMALL.units)
    before, _ = attention(outputs, None)
    outputs[0, 5] += 1
    after, _ = attention(outputs, None)
    changed = [step for step in range(30) if not torch.equal(before[0, step], after[0, step])]
    assert changed == list(range(5, 5 + SMALL.attention_steps + 1))


def test_what_is_asked_changes_what_is_predicted(network):
    events, asked = events_of(7), conditions(2, 8)
    predictions = [
        network(look(events, torch.arange(80), conditions), None)[0]
        for conditions in (asked, asked.without_attributes(), asked.without_form(), asked.untold())
    ]
    for number, prediction in enumerate(predictions):
        assert not any(torch.allclose(prediction, other) for other in predictions[:number])


@pytest.mark.parametrize(
    ("part", "encode"),
    [
        ("lookback", inputs.lookback),
        ("lookback", inputs.echo),
        ("position", lambda seen: inputs.note_position(seen.places)),
        ("emotion", lambda seen: inputs.attributes(seen.places)),
    ],
)
def test_an_ablated_network_does_not_see_the_part_that_it_goes_without(part, encode):
    network = LBAttention(LBAttentionConfig(units=8, **{part: False}))
    seen = look(events_of(1), torch.arange(40), conditions(2, 8))
    missing = encode(seen).shape[-1]
    assert network.encode(seen).shape[-1] <= LBAttention(LBAttentionConfig(units=8)).encode(seen).shape[-1] - missing


def test_without_lookback_there_are_no_repeat_labels():
    network = LBAttention(LBAttentionConfig(units=8, lookback=False))
    assert network(look(events_of(1), torch.arange(4), conditions(2, 8)), None)[0].shape[-1] == EVENT_COUNT
