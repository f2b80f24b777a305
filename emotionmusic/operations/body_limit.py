"""An ASGI wrapper that reads no more of a request than the site has a use for."""

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, HTTPScope

MOST_BYTES = 64 * 1024 * 1024
"""Fifty MIDI files of 1 MB and what a form adds to them."""


class BodyTooLarge(Exception):
    """More bytes arrived than a request may have."""


async def _usual(scope: HTTPScope) -> int:
    return MOST_BYTES


class BodyLimit:
    """Answers 413 to a request that announces or sends more than `most` bytes, before it is kept anywhere."""

    def __init__(self, pages: ASGI3Application, most: Callable[[HTTPScope], Awaitable[int]] = _usual) -> None:
        self.pages = pages
        self.most = most

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        most = await self.most(scope)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await refuse(send)
            return
        received = 0
        answered = False

        async def counted() -> Any:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > most:
                    raise BodyTooLarge
            return message

        async def noted(message: Any) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.pages(scope, counted, noted)
        except BodyTooLarge:
            if not answered:
                await refuse(send)


async def refuse(send: ASGISendCallable) -> None:
    """Say that it is too large, and end the connection without reading on."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": b"This is more than can be sent at once.", "more_body": False})
