"""The job that reads a brief: under a lease, harmless when late, and whatever is wrong is said by its name."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from emotionmusic.studio import brief_services
from emotionmusic.studio.brief_models import Brief, BriefState
from emotionmusic.studio.jobs import read
from generator.brief.feeling import NEUTRAL
from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.timeline import MoodTimeline, Segment
from generator.brief.video import VideoReading
from tests.studio.briefs import WORDS, kept_brief, kept_video
from tests.studio.conftest import queued

pytestmark = pytest.mark.django_db(transaction=True)

VIDEO = VideoReading(12.0, 25.0, 4.0, (3.0,), (0.5,), (0.5,), (0.0,), (0.1,))


@pytest.fixture
def described(monkeypatch) -> list[tuple]:
    """What the reader was asked, which answers at once."""
    asked: list[tuple] = []

    def describe(material, seconds=None, video=None):
        asked.append((material, seconds, video))
        return MoodTimeline("en", NEUTRAL, (Segment(0.0, 30.0, NEUTRAL),), 30.0)

    monkeypatch.setattr(read, "describe", describe)
    return asked


def run(brief: Brief) -> Brief:
    read.read_brief(str(brief.id))
    brief.refresh_from_db()
    return brief


def test_words_become_a_timeline(owner, described):
    brief = run(kept_brief(owner, BriefState.QUEUED, asked_seconds=50.0))
    assert (brief.state, brief.percent, brief.lease, brief.timed) == (BriefState.DONE, 100, None, False)
    assert brief.timeline["segments"][0]["end"] == 30.0
    ((material, seconds, _),) = described
    assert material.text.split() == WORDS.split()
    assert seconds == 50.0


def test_a_file_with_words_is_read_and_taken_away(owner, described):
    script = (
        "1\n00:00:01,000 --> 00:00:04,000\nA storm breaks loose.\n\n2\n00:00:05,000 --> 00:00:20,000\nCalm again.\n"
    )
    brief = kept_brief(owner, BriefState.QUEUED, words="", file_name="a.srt", file_bytes=len(script))
    brief.folder.mkdir(parents=True)
    brief.upload.write_text(script)
    run(brief)
    assert (brief.state, brief.timed, brief.file_bytes) == (BriefState.DONE, True, 0)
    assert not brief.folder.exists()
    assert described[0][0].kind == "subtitles"


@pytest.mark.parametrize("words", ["", "A storm breaks loose."])
def test_a_video_is_watched_and_kept_and_its_maker_s_words_are_read_too(owner, described, monkeypatch, words):
    monkeypatch.setattr(read, "read_video", lambda path, name, progress: VIDEO)
    brief = run(kept_video(owner, state=BriefState.QUEUED, words=words, timeline=None))
    assert (brief.state, brief.timed, brief.has_video) == (BriefState.DONE, True, True)
    ((material, _, video),) = described
    assert video == VIDEO
    assert (material.text if material else "") == words


def test_what_is_refused_is_kept_by_its_name_and_its_file_is_not(owner, monkeypatch):
    def refuse(path, name, progress):
        raise BriefRefused(Refusal.VIDEO_TOO_LONG, minutes=30)

    monkeypatch.setattr(read, "read_video", refuse)
    brief = run(kept_video(owner, state=BriefState.QUEUED, timeline=None))
    assert brief.state == BriefState.FAILED
    assert brief.refusal == {"reason": "video_too_long", "values": {"minutes": 30}}
    assert not brief.folder.exists()


def test_whatever_breaks_leaves_nothing_behind(owner, monkeypatch):
    def broken(path, name, progress):
        raise RuntimeError("no ffmpeg")

    monkeypatch.setattr(read, "read_video", broken)
    brief = run(kept_video(owner, state=BriefState.QUEUED, timeline=None))
    assert (brief.state, brief.refusal, brief.lease) == (BriefState.FAILED, {}, None)
    assert not brief.folder.exists()


def test_a_job_run_twice_too_late_or_for_nothing_does_nothing(owner, described):
    done = run(kept_brief(owner, BriefState.QUEUED))
    run(done)
    for state in (BriefState.READING, BriefState.FAILED, BriefState.CANCELLED):
        assert run(kept_brief(owner, state)).state == state
    read.read_brief(str(uuid.uuid4()))
    assert len(described) == 1


def test_a_cancelled_worker_stops_at_its_next_sign_of_life(owner, described, monkeypatch):
    brief = kept_video(owner, state=BriefState.QUEUED, timeline=None)

    def watched(path, name, progress):
        brief_services.cancel(brief=brief)
        progress(0.5)
        return VIDEO

    monkeypatch.setattr(read, "read_video", watched)
    assert run(brief).state == BriefState.CANCELLED
    assert described == []
    assert not brief.folder.exists()


def test_a_lost_worker_s_brief_goes_to_another_until_too_many_were_lost(owner):
    brief = kept_video(owner, state=BriefState.READING, timeline=None, lease=uuid.uuid4())
    for attempt in range(1, brief_services.MOST_ATTEMPTS):
        Brief.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1), lease=uuid.uuid4(), state="reading")
        assert brief_services.reconcile_briefs() == 1
        brief.refresh_from_db()
        assert (brief.state, brief.attempt, brief.lease) == (BriefState.QUEUED, attempt, None)
        assert brief.job_id in queued("read")
    Brief.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1), lease=uuid.uuid4(), state="reading")
    assert brief_services.reconcile_briefs() == 1
    brief.refresh_from_db()
    assert (brief.state, brief.has_video) == (BriefState.FAILED, False)


def test_a_worker_given_up_for_dead_can_change_nothing_any_more(owner):
    brief = kept_brief(owner, BriefState.READING)
    stale = uuid.uuid4()
    assert not brief_services.report(brief=brief, lease=stale, percent=50)
    assert not brief_services.keep_alive(brief=brief, lease=stale)
    assert not brief_services.finish(brief=brief, lease=stale, timeline={}, timed=False)
    assert not brief_services.fail(brief=brief, lease=stale)
    brief.refresh_from_db()
    assert brief.state == BriefState.READING
