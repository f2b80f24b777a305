"""The socket of a generation: it tells its owner how far it is, read from the row at every nudge."""

from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from redis.exceptions import RedisError

from emotionmusic.accounts.models import User
from emotionmusic.studio import queries
from emotionmusic.studio.progress import QUEUE_GROUP, Progress, group_of, progress_of

TRY_AGAIN_LATER = 1013
FINISHED = 1000


class GenerationConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Sends a Progress on connect and whenever the generation has moved; hears nothing.

    Whoever is not the owner is refused with 404, whether or not the generation exists.
    """

    generation_id: UUID
    owner: User

    async def connect(self) -> None:
        user = self.scope["user"]
        self.generation_id = self.scope["url_route"]["kwargs"]["generation_id"]
        self.groups_joined: list[str] = []
        if not user.is_authenticated:
            await self._refuse()
            return
        self.owner = user
        if await self._progress() is None:
            await self._refuse()
            return
        await self.accept()
        try:
            for group in (group_of(self.generation_id), QUEUE_GROUP):
                await self.channel_layer.group_add(group, self.channel_name)
                self.groups_joined.append(group)
        except (RedisError, OSError):
            await self.close(TRY_AGAIN_LATER)
            return
        # Read only now that nudges arrive: whatever moved in between is in this first message.
        await self._tell()

    async def disconnect(self, code: int) -> None:
        try:
            for group in self.groups_joined:
                await self.channel_layer.group_discard(group, self.channel_name)
        except (RedisError, OSError):
            return

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Nothing is expected from the page, and nothing is read."""

    async def generation_moved(self, event: dict[str, Any]) -> None:
        """A nudge arrived."""
        await self._tell()

    async def _tell(self) -> None:
        progress = await self._progress()
        if progress is None:
            await self.close(FINISHED)
            return
        await self.send_json(progress)
        if progress["finished"]:
            await self.close(FINISHED)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _progress(self) -> Progress | None:
        generation = queries.generation_of(self.owner, self.generation_id)
        return progress_of(generation) if generation else None

    async def _refuse(self) -> None:
        """Answer the handshake with 404 where the server can, else with the refusal it has."""
        if "websocket.http.response" in self.scope.get("extensions", {}):
            await self.base_send({"type": "websocket.http.response.start", "status": 404, "headers": []})
            await self.base_send({"type": "websocket.http.response.body", "body": b""})
        else:
            await self.close()
