"""What the tests of the studio share."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_rq
import pytest
from django.conf import settings as current
from django.test import Client
from django.utils import timezone

from emotionmusic.accounts.models import User
from emotionmusic.studio.models import Generation, State

MIDI = b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x01\xe0"


@pytest.fixture(autouse=True)
def empty_redis(redis_url: str) -> None:
    """An empty Redis for each test."""


@pytest.fixture
def generation(owner: User) -> Callable[..., Generation]:
    """`generation(state, **fields)` is a row of the owner's; work under way has a lease, what waits has none."""

    def make(state: State = State.QUEUED, **fields: Any) -> Generation:
        now = timezone.now()
        usual: dict[str, Any] = {
            "owner": owner, "mood": "sad", "intensity": 0.8, "seconds": 10.0, "seed": 7, "heartbeat_at": now,
        }  # fmt: skip
        if state == State.COMPOSING:
            usual |= {"lease": uuid.uuid4(), "started_at": now}
        if state == State.RENDERING:
            usual |= {"midi": MIDI, "title": "Sad in D minor", "started_at": now}
        if state in (State.DONE, State.FAILED, State.CANCELLED):
            usual |= {"started_at": now, "finished_at": now + timedelta(seconds=4)}
        return Generation.objects.create(state=state, **usual | fields)

    return make


@pytest.fixture
def creator(client_of: Callable[[User | None], Client], owner: User) -> Client:
    """A client signed in as the owner."""
    return client_of(owner)


@pytest.fixture
def unfinished() -> Callable[[], list[str]]:
    """The names of what lies half-written in the media folder."""
    return lambda: [path.name for path in (current.MEDIA_ROOT / "unfinished").glob("*")]


@pytest.fixture
def kept_folders() -> Callable[[], list[str]]:
    """The names of the folders of finished tracks."""
    return lambda: [path.name for path in (current.MEDIA_ROOT / "tracks").glob("*")]


def queued(step: str) -> list[str]:
    """The ids of the jobs in a queue."""
    return django_rq.get_queue(step).get_job_ids()
