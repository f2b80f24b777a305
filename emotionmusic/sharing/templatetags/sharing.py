"""What the library's pages show of sharing."""

from typing import Any

from django import template
from django.urls import reverse

from emotionmusic.library.models import Track
from emotionmusic.sharing import queries

register = template.Library()


@register.inclusion_tag("sharing/_panel.html", takes_context=True)
def share_panel(context: dict[str, Any], track: Track) -> dict[str, Any]:
    """The owner's panel: make, copy or revoke the link of a track."""
    link = queries.open_link(track)
    address = None
    if link:
        address = context["request"].build_absolute_uri(reverse("sharing:listen", args=[link.token]))
    return {"track": track, "link": link, "address": address, "csrf_token": context.get("csrf_token")}
