"""Workers that fall silent are given up, and what they left is cleared away."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from emotionmusic.studio import services, unfinished_files
from emotionmusic.studio.models import State
from tests.studio.conftest import queued

pytestmark = pytest.mark.django_db(transaction=True)


def long_ago():
    return timezone.now() - services.SILENT_AFTER - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "then", "step"),
    [(State.COMPOSING, State.QUEUED, "compose"), (State.RENDERING, State.RENDERING, "render")],
)
def test_the_work_of_a_silent_worker_is_given_to_another(generation, state, then, step):
    silent = generation(state, lease=uuid.uuid4(), heartbeat_at=long_ago())
    first_job, lost = silent.job_id, silent.lease
    assert services.reconcile() == 1
    silent.refresh_from_db()
    assert (silent.state, silent.lease, silent.attempt) == (then, None, 1)
    assert queued(step) == [silent.job_id]
    assert silent.job_id != first_job
    assert not services.report(generation=silent, lease=lost, percent=60), "the dead one may wake up"
    assert services.claim(generation=silent)


def test_a_worker_that_has_just_spoken_is_left_alone(generation):
    generation(State.COMPOSING, heartbeat_at=timezone.now() - services.SILENT_AFTER + timedelta(seconds=2))
    assert services.reconcile() == 0


@pytest.mark.parametrize("state", [State.COMPOSING, State.RENDERING])
def test_too_many_lost_workers_are_a_failure_with_a_plain_reason(generation, state, creator):
    silent = generation(state, lease=uuid.uuid4(), heartbeat_at=long_ago(), attempt=services.MOST_ATTEMPTS - 1)
    assert services.reconcile() == 1
    silent.refresh_from_db()
    assert (silent.state, silent.lease, silent.midi) == (State.FAILED, None, None)
    page = creator.get(f"/studio/{silent.id}/").content.decode()
    assert "Our composer stopped in the middle, several times." in page
    assert "Try again" in page


def test_nobody_waits_longer_than_two_minutes_for_the_last_attempt():
    round_trip = services.SILENT_AFTER.total_seconds() + 3
    assert services.MOST_ATTEMPTS * round_trip <= 120


def test_a_worker_that_speaks_while_it_is_being_given_up_keeps_its_work(generation, monkeypatch):
    silent = generation(State.COMPOSING, heartbeat_at=long_ago())
    listed = services.queries.silent

    def list_then_speak(since):
        rows = list(listed(since))
        services.report(generation=silent, lease=silent.lease, percent=40)
        return rows

    monkeypatch.setattr(services.queries, "silent", list_then_speak)
    assert services.reconcile() == 0
    silent.refresh_from_db()
    assert (silent.state, silent.attempt) == (State.COMPOSING, 0)


def test_what_a_lost_worker_left_half_written_is_swept_and_nothing_else(generation, media):
    working = generation(State.RENDERING, lease=uuid.uuid4())
    held = unfinished_files.folder_of(working, working.lease)
    left = unfinished_files.folder_of(working, uuid.uuid4())
    foreign = media / "unfinished" / "lost+found"
    for folder in (held, left, foreign):
        folder.mkdir(parents=True)
        (folder / "track.wav").write_bytes(b"half")
    assert unfinished_files.sweep() == 1
    assert held.exists()
    assert foreign.exists()
    assert not left.exists()
