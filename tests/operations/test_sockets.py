"""The front door of the sockets, before any room behind it is asked."""

import asyncio

import pytest
from asgiref.testing import ApplicationCommunicator

from emotionmusic.asgi import application
from tests.stack import PATIENCE

# Channels closes what connections an earlier test has left in its thread, which counts as an access.
pytestmark = pytest.mark.usefixtures("redis_url", "transactional_db")

BY_ITS_ORIGIN = None
BY_ITS_ADDRESS = 4404


def refused(*headers: tuple[bytes, bytes]) -> int | None:
    """The code with which a socket at an address that leads nowhere is closed before it opens."""

    async def knock() -> dict:
        door = ApplicationCommunicator(
            application, {"type": "websocket", "path": "/no/such/", "query_string": b"", "headers": list(headers)}
        )
        await door.send_input({"type": "websocket.connect"})
        return await door.receive_output(timeout=PATIENCE)

    answer = asyncio.run(knock())
    assert answer["type"] == "websocket.close"
    return answer.get("code")


@pytest.mark.parametrize("origin", [b"http://evil.example", b"null", b"http://localhost.evil.example"])
def test_another_origin_is_refused_at_the_door(origin):
    assert refused((b"origin", origin)) == BY_ITS_ORIGIN


def test_a_socket_without_an_origin_is_refused_at_the_door():
    assert refused() == BY_ITS_ORIGIN


def test_our_own_origin_is_let_in_and_an_address_that_leads_nowhere_is_no_fault():
    assert refused((b"origin", b"http://localhost")) == BY_ITS_ADDRESS
