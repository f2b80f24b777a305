"""Private files for players and downloads: with ranges, so that a browser can seek (RFC 9110, 14)."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags

BLOCK = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True)
class Span:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class RangeNotSatisfiable(ValueError):
    """The asked range begins after the file's end."""


def asked_span(header: str, size: int) -> Span | None:
    """The span that a Range header asks for in a file of `size` bytes, None if the whole is to be sent.

    More than one range, another unit or nonsense is answered with the whole file, as the RFC allows.

    Raises:
        RangeNotSatisfiable: the range lies outside the file.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        if int(last) == 0:
            raise RangeNotSatisfiable
        return Span(max(0, size - int(last)), size - 1)
    if int(first) >= size:
        raise RangeNotSatisfiable
    if last and int(last) < int(first):
        return None
    return Span(int(first), min(int(last or size), size - 1))


def serve_private_file(
    request: HttpRequest, path: Path, content_type: str, download_name: str | None = None
) -> HttpResponseBase:
    """A file of a visitor who may have it: 200, 206 for a range, 304 if unchanged, 416 for a wrong range.

    With `download_name` the browser saves it under that name.

    Raises:
        Http404: the file is gone.
    """
    try:
        stat = path.stat()
    except OSError:
        raise Http404 from None
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    response: HttpResponseBase
    try:
        span = _span_of(request, stat.st_size, etag)
    except RangeNotSatisfiable:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{stat.st_size}"
        return response
    if span is None and _has_it(request, etag):
        response = HttpResponse(status=304)
    else:
        whole = Span(0, stat.st_size - 1)
        response = _body(request, path, span or whole)
        response["Content-Type"] = content_type
        response["Content-Length"] = str((span or whole).length)
        if span:
            response.status_code = 206
            response["Content-Range"] = f"bytes {span.first}-{span.last}/{stat.st_size}"
        if download_name:
            response["Content-Disposition"] = content_disposition_header(True, download_name) or "attachment"
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    return response


def _has_it(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in (tag.removeprefix("W/") for tag in known)


def _span_of(request: HttpRequest, size: int, etag: str) -> Span | None:
    header = request.headers.get("Range")
    if request.method != "GET" or not header or request.headers.get("If-Range", etag) != etag:
        return None
    return asked_span(header, size)


def _body(request: HttpRequest, path: Path, span: Span) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    if isinstance(request, ASGIRequest):
        return StreamingHttpResponse(_blocks_async(path, span))
    return StreamingHttpResponse(_blocks(path, span))


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _blocks(path: Path, span: Span) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(span.first)
        left = span.length
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


async def _blocks_async(path: Path, span: Span) -> AsyncIterator[bytes]:
    file = await sync_to_async(_opened, thread_sensitive=False)(path)
    try:
        file.seek(span.first)
        left = span.length
        while left > 0 and (block := await sync_to_async(file.read, thread_sensitive=False)(min(BLOCK, left))):
            left -= len(block)
            yield block
    finally:
        file.close()
