"""Files that are made when they are first asked for: asking, waiting, fetching, losing, renaming."""

import re
import signal
import uuid
from datetime import timedelta

import django_rq
import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from emotionmusic.library import file_services, jobs, services
from emotionmusic.library.kinds import ALL, KINDS
from emotionmusic.library.models import FileState, Track, TrackFile
from generator.rendering.formats import FORMATS, WAV
from tests.library.test_downloads import suggested_name
from tests.tracks import kept_track

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("redis_url")]
REFRESHES = '<meta http-equiv="refresh"'


@pytest.fixture
def page_of(track):
    """`page_of(kind)` is the address of a file of the track."""
    return lambda kind: reverse("library:file", args=[track.id, kind])


@pytest.fixture
def asked(track):
    """`asked(kind)` has that file asked for and claimed by a worker."""

    def ask(kind: str = "flac", *, claimed: bool = True) -> TrackFile:
        file = file_services.ask_for_file(track=track, kind=KINDS[kind])
        if claimed:
            assert file_services.claim(file=file)
        file.refresh_from_db()
        return file

    return ask


@pytest.fixture
def made(asked, tmp_path):
    """`made(kind)` is a file that a worker has made."""

    def make(kind: str = "flac") -> TrackFile:
        file, written = asked(kind), tmp_path / "written"
        written.write_bytes(b"fLaC")
        assert file_services.finish(file=file, written=written)
        file.refresh_from_db()
        return file

    return make


def queued() -> list[str]:
    return django_rq.get_queue("render").get_job_ids()


def moved(file: TrackFile, **fields) -> TrackFile:
    TrackFile.objects.filter(id=file.id).update(**fields)
    file.refresh_from_db()
    return file


def test_every_format_is_offered_once(creator, track):
    assert {kind.audio for kind in ALL if kind.audio} >= set(FORMATS.values())
    assert KINDS["wav"].audio == WAV
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    for kind in ALL:
        link, form = (reverse(f"library:{name}", args=[track.id, kind.name]) for name in ("download", "file"))
        assert page.count(f'href="{link}"') + page.count(f'action="{form}"') == 1, kind.name


def test_a_file_is_asked_for_waited_for_and_fetched_without_scripts(creator, track, page_of, tmp_path):
    page = page_of("flac")
    assert "Make it" in creator.get(page).content.decode()
    assert not TrackFile.objects.exists(), "looking asks for nothing"
    assert creator.post(page).url == page
    file = TrackFile.objects.get()
    assert queued() == [file.job_id]
    waiting = creator.get(page).content.decode()
    assert REFRESHES in waiting
    assert "is being made" in waiting
    file_services.claim(file=file)
    file_services.report(file=file, percent=60)
    assert '<progress max="100" value="60"' in creator.get(page).content.decode()
    written = tmp_path / "written"
    written.write_bytes(b"fLaC")
    file_services.finish(file=file, written=written)
    ready = creator.get(page).content.decode()
    assert REFRESHES not in ready
    link = re.search(r'class="button" href="([^"]+)"', ready)[1]
    answer = creator.get(link)
    assert b"".join(answer.streaming_content) == b"fLaC"
    assert answer["Content-Type"] == "audio/flac"
    assert suggested_name(answer) == "sad-in-d-minor-30s.flac"


def test_asked_for_twice_it_is_made_once(creator, page_of):
    for _ in range(2):
        creator.post(page_of("stems"))
    assert TrackFile.objects.count() == len(queued()) == 1


def test_what_is_at_hand_already_is_not_made_again(creator, page_of):
    assert creator.post(page_of("mp3")).url == page_of("mp3")
    assert not TrackFile.objects.exists()
    assert "MP3 is ready" in creator.get(page_of("mp3")).content.decode()


def test_what_is_made_is_kept(creator, page_of, made):
    made("flac")
    creator.post(page_of("flac"))
    assert TrackFile.objects.get().state == FileState.READY


def test_a_file_that_is_not_there_yet_leads_to_where_it_can_be_asked_for(creator, track, page_of):
    answer = creator.get(reverse("library:download", args=[track.id, "flac"]))
    assert (answer.status_code, answer.url) == (302, page_of("flac"))
    assert not TrackFile.objects.exists()


def test_with_redis_away_the_wish_is_kept_and_queued_when_it_is_back(creator, page_of, redis_server):
    redis_server.stop()
    try:
        assert creator.post(page_of("flac")).status_code == 302
        assert "is being made" in creator.get(page_of("flac")).content.decode()
    finally:
        redis_server.start()
    file = moved(TrackFile.objects.get(), heartbeat_at=timezone.now() - timedelta(seconds=5))
    assert file_services.reconcile_files() == 1
    assert queued() == [file.job_id]
    assert file_services.reconcile_files() == 0, "once in the queue it is left there"


def test_the_work_of_a_silent_worker_is_given_to_another_and_the_dead_one_changes_nothing(asked, tmp_path, track):
    silent = asked()
    lost = TrackFile.objects.get(id=silent.id)
    moved(silent, heartbeat_at=timezone.now() - file_services.SILENT_AFTER - timedelta(seconds=1))
    assert file_services.reconcile_files() == 1
    silent.refresh_from_db()
    assert (silent.state, silent.attempt) == (FileState.WAITING, 1)
    assert queued()[-1] == silent.job_id != lost.job_id
    assert file_services.claim(file=silent)
    written = tmp_path / "written"
    written.write_bytes(b"late")
    assert not file_services.finish(file=lost, written=written)
    assert not file_services.fail(file=lost)
    assert not lost.path.exists()
    silent.refresh_from_db()
    assert silent.state == FileState.MAKING


def test_too_many_lost_workers_are_told_and_it_can_be_asked_for_again(creator, asked, page_of):
    file = moved(
        asked(),
        attempt=file_services.MOST_ATTEMPTS - 1,
        heartbeat_at=timezone.now() - file_services.SILENT_AFTER - timedelta(seconds=1),
    )
    assert file_services.reconcile_files() == 1
    page = creator.get(page_of("flac")).content.decode()
    assert "did not work out" in page
    assert REFRESHES not in page
    creator.post(page_of("flac"))
    again = TrackFile.objects.get()
    assert (again.state, again.attempt) == (FileState.WAITING, 0)
    assert again.id != file.id


def test_the_reconciler_looks_after_files_too(asked, settings):
    before = [(number, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGINT)]
    lost = moved(asked(), heartbeat_at=timezone.now() - file_services.SILENT_AFTER - timedelta(seconds=1))
    left = settings.MEDIA_ROOT / "making" / f"{uuid.uuid4()}-abc"
    left.mkdir(parents=True)
    try:
        call_command("reconcile", once=True)
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    lost.refresh_from_db()
    assert (lost.state, lost.attempt) == (FileState.WAITING, 1)
    assert not left.exists()


def test_a_worker_that_has_just_spoken_is_left_alone(asked):
    moved(asked(), heartbeat_at=timezone.now() - file_services.SILENT_AFTER + timedelta(seconds=2))
    assert file_services.reconcile_files() == 0


def test_a_file_that_cannot_be_made_is_told_plainly(creator, asked, page_of, settings, tmp_path):
    settings.SOUNDFONT = tmp_path / "missing.sf2"
    jobs.make_file(str(asked(claimed=False).id))
    assert "did not work out" in creator.get(page_of("flac")).content.decode()
    assert list((settings.MEDIA_ROOT / "making").iterdir()) == []


@pytest.mark.parametrize("file_id", [uuid.UUID(int=7)])
def test_a_job_whose_row_is_gone_ends_quietly(db, file_id):
    jobs.make_file(str(file_id))


def test_nobody_waits_for_more_than_a_dozen_files_at_once(creator, owner, settings, monkeypatch):
    monkeypatch.setattr(file_services, "MOST_AT_ONCE", 1)
    first, second = kept_track(owner), kept_track(owner)
    creator.post(reverse("library:file", args=[first.id, "flac"]))
    answer = creator.post(reverse("library:file", args=[second.id, "flac"]), follow=True)
    assert "Wait for one of them." in answer.content.decode()
    assert TrackFile.objects.count() == 1


def test_a_new_title_takes_away_what_bears_the_old_one(creator, track, made, asked):
    ready, under_way = made("flac"), asked("stems")
    creator.post(reverse("library:rename", args=[track.id]), {"title": "Rain over Köln"})
    assert not TrackFile.objects.exists()
    assert not ready.path.exists()
    assert not file_services.report(file=under_way, percent=50), "its worker stops"
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    for kind in ("mp3", "wav", "flac"):
        assert f'action="{reverse("library:file", args=[track.id, kind])}"' in page
    assert creator.get(reverse("library:audio", args=[track.id])).status_code == 200, "it can be heard meanwhile"


def test_the_same_title_takes_nothing_away(creator, track, made):
    file = made("flac")
    creator.post(reverse("library:rename", args=[track.id]), {"title": track.title})
    assert TrackFile.objects.filter(id=file.id).exists()
    assert file.path.exists()


def test_a_title_changed_at_the_last_moment_leaves_no_file_with_the_old_one(asked, track, tmp_path):
    file, written = asked("flac"), tmp_path / "written"
    written.write_bytes(b"fLaC")
    services.rename_track(track=track, title="Another")
    assert not file_services.finish(file=file, written=written)
    assert list((track.folder / "made").iterdir()) == []


def test_files_go_with_their_track(track, made, settings):
    file = made("flac")
    settings.TRASH_DAYS = 0
    services.delete_track(track=track)
    assert file.path.exists(), "the trash can be emptied again"
    assert services.purge_deleted() == 1
    assert not file.path.exists()
    assert not TrackFile.objects.exists()


def test_a_deleted_track_gives_no_files(creator, track, made, page_of):
    made("flac")
    services.delete_track(track=track)
    assert creator.get(page_of("flac")).status_code == 404
    assert creator.post(page_of("opus")).status_code == 404
    assert creator.get(reverse("library:download", args=[track.id, "flac"])).status_code == 404


def test_the_parts_are_handed_out_one_by_one_once_they_are_there(creator, track, asked, tmp_path, page_of):
    part = lambda place: creator.get(reverse("library:part", args=[track.id, place]))  # noqa: E731
    file = asked("parts")
    assert part(1).status_code == 404
    written = tmp_path / "written"
    written.mkdir()
    (written / "1").write_bytes(b"ID3")
    file_services.finish(file=file, written=written)
    assert b"".join(part(1).streaming_content) == b"ID3"
    assert part(2).status_code == 404
    assert "mixed on the track's page" in creator.get(page_of("parts")).content.decode()


def test_what_a_lost_worker_left_half_written_is_swept_and_nothing_else(asked, made, settings):
    held, root = asked("stems"), settings.MEDIA_ROOT / "making"
    done = made("flac")
    names = {f"{held.id}-abc": True, f"{done.id}-abc": False, f"{uuid.uuid4()}-abc": False, "lost+found": True}
    for name in names:
        (root / name).mkdir(parents=True)
    assert file_services.sweep_workplaces() == 2
    assert {folder.name for folder in root.iterdir()} == {name for name, stays in names.items() if stays}


@pytest.mark.parametrize("kind", ["midi", "markers", "exe", "track.wav", ".."])
def test_what_is_not_made_on_demand_has_no_page(creator, track, kind):
    assert creator.get(f"/library/{track.id}/files/{kind}/").status_code == 404
    assert creator.post(f"/library/{track.id}/files/{kind}/").status_code == 404


def test_the_database_keeps_one_file_of_a_kind(track):
    now = timezone.now()
    TrackFile.objects.create(track=track, kind="flac", heartbeat_at=now)
    with pytest.raises(DatabaseError):
        TrackFile.objects.create(track=track, kind="flac", heartbeat_at=now)
    assert Track.objects.get().files.count() == 1
