"""Signs of life that a worker gives while it works."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

EVERY = 4.0
"""Seconds; levelling and encoding a long track take longer than a worker may be silent."""

log = logging.getLogger(__name__)


@contextmanager
def signs_of_life(give: Callable[[], object]) -> Iterator[None]:
    """Give one every EVERY seconds while the body runs; a killed worker falls silent with its threads."""
    over = threading.Event()

    def keep_giving() -> None:
        while not over.wait(EVERY):
            try:
                give()
            except DatabaseError:
                log.warning("no sign of life this time", exc_info=True)
        connection.close()

    thread = threading.Thread(target=keep_giving, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
