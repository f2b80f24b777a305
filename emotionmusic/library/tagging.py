"""What every file that is handed out says of its track."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from emotionmusic.library.models import Track
from generator.rendering.tags import Tags


def tags_of(track: Track) -> Tags:
    """The tags of a track as it is called now."""
    return tags(track.id, track.title, track.facts)


def tags(track_id: UUID, title: str, facts: Mapping[str, Any]) -> Tags:
    """The tags of a track that is about to be kept."""
    return Tags.of_facts(title, facts, licence=settings.SITE_ADDRESS + reverse("licence"), number=str(track_id))
