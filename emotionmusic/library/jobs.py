"""The job that makes a file of a track. Only the file's id crosses the queue."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from emotionmusic.library import file_services, further_kinds, queries
from emotionmusic.library.file_writing import write_file
from emotionmusic.library.kinds import KINDS
from emotionmusic.library.models import TrackFile
from emotionmusic.operations.signs_of_life import signs_of_life

REPORT_EVERY = 0.4
"""Seconds between two reports; each is a write."""

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Nobody waits for the file any more, or another worker has it."""


def make_file(file_id: str) -> None:
    """Make a file that was asked for; harmless if run twice or too late."""
    file = queries.find_file(UUID(file_id))
    if file is None or not file_services.claim(file=file):
        return
    try:
        with file_services.workplace(file) as folder, signs_of_life(lambda: file_services.keep_alive(file=file)):
            written = _written(file, folder)
            file_services.finish(file=file, written=written)
    except Stopped:
        return
    except Exception:  # whatever it was, the creator is told and the row is not left behind
        log.exception("file %s could not be made", file_id)
        file_services.fail(file=file)


def _written(file: TrackFile, folder: Path) -> Path:
    if further := further_kinds.find(file.kind):
        return further.write(file.track, folder, _reporter(file))
    return write_file(file.track, KINDS[file.kind], folder, _reporter(file))


def _reporter(file: TrackFile) -> Callable[[float], None]:
    """A progress callback, which raises Stopped when the file is no longer this worker's."""
    reported_at = 0.0

    def report(share: float) -> None:
        nonlocal reported_at
        if time.monotonic() - reported_at < REPORT_EVERY:
            return
        reported_at = time.monotonic()
        if not file_services.report(file=file, percent=min(99, 1 + round(98 * share))):
            raise Stopped

    return report
