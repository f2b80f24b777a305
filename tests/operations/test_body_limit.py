"""A request's body is read no further than the site has a use for."""

import asyncio
from typing import Any

import pytest

from emotionmusic.operations.body_limit import BodyLimit


def answer(body: list[bytes], headers: list[tuple[bytes, bytes]]) -> int:
    """The status that a request gets from a page that reads all of its body."""
    parts = [{"type": "http.request", "body": part, "more_body": part is not body[-1]} for part in body]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    async def page(scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["more_body"]:
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ten(scope: Any) -> int:
        return 10

    asyncio.run(BodyLimit(page, ten)({"type": "http", "headers": headers}, receive, send))  # type: ignore[arg-type]
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ([b"12345", b"67890"], [], 200),
        ([b"12345", b"678901"], [], 413),
        ([b""], [(b"content-length", b"11")], 413),
        ([b"1234567890"], [(b"content-length", b"10")], 200),
        ([b""], [(b"content-length", b"-1")], 413),
    ],
)
def test_ten_bytes_pass_and_eleven_do_not_whether_announced_or_sent(body, headers, status):
    assert answer(body, headers) == status
