"""The states of a generation: each change hits exactly one row, or nothing."""

import threading
import uuid

import pytest
from django.db import connection

from emotionmusic.library.models import EarlierMelody, MelodyRun, Track, track_folder
from emotionmusic.library.services import FinishedPiece
from emotionmusic.studio import services
from emotionmusic.studio.models import Generation, State
from tests.stack import PATIENCE
from tests.studio.conftest import MIDI, queued
from tests.tracks import FACTS, MELODY

RUNS = [2**63 - 1, 5, 5]
PIECE = FinishedPiece("Sad in D minor", FACTS, [0.5], 10.0)
OVER = [State.DONE, State.FAILED, State.CANCELLED]


def finish(generation, lease) -> bool:
    return services.finish(generation=generation, lease=lease, track_id=uuid.uuid4(), piece=PIECE)


def hand_over(generation, lease) -> bool:
    return services.hand_over(
        generation=generation, lease=lease, title="Sad in D minor", midi=MIDI, melody=MELODY, facts=FACTS, runs=RUNS,
        percent=45,
    )  # fmt: skip


def test_a_claim_begins_the_composing(generation):
    waiting = generation()
    lease = services.claim(generation=waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.lease) == (State.COMPOSING, lease)
    assert waiting.started_at is not None


@pytest.mark.parametrize("state", [State.QUEUED, State.RENDERING])
def test_what_one_worker_has_no_other_gets(generation, state):
    waiting = generation(state)
    assert services.claim(generation=waiting)
    assert services.claim(generation=waiting) is None
    waiting.refresh_from_db()
    assert services.claim(generation=waiting) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [State.QUEUED, State.RENDERING])
def test_of_many_workers_at_the_same_moment_one_wins(generation, state):
    waiting = generation(state)
    leases: list[uuid.UUID | None] = []
    together = threading.Barrier(6)

    def claim() -> None:
        try:
            together.wait(PATIENCE)
            leases.append(services.claim(generation=waiting))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    waiting.refresh_from_db()
    assert len(leases) == 6
    assert [lease for lease in leases if lease] == [waiting.lease]


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_cannot_be_claimed(generation, state):
    assert services.claim(generation=generation(state)) is None


@pytest.mark.django_db(transaction=True)
def test_a_melody_is_handed_over_for_rendering(generation):
    composing = generation(State.COMPOSING)
    assert hand_over(composing, composing.lease)
    composing = Generation.objects.get()
    assert (composing.state, composing.lease, bytes(composing.midi)) == (State.RENDERING, None, MIDI)
    assert (composing.title, composing.percent, composing.facts) == ("Sad in D minor", 45, FACTS)
    assert composing.melody == MELODY
    assert queued("render") == [composing.job_id]


def test_what_was_composed_is_remembered_as_its_creator_s(generation, owner):
    composing = generation(State.COMPOSING)
    assert hand_over(composing, composing.lease)
    assert list(MelodyRun.objects.order_by("place").values_list("place", "hash")) == list(enumerate(RUNS))
    assert EarlierMelody.objects.get().owner == owner


def test_a_track_comes_into_the_library_with_the_last_step(generation, owner):
    rendering = generation(State.RENDERING, lease=uuid.uuid4())
    assert finish(rendering, rendering.lease)
    rendering.refresh_from_db()
    assert (rendering.state, rendering.percent, rendering.lease, rendering.midi) == (State.DONE, 100, None, None)
    assert rendering.track == Track.objects.get()
    assert (rendering.track.owner, rendering.track.mood, rendering.track.seed) == (owner, "sad", 7)


def test_a_track_is_never_kept_twice(generation):
    rendering = generation(State.RENDERING, lease=uuid.uuid4())
    assert finish(rendering, rendering.lease)
    assert not finish(rendering, rendering.lease)
    assert Track.objects.count() == 1


def test_with_a_lost_lease_nothing_can_be_written(generation):
    lost = uuid.uuid4()
    composing, rendering = generation(State.COMPOSING), generation(State.RENDERING, lease=uuid.uuid4())
    before = list(Generation.objects.order_by("id").values())
    assert not services.report(generation=composing, lease=lost, percent=50)
    assert not hand_over(composing, lost)
    assert not services.fail(generation=composing, lease=lost, reason="Broken.")
    assert not finish(rendering, lost)
    assert list(Generation.objects.order_by("id").values()) == before
    assert not Track.objects.exists()
    assert not EarlierMelody.objects.exists()


def test_a_fault_while_keeping_leaves_neither_track_nor_state(generation):
    rendering = generation(State.RENDERING, lease=uuid.uuid4())
    broken = FinishedPiece("Sad", {"mood": "sad"}, [], 10.0)
    with pytest.raises(KeyError):
        services.finish(generation=rendering, lease=rendering.lease, track_id=uuid.uuid4(), piece=broken)
    rendering.refresh_from_db()
    assert rendering.state == State.RENDERING
    assert not Track.objects.exists()


def test_a_report_moves_percent_and_heartbeat(generation):
    composing = generation(State.COMPOSING)
    before = composing.heartbeat_at
    assert services.report(generation=composing, lease=composing.lease, percent=30)
    composing.refresh_from_db()
    assert composing.percent == 30
    assert composing.heartbeat_at > before


def test_a_failure_has_its_reason_and_no_lease(generation):
    composing = generation(State.COMPOSING)
    assert services.fail(generation=composing, lease=composing.lease, reason="Broken.")
    composing.refresh_from_db()
    assert (composing.state, composing.reason, composing.lease) == (State.FAILED, "Broken.", None)
    assert composing.finished_at is not None


@pytest.mark.parametrize("state", Generation.UNDER_WAY)
def test_whatever_is_under_way_can_be_cancelled(generation, state):
    running = generation(state, lease=uuid.uuid4())
    assert services.cancel(generation=running)
    lease = running.lease
    running.refresh_from_db()
    assert (running.state, running.lease, running.midi) == (State.CANCELLED, None, None)
    assert not services.report(generation=running, lease=lease, percent=50)
    assert not finish(running, lease)
    assert not hand_over(running, lease)
    running.refresh_from_db()
    assert running.state == State.CANCELLED
    assert not Track.objects.exists()


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_stays_as_it_is(generation, state):
    over = generation(state)
    assert not services.cancel(generation=over)
    over.refresh_from_db()
    assert over.state == state


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_generation_leaves_the_track_of_another_alone(generation):
    one, other = (generation(State.RENDERING, lease=uuid.uuid4()) for _ in range(2))
    services.cancel(generation=one)
    assert finish(other, other.lease)
    assert Track.objects.count() == 1


def test_the_place_of_a_track_s_files_is_its_id(media):
    track_id = uuid.uuid4()
    assert track_folder(track_id) == media / "tracks" / str(track_id)
