"""What is cleared away for good: old trash, and folders that belong to no track."""

import os
import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from emotionmusic.library import services
from emotionmusic.library.models import Track, track_folder
from emotionmusic.sharing.services import share_track
from tests.tracks import kept_track


@pytest.fixture
def deleted(track, settings):
    """`deleted(days)` puts the track into the trash so many days ago; it is kept for seven."""
    settings.TRASH_DAYS = 7

    def put(days: float) -> Track:
        Track.objects.filter(id=track.id).update(deleted_at=timezone.now() - timedelta(days=days))
        return track

    return put


def test_old_trash_goes_with_its_files_and_links(deleted, owner):
    track, other = deleted(7.01), kept_track(owner)
    share_track(track=track)
    assert services.purge_deleted() == 1
    assert not track.folder.exists()
    assert list(Track.objects.all()) == [other]
    assert other.mp3.exists()


def test_young_trash_stays(deleted):
    track = deleted(6.99)
    assert services.purge_deleted() == 0
    assert track.mp3.exists()
    assert Track.objects.filter(id=track.id).exists()


def test_trash_whose_files_are_gone_already_is_purged_all_the_same(deleted):
    services.remove_folder(deleted(8).folder)
    assert services.purge_deleted() == 1
    assert not Track.objects.exists()


def test_a_track_brought_back_at_the_last_moment_stays(deleted, monkeypatch):
    track = deleted(8)
    listed = services.queries.tracks_deleted_before

    def list_then_restore(moment):
        tracks = list(listed(moment))
        services.restore_track(track=track)
        return tracks

    monkeypatch.setattr(services.queries, "tracks_deleted_before", list_then_restore)
    assert services.purge_deleted() == 0
    assert track.mp3.exists()
    assert Track.objects.filter(id=track.id).exists()


def folder_of_age(name: object, seconds: float):
    folder = track_folder(name)
    folder.mkdir(parents=True)
    (folder / "track.wav").write_bytes(b"half")
    then = time.time() - seconds
    os.utime(folder, (then, then))
    return folder


def test_an_old_folder_without_a_track_is_removed(db):
    folder = folder_of_age(uuid.uuid4(), services.ORPHANED_AFTER + 60)
    assert services.sweep_orphans() == 1
    assert not folder.exists()


def test_a_young_folder_without_a_track_may_be_about_to_get_one(db):
    folder = folder_of_age(uuid.uuid4(), services.ORPHANED_AFTER - 60)
    assert services.sweep_orphans() == 0
    assert folder.exists()


@pytest.mark.parametrize("trash", [False, True])
def test_a_track_s_own_folder_stays_however_old(track, trash):
    os.utime(track.folder, (1, 1))
    if trash:
        services.delete_track(track=track)
    assert services.sweep_orphans() == 0
    assert track.mp3.exists()


def test_what_the_site_did_not_put_there_stays_and_stops_nothing(db):
    foreign = folder_of_age("lost+found", services.ORPHANED_AFTER + 60)
    orphan = folder_of_age(uuid.uuid4(), services.ORPHANED_AFTER + 60)
    assert services.sweep_orphans() == 1
    assert foreign.exists()
    assert not orphan.exists()


def test_without_any_track_there_is_nothing_to_sweep(db):
    assert services.sweep_orphans() == 0
