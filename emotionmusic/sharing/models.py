"""Secret links to tracks."""

import secrets

from django.db import models
from django.db.models import Q

TOKEN_BYTES = 24
"""192 bits: nobody guesses a link."""


def new_token() -> str:
    """A fresh secret of 32 characters that fit into an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class ShareLink(models.Model):
    """Whoever has the link hears the track, until its owner revokes it."""

    track = models.ForeignKey("library.Track", on_delete=models.CASCADE, related_name="share_links")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("track", condition=Q(revoked_at__isnull=True), name="sharing_one_open_link"),
        )

    def __str__(self) -> str:
        return f"link to {self.track_id}"
