"""What the library's pages show of the studio: the forms that make a new track from a finished one."""

from typing import Any

from django import template

from emotionmusic.library.models import Track
from emotionmusic.studio import queries
from emotionmusic.studio.editing_forms import edit_forms

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
