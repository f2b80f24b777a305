"""What the library's pages show of the studio: the forms that make a new track from a finished one."""

from typing import Any

from django import template
from django.conf import settings

from emotionmusic.library.models import Track
from emotionmusic.library.queries import file_of, offer_of
from emotionmusic.studio import brief_queries, queries
from emotionmusic.studio.editing_forms import edit_forms
from emotionmusic.studio.video_kinds import kinds_for

register = template.Library()


@register.inclusion_tag("studio/_edit_panel.html", takes_context=True)
def edit_panel(context: dict[str, Any], track: Track) -> dict[str, Any]:
    """The owner's panel; empty for a track that cannot be gone on from."""
    return {
        "track": track,
        "forms": edit_forms(track),
        "source": queries.source_of(track),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("studio/_video_panel.html", takes_context=True)
def video_panel(context: dict[str, Any], track: Track) -> dict[str, Any]:
    """The owner's video with the track beneath it; empty for a track without one, or whose video was removed."""
    brief = brief_queries.video_of(track)
    return {
        "track": track,
        "brief": brief,
        "offers": [offer_of(track, kind, file_of(track, kind)) for kind in kinds_for(brief)],
        "days": settings.VIDEO_DAYS,
        "csrf_token": context.get("csrf_token"),
    }
