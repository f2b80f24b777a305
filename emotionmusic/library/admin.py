"""The library as staff see it: facts only, nothing to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from emotionmusic.library.models import Track, TrackFile


class ReadOnly(admin.ModelAdmin[Any]):
    """Facts that staff cannot change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Track)
class TrackAdmin(ReadOnly):
    """A list for support; a creator's music itself is not shown."""

    list_display = ("id", "owner", "mood", "seconds", "created_at", "deleted_at")
    list_filter = ("mood", "created_at")
    list_select_related = ("owner",)
    exclude = ("peaks", "title", "melody")


@admin.register(TrackFile)
class TrackFileAdmin(ReadOnly):
    """Where each file stands that was asked for."""

    list_display = ("id", "track_id", "kind", "state", "percent", "attempt", "heartbeat_at", "created_at")
    list_filter = ("state", "kind")
