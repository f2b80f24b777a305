"""The sockets of the running site: progress for owners, nothing for anyone else."""

import json
import uuid

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.stack import ADMIN, PATIENCE
from tests.visitor import Visitor

pytestmark = pytest.mark.slow
OURS = object()


@pytest.fixture(scope="module")
def visitor(site):
    return Visitor(site).sign_up()


def open_socket(visitor: Visitor, generation: str, origin: object = OURS) -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{visitor.site.port}/ws/generations/{generation}/",
        origin=visitor.site.url if origin is OURS else origin,
        additional_headers={"Cookie": visitor.cookie_header},
        open_timeout=PATIENCE,
    )


def messages(socket: ClientConnection) -> list[dict]:
    """All that comes until the site closes the socket, which it must do properly."""
    heard: list[dict] = []
    closed = None
    while closed is None:
        try:
            heard.append(json.loads(socket.recv(timeout=PATIENCE)))
        except ConnectionClosed as end:
            closed = end
    assert closed.rcvd is not None
    assert closed.rcvd.code == 1000
    return heard


def refusal(visitor: Visitor, generation: str, origin: object = OURS) -> int:
    with pytest.raises(InvalidStatus) as refused, open_socket(visitor, generation, origin):
        pass
    return refused.value.response.status_code


def test_the_owner_is_told_at_once_and_until_the_end(visitor):
    generation = visitor.wish()
    with open_socket(visitor, generation) as socket:
        first = json.loads(socket.recv(timeout=PATIENCE))
        assert set(first) == {"state", "stage", "percent", "position", "seconds_left", "finished"}
        heard = [first, *messages(socket)]
    assert heard[-1]["state"] == "done"
    assert [told["finished"] for told in heard] == [False] * (len(heard) - 1) + [True]
    percents = [told["percent"] for told in heard]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert len(set(percents)) > 2
    assert {"composing", "rendering"} & {told["state"] for told in heard}


def test_every_tab_is_told(visitor):
    generation = visitor.wish()
    with open_socket(visitor, generation) as one, open_socket(visitor, generation) as other:
        assert messages(one)[-1] == messages(other)[-1]


def test_whoever_comes_late_is_told_and_let_go(visitor):
    generation = visitor.wish()
    with open_socket(visitor, generation) as socket:
        messages(socket)
    with open_socket(visitor, generation) as socket:
        (last,) = messages(socket)
    assert last["state"] == "done"


def test_a_cancelled_generation_is_told_at_once(visitor):
    generation = visitor.wish(seconds="180")
    with open_socket(visitor, generation) as socket:
        socket.recv(timeout=PATIENCE)
        visitor.post(f"/studio/{generation}/cancel/")
        assert messages(socket)[-1]["state"] == "cancelled"
    assert visitor.state(generation) == "cancelled"


def test_whatever_is_said_to_the_site_is_not_heard(visitor):
    generation = visitor.wish()
    with open_socket(visitor, generation) as socket:
        for nonsense in ("", "{", '{"type": "generation.moved"}', b"\x00\xff"):
            socket.send(nonsense)
        assert messages(socket)[-1]["state"] == "done"


def test_strangers_the_anonymous_and_unknown_ids_are_refused_alike(visitor, site):
    generation = visitor.wish()
    stranger = Visitor(site).sign_up()
    assert refusal(stranger, generation) == 404
    assert refusal(Visitor(site), generation) == 404
    assert refusal(visitor, str(uuid.uuid4())) == 404


def test_staff_are_strangers(visitor, site):
    staff = Visitor(site)
    assert staff.post("/accounts/login/", login=ADMIN[0], password=ADMIN[1]).status == 302
    assert refusal(staff, visitor.wish()) == 404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", None])
def test_a_page_of_another_site_is_refused(visitor, origin):
    generation = visitor.wish()
    visitor.post(f"/studio/{generation}/cancel/")
    assert refusal(visitor, generation, origin) == 403
