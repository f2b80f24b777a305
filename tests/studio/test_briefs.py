"""What a video is about, handed in: words or a file, kept privately, queued once, refused beside its field."""

import os
import re
import stat
import time
import uuid
from datetime import timedelta
from http import HTTPStatus

import django_rq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from emotionmusic.studio import brief_files, brief_services
from emotionmusic.studio.brief_models import Brief, BriefState, brief_folders
from generator.brief.refusal import TEMPLATES, Refusal
from tests.stack import RedisServer
from tests.studio.briefs import WORDS, kept_brief, kept_video
from tests.studio.conftest import queued

ASK, STUDIO = reverse("studio:ask"), reverse("studio:wish")


def page_of(brief: Brief) -> str:
    return reverse("studio:brief", args=[brief.id])


def upload(name: str = "script.txt", content: bytes = WORDS.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def folders() -> list[str]:
    return [path.name for path in brief_folders().glob("*")]


def test_the_studio_asks_what_the_video_is_about_and_offers_the_moods_beside_it(creator):
    page = creator.get(STUDIO).content.decode()
    assert "<h1>What is your video about?</h1>" in page
    assert f'action="{ASK}" enctype="multipart/form-data"' in page
    assert page.count('name="mood"') == 16
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_studio_says_how_long_videos_are_kept_and_how_large_they_may_be(creator, settings):
    settings.VIDEO_DAYS, settings.VIDEO_MB = 3, 123
    page = creator.get(STUDIO).content.decode()
    assert "a video is deleted after 3 days" in page
    assert "up to 123 MB" in page


@pytest.mark.django_db(transaction=True)
def test_words_are_noted_and_only_the_id_is_queued(creator, owner):
    answer = creator.post(ASK, {"brief-words": WORDS, "brief-seconds": "45"})
    brief = Brief.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(brief))
    assert (brief.owner, brief.words.split(), brief.asked_seconds) == (owner, WORDS.split(), 45.0)
    assert (brief.state, brief.file_name, folders()) == (BriefState.QUEUED, "", [])
    (job_id,) = queued("read")
    assert job_id == brief.job_id
    assert django_rq.get_queue("read").fetch_job(job_id).args == [str(brief.id)]


@pytest.mark.parametrize("temporary", [False, True])
def test_a_file_is_kept_for_the_site_s_eyes_only_under_a_name_of_its_own(creator, settings, temporary):
    if temporary:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    creator.post(ASK, {"brief-file": upload("../../Höhle\n.TXT")})
    brief = Brief.objects.get()
    assert brief.upload.read_bytes() == WORDS.encode()
    assert brief.upload.parent == brief_folders() / str(brief.id)
    assert stat.S_IMODE(brief.upload.stat().st_mode) == 0o600
    assert stat.S_IMODE(brief.folder.stat().st_mode) == 0o700
    assert (brief.file_bytes, brief.is_video) == (len(WORDS.encode()), False)
    assert "/" not in brief.file_name
    assert brief.file_name.endswith(".TXT")


def test_the_same_form_sent_twice_is_one_brief(creator):
    form = {"brief-words": WORDS, "brief-submission": str(uuid.uuid4())}
    assert creator.post(ASK, form).url == creator.post(ASK, form).url
    assert Brief.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "form", "said"),
    [
        ("words", {}, "Say what your video is about"),
        ("words", {"brief-words": "  \n "}, "Say what your video is about"),
        ("file", {"brief-file": upload("a.exe")}, "This kind of file cannot be read."),
        ("file", {"brief-file": upload("a.txt", b"")}, "The file is empty."),
        ("file", {"brief-file": upload("a.txt", b"x" * 1_000_001)}, "The file is larger than 1 MB."),
        ("file", {"brief-file": upload("a.mp4", b"x" * 2_000_001)}, "The file is larger than 2 MB."),
        ("file", {"brief-words": WORDS, "brief-file": upload()}, "Write it or upload it"),
        ("seconds", {"brief-words": WORDS, "brief-seconds": "9"}, "from 10 to 180"),
        ("seconds", {"brief-words": WORDS, "brief-seconds": "nan"}, "from 10 to 180"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field_and_nothing_is_kept(creator, settings, field, form, said):
    settings.WORDS_MB, settings.VIDEO_MB = 1, 2
    for value in form.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    answer = creator.post(ASK, form)
    assert answer.status_code == 422
    found = re.search(rf'id="id_brief-{field}_error"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert found is not None
    assert said in found[1]
    assert (Brief.objects.count(), folders(), queued("read")) == (0, [], [])


def test_with_a_video_words_are_read_too(creator):
    creator.post(ASK, {"brief-words": WORDS, "brief-file": upload("a.mp4", b"moving")})
    brief = Brief.objects.get()
    assert brief.has_video
    assert brief.words.split() == WORDS.split()


def test_one_creator_has_so_many_under_way_and_no_more(creator, owner, stranger, settings):
    settings.BRIEFS_AT_ONCE = 1
    kept_brief(owner)
    kept_brief(stranger, BriefState.QUEUED)
    assert creator.post(ASK, {"brief-words": WORDS}).status_code == 302
    refused = creator.post(ASK, {"brief-words": WORDS})
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "still being read" in refused.content.decode()


def test_all_uploads_of_one_creator_together_are_counted(creator, owner, settings):
    settings.UPLOADS_MB = 1
    kept = kept_video(owner, b"x" * 900_000)
    refused = creator.post(ASK, {"brief-file": upload("a.mp4", b"x" * 200_000)})
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "We keep at most 1 MB of your videos." in refused.content.decode()
    assert folders() == [str(kept.id)]
    creator.post(reverse("studio:brief-delete", args=[kept.id]))
    assert creator.post(ASK, {"brief-file": upload("a.mp4", b"x" * 200_000)}).status_code == 302


def test_a_brief_under_way_shows_how_far_it_is(creator, owner):
    page = creator.get(page_of(kept_brief(owner, BriefState.READING, percent=37))).content.decode()
    assert 'value="37"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


@pytest.mark.parametrize("refusal", list(Refusal))
def test_a_refusal_is_said_by_its_name_and_the_words_are_still_there(creator, owner, refusal):
    values = dict.fromkeys(re.findall(r"\{(\w+)\}", TEMPLATES[refusal]), 7)
    failed = kept_brief(owner, BriefState.FAILED, refusal={"reason": refusal, "values": values}, words="Ein <Wort>")
    page = creator.get(page_of(failed)).content.decode()
    assert TEMPLATES[refusal].format(**values).replace("'", "&#x27;") in page
    assert "Ein &lt;Wort&gt;</textarea>" in page


@pytest.mark.parametrize("refusal", [{}, {"reason": "unknown", "values": {}}])
def test_a_failure_without_a_name_is_our_own_fault(creator, owner, refusal):
    page = creator.get(page_of(kept_brief(owner, BriefState.FAILED, refusal=refusal))).content.decode()
    assert "Something went wrong on our side" in page


def test_cancelling_takes_the_file_away(creator, owner):
    brief = kept_video(owner, state=BriefState.QUEUED, timeline=None)
    creator.post(reverse("studio:brief-cancel", args=[brief.id]))
    brief.refresh_from_db()
    assert (brief.state, brief.has_video, folders()) == (BriefState.CANCELLED, False, [])


def test_deleting_takes_all_of_it_away(creator, owner):
    brief = kept_video(owner)
    assert creator.post(reverse("studio:brief-delete", args=[brief.id])).url == STUDIO
    assert (Brief.objects.count(), folders()) == (0, [])


def test_the_video_is_handed_to_its_owner_in_ranges(creator, owner):
    address = reverse("studio:brief-video", args=[kept_video(owner).id])
    answer = creator.get(address, HTTP_RANGE="bytes=0-5")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"moving")
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"].startswith("private")


def test_videos_go_after_their_days_and_briefs_after_theirs(owner, settings):
    settings.VIDEO_DAYS, settings.BRIEF_DAYS = 2, 5
    now = timezone.now()
    new, old, oldest = (kept_video(owner) for _ in range(3))
    for brief, days in ((old, 3), (oldest, 6)):
        Brief.objects.filter(id=brief.id).update(created_at=now - timedelta(days=days))
    assert brief_services.tidy_briefs() == 2
    old.refresh_from_db()
    assert (old.has_video, old.state) == (False, BriefState.DONE)
    assert set(Brief.objects.all()) == {new, old}
    assert folders() == [str(new.id)]


def test_stray_uploads_are_swept_and_nobody_else_s_files(owner):
    kept, stray, other = kept_video(owner), brief_folders() / str(uuid.uuid4()), brief_folders() / "notes"
    for folder in (stray, other):
        folder.mkdir()
    long_ago = time.time() - 2 * brief_files.STRAY_AFTER
    for folder in (stray, other, kept.folder):
        os.utime(folder, (long_ago, long_ago))
    assert brief_files.sweep_uploads() == 1
    assert set(folders()) == {str(kept.id), "notes"}


@pytest.mark.django_db(transaction=True)
def test_without_a_queue_the_brief_waits_and_is_queued_when_it_is_back(creator, owner, redis_server: RedisServer):
    redis_server.stop()
    try:
        assert creator.post(ASK, {"brief-words": WORDS}).status_code == 302
        brief = Brief.objects.get()
        assert "Our readers cannot be reached" in creator.get(page_of(brief)).content.decode()
        Brief.objects.update(heartbeat_at=timezone.now() - 2 * brief_services.ENQUEUE_AFTER)
        assert brief_services.reconcile_briefs() == 0
    finally:
        redis_server.start()
    assert brief_services.reconcile_briefs() == 1
    assert queued("read") == [brief.job_id]
    assert brief_services.reconcile_briefs() == 0
