"""A worker's reports, and how it learns that it should stop."""

import time
import uuid
from collections.abc import Callable

from emotionmusic.studio import services
from emotionmusic.studio.models import Generation

COMPOSED_PERCENT = 45
"""Where composing ends and rendering begins."""
REPORT_EVERY = 0.4
"""Seconds between two signs of life; each is a write and a nudge."""


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
