"""The one socket that the web processes share, and whether somebody answers behind it."""

import errno
import http.client
import socket
from collections.abc import Sequence


class CannotListen(Exception):
    """The address cannot be had; the message is one line for whoever started the site."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at `host`:`port`; raises `CannotListen`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CannotListen(f"HOST is {host!r}, which is no address of this machine: {error.strerror}.") from None
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(512)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotListen(
                f"Port {port} is in use. Stop what runs there, or choose another: PORT={port % 65535 + 1} make run"
            ) from None
        raise CannotListen(f"Cannot listen at {host}:{port}: {error.strerror}.") from None
    return listener


def reachable(listener: socket.socket) -> str:
    """The host and port at which this machine itself reaches `listener`, as they stand in an address."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def answers(listener: socket.socket, allowed_hosts: Sequence[str], *, within: float = 2.0) -> bool:
    """Whether the site behind `listener` reports itself healthy within `within` seconds."""
    named = [host.lstrip(".") for host in allowed_hosts if host != "*"]
    connection = http.client.HTTPConnection(reachable(listener), timeout=within)
    try:
        connection.request("GET", "/healthz", headers={"Host": named[0] if named else "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
