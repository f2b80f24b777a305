"""LB-Attention as its papers describe it."""

from dataclasses import replace

import pytest
import torch

from generator.melody.events import melody_to_events
from generator.networks.basic_rnn import BasicRNN, BasicRNNConfig
from generator.networks.context import look
from generator.networks.lb_attention import LBAttention, LBAttentionConfig
from tests.generator.networks.test_context import conditions
from tests.generator.tunes import wandering_tune

SMALL = LBAttentionConfig(units=24, attention_steps=10, attention_units=8)


def events_of(*seeds: int) -> torch.Tensor:
    return torch.stack([torch.from_numpy(melody_to_events(wandering_tune(seed))) for seed in seeds])


@pytest.fixture
def network() -> LBAttention:
    torch.manual_seed(1)
    return LBAttention(SMALL).eval()


def test_a_melody_read_in_pieces_gives_what_it_gives_when_read_whole(network):
    events, asked = events_of(1, 2), conditions(2, 8, batch=2)
    whole, _ = network(look(events, torch.arange(128), asked), None)
    state, parts = None, []
    for steps in torch.arange(128).split([1, 30, 97]):
        logits, state = network(look(events, steps, asked), state)
        parts.append(logits)
    assert torch.allclose(whole, torch.cat(parts, dim=1), atol=1e-5)


def test_a_melody_in_a_batch_gives_what_it_gives_alone(network):
    events = events_of(1, 2, 3)
    together, _ = network(look(events, torch.arange(64), conditions(2, 8, batch=3)), None)
    alone, _ = network(look(events[1:2], torch.arange(64), conditions(2, 8)), None)
    assert torch.allclose(together[1:2], alone, atol=1e-5)


def test_attention_is_a_weighted_mean_of_the_last_outputs_and_of_no_others(network):
    events = events_of(5)
    _, state = network(look(events, torch.arange(64), conditions(2, 8)), None)
    assert state.outputs.shape == (1, SMALL.attention_steps, SMALL.units)
    attended = network.attend(torch.zeros(1, 4 * SMALL.units), state)
    assert (attended <= state.outputs.amax(1) + 1e-6).all()
    assert (attended >= state.outputs.amin(1) - 1e-6).all()


def test_the_result_of_attention_reaches_the_next_step_s_input(network):
    events, asked = events_of(6), conditions(2, 8)
    _, state = network(look(events, torch.arange(20), asked), None)
    coming = look(events, torch.tensor([20]), asked)
    as_it_is, _ = network(coming, state)
    forgotten, _ = network(coming, replace(state, attended=torch.zeros_like(state.attended)))
    assert not torch.allclose(as_it_is, forgotten, atol=1e-4)


def test_the_emotion_changes_what_is_predicted_and_the_basic_network_is_deaf_to_it(network):
    events, asked = events_of(7), conditions(2, 8)
    basic = BasicRNN(BasicRNNConfig(units=16)).eval()
    for net, hears in ((network, True), (basic, False)):
        told, _ = net(look(events, torch.arange(32), asked), None)
        untold, _ = net(look(events, torch.arange(32), asked.untold()), None)
        assert torch.allclose(told, untold) is not hears
