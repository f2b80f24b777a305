"""What holds for every network of the bench."""

import pytest
import torch

from generator.melody.events import melody_to_events
from generator.networks.base import event_log_probabilities
from generator.networks.checkpoint import NETWORK_NAMES, build_network, network_class
from generator.networks.context import look
from generator.networks.state import detached, of_rows
from tests.generator.networks.test_context import conditions
from tests.generator.tunes import wandering_tune


def events_of(*seeds: int) -> torch.Tensor:
    return torch.stack([torch.from_numpy(melody_to_events(wandering_tune(seed))) for seed in seeds])


@pytest.fixture(params=NETWORK_NAMES)
def network(request):
    torch.manual_seed(1)
    return build_network(request.param, network_class(request.param).tiny).eval()


def test_there_are_eleven_networks_on_the_bench():
    assert set(NETWORK_NAMES) == {
        "basic_rnn", "lookback_rnn", "attention_rnn", "lstm_1", "lstm_2", "lstm_3", "lstm", "conv1d", "conv1d_lstm",
        "emogen", "lb_attention",
    }  # fmt: skip


def test_a_melody_read_in_pieces_gives_what_it_gives_when_read_whole(network):
    events, asked = events_of(1, 2), conditions(2, 8, batch=2)
    whole, _ = network(look(events, torch.arange(128), asked), None)
    state, parts = None, []
    for steps in torch.arange(128).split([1, 2, 28, 97]):
        logits, state = network(look(events, steps, asked), state)
        state = detached(state)
        parts.append(logits)
    assert torch.allclose(whole, torch.cat(parts, dim=1), atol=1e-5)


def test_a_melody_in_a_batch_gives_what_it_gives_alone(network):
    events = events_of(1, 2, 3)
    together, _ = network(look(events, torch.arange(64), conditions(2, 8, batch=3)), None)
    alone, _ = network(look(events[1:2], torch.arange(64), conditions(2, 8)), None)
    assert torch.allclose(together[1:2], alone, atol=1e-5)


def test_some_melodies_of_a_batch_go_on_as_they_do_without_the_others(network):
    events, rows = events_of(1, 2, 3), torch.tensor([2, 0])
    with torch.inference_mode():
        whole, _ = network(look(events[rows], torch.arange(12), conditions(2, 8, batch=2)), None)
        _, state = network(look(events, torch.arange(9), conditions(2, 8, batch=3)), None)
        state = of_rows(state, rows)
        for step in range(9, 12):
            seen = look(events[rows], torch.tensor([step]), conditions(2, 8, batch=2))
            logits, state = network(seen, state)
            assert torch.allclose(whole[:, step], logits[:, 0], atol=1e-5)


def test_no_network_sees_the_event_that_it_is_to_predict(network):
    events, asked = events_of(4), conditions(2, 8)
    changed = events.clone()
    changed[:, 40:] = 9
    first, second = (network(look(e, torch.arange(41), asked), None)[0] for e in (events, changed))
    assert torch.equal(first, second)


def test_its_predictions_are_chances_of_events(network):
    seen = look(events_of(5), torch.arange(30), conditions(2, 8))
    chances = event_log_probabilities(network(seen, None)[0], seen).exp().sum(-1)
    assert torch.allclose(chances, torch.ones_like(chances), atol=1e-5)


def test_only_the_conditioned_networks_hear_what_is_asked(network):
    events, asked = events_of(7), conditions(2, 8)
    told, _ = network(look(events, torch.arange(80), asked), None)
    untold, _ = network(look(events, torch.arange(80), asked.untold()), None)
    assert torch.allclose(told, untold) is (network.name not in ("lb_attention", "emogen"))
