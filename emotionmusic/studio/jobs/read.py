"""The job that reads what a video is about. Only the brief's id crosses the queue."""

import logging
import time
import uuid
from collections.abc import Callable
from uuid import UUID

from emotionmusic.operations.signs_of_life import signs_of_life
from emotionmusic.studio import brief_queries, brief_services
from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.jobs.reporting import REPORT_EVERY, Stopped
from generator.brief.describing import describe
from generator.brief.reading import read_file, read_words
from generator.brief.refusal import BriefRefused
from generator.brief.timeline import MoodTimeline
from generator.brief.video import read_video

UNDERSTOOD_FROM = 0.9
"""Share of the work after which a video was watched, and what was seen is weighed."""

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Load the reader, so that the first creator does not wait for it; without it words are refused one by one."""
    try:
        describe(read_words("A quiet morning."))
    except Exception:  # whatever it was, the worker stays: each brief is then refused with words of its own
        log.exception("no words can be read now")


def read_brief(brief_id: str) -> None:
    """Read a queued brief; harmless if run twice or too late."""
    brief = brief_queries.find_brief(UUID(brief_id))
    if brief is None or (lease := brief_services.claim(brief=brief)) is None:
        return
    try:
        with signs_of_life(lambda: brief_services.keep_alive(brief=brief, lease=lease)):
            timeline, timed = _understood(brief, _reporter(brief, lease))
        brief_services.finish(brief=brief, lease=lease, timeline=timeline.to_json(), timed=timed)
    except Stopped:
        return
    except BriefRefused as refused:
        brief_services.fail(brief=brief, lease=lease, refused=refused)
    except Exception:  # whatever it was, the creator is told and the row is not left behind
        log.exception("brief %s could not be read", brief_id)
        brief_services.fail(brief=brief, lease=lease)


def _understood(brief: Brief, progress: Callable[[float], None]) -> tuple[MoodTimeline, bool]:
    """The timeline, and whether its times are those of a video."""
    if brief.is_video:
        # First, for it takes no time and may refuse what was written.
        said = read_words(brief.words) if brief.words.strip() else None
        video = read_video(brief.upload, brief.file_name, lambda share: progress(share * UNDERSTOOD_FROM))
        return describe(said, video=video), True
    material = read_file(brief.upload, brief.file_name) if brief.file_name else read_words(brief.words)
    progress(UNDERSTOOD_FROM)
    timed = material.seconds is not None or any(passage.start is not None for passage in material.passages)
    return describe(material, brief.asked_seconds), timed


def _reporter(brief: Brief, lease: uuid.UUID) -> Callable[[float], None]:
    """A progress callback, which raises Stopped when the brief is no longer this worker's."""
    reported_at = 0.0

    def report(share: float) -> None:
        nonlocal reported_at
        if time.monotonic() - reported_at < REPORT_EVERY:
            return
        reported_at = time.monotonic()
        if not brief_services.report(brief=brief, lease=lease, percent=min(99, 1 + round(98 * share))):
            raise Stopped

    return report
