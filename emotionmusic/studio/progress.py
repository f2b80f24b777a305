"""How far a generation is, in the words that pages and sockets show, and the nudge that says it moved."""

import asyncio
import logging
from typing import TypedDict
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from emotionmusic.studio import queries
from emotionmusic.studio.models import Generation, State

QUEUE_GROUP = "studio.queue"
"""Everyone who waits is told when somebody's turn has come."""

NUDGE_SECONDS = 1.0
"""No page and no worker waits longer for a Redis that does not answer."""

log = logging.getLogger(__name__)

STAGES = {
    State.QUEUED: _("Waiting for a free composer"),
    State.COMPOSING: _("Composing the melody"),
    State.RENDERING: _("Recording the performance"),
    State.DONE: _("Your track is ready"),
    State.FAILED: _("This one did not work out"),
    State.CANCELLED: _("Cancelled"),
}


class Progress(TypedDict):
    """What a page shows of a generation under way; `position` 0 is the next in the queue."""

    state: str
    stage: str
    percent: int
    position: int
    seconds_left: int
    finished: bool


def progress_of(generation: Generation) -> Progress:
    """The progress of a generation as its row has it."""
    position = queries.place_in_queue(generation)
    left = queries.usual_duration() * (1 - generation.percent / 100 + position) if generation.is_under_way else 0
    return Progress(
        state=generation.state,
        stage=str(STAGES[State(generation.state)]),
        percent=generation.percent,
        position=position,
        seconds_left=max(1, round(left)) if generation.is_under_way else 0,
        finished=not generation.is_under_way,
    )


def group_of(generation_id: UUID) -> str:
    """The group of sockets that watch a generation."""
    return f"studio.generation.{generation_id}"


def nudge(group: str) -> None:
    """Tell the sockets of a group to read the row again; without Redis the pages find out by themselves."""
    layer = get_channel_layer()
    if layer is None:
        return

    async def send() -> None:
        await asyncio.wait_for(layer.group_send(group, {"type": "generation.moved"}), NUDGE_SECONDS)

    try:
        async_to_sync(send)()
    except (RedisError, OSError, TimeoutError) as fault:
        log.warning("no nudge to %s: %s", group, fault)
