"""A worker's signs of life, and how it learns that it should stop."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from emotionmusic.studio import services
from emotionmusic.studio.models import Generation

COMPOSED_PERCENT = 45
"""Where composing ends and rendering begins."""
REPORT_EVERY = 0.4
"""Seconds between two signs of life; each is a write and a nudge."""


KEEP_ALIVE_EVERY = 4.0
"""Seconds; levelling and encoding a long track take longer than a worker may be silent."""

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The generation was cancelled, or given to another worker."""


def reporter(generation: Generation, lease: uuid.UUID, first: int, last: int) -> Callable[[float], None]:
    """A progress callback that maps 0..1 to the percents `first`..`last`.

    It raises Stopped when the generation is no longer this worker's.
    """
    reported_at = 0.0

    def report(share: float) -> None:
        nonlocal reported_at
        if time.monotonic() - reported_at < REPORT_EVERY:
            return
        reported_at = time.monotonic()
        percent = first + round(share * (last - first))
        if not services.report(generation=generation, lease=lease, percent=percent):
            raise Stopped

    return report


@contextmanager
def signs_of_life(generation: Generation, lease: uuid.UUID) -> Iterator[None]:
    """Keep the lease while the body runs, whatever it does; a killed worker falls silent with its threads."""
    over = threading.Event()

    def keep_alive() -> None:
        while not over.wait(KEEP_ALIVE_EVERY):
            try:
                services.keep_alive(generation=generation, lease=lease)
            except DatabaseError:
                log.warning("no sign of life of generation %s this time", generation.id, exc_info=True)
        connection.close()

    thread = threading.Thread(target=keep_alive, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
