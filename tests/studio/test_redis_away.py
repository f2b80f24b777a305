"""Redis away, and Redis back with nothing in it: no wish is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emotionmusic.studio import services
from emotionmusic.studio.models import Generation, State
from tests.studio.conftest import queued

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = {"mood": "sad", "intensity": "0.8", "seconds": "30"}


@pytest.fixture
def redis(redis_server):
    """The Redis, which is there again when the test ends."""
    yield redis_server
    redis_server.start()


def time_passes(seconds: float) -> None:
    """Makes what waits look as if it had waited longer."""
    for generation in Generation.objects.all():
        Generation.objects.filter(id=generation.id).update(
            heartbeat_at=generation.heartbeat_at - timedelta(seconds=seconds)
        )


def test_a_wish_without_redis_is_kept_told_and_queued_when_it_is_back(creator, redis):
    redis.stop()
    answer = creator.post(reverse("studio:wish"), GOOD)
    assert answer.status_code == 302
    generation = Generation.objects.get()
    page = creator.get(answer.url).content.decode()
    assert "Our composers cannot be reached right now. Your wish is kept" in page
    time_passes(5)
    assert services.reconcile() == 0
    redis.start()
    assert services.reconcile() == 1
    assert queued("compose") == [generation.job_id]
    assert "cannot be reached" not in creator.get(answer.url).content.decode()


def test_cancelling_works_without_redis(creator, generation, redis):
    waiting = generation()
    redis.stop()
    assert creator.post(reverse("studio:cancel", args=[waiting.id])).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED


@pytest.mark.parametrize(("state", "step"), [(State.QUEUED, "compose"), (State.RENDERING, "render")])
def test_work_that_redis_has_forgotten_is_queued_again_once(generation, redis_server, state, step):
    waiting = generation(state)
    services.enqueue(generation=waiting)
    redis_server.flush()
    assert services.reconcile() == 0, "it may be on its way"
    time_passes(5)
    assert services.reconcile() == 1
    assert services.reconcile() == 0
    assert queued(step) == [waiting.job_id]


def test_work_that_is_in_its_queue_is_left_alone(generation):
    services.enqueue(generation=generation(heartbeat_at=timezone.now() - timedelta(hours=1)))
    assert services.reconcile() == 0
    assert len(queued("compose")) == 1


def test_finished_work_is_never_queued_again(generation):
    for state in (State.DONE, State.FAILED, State.CANCELLED):
        generation(state, heartbeat_at=timezone.now() - timedelta(hours=1))
    assert services.reconcile() == 0
    assert queued("compose") == queued("render") == []
