"""Generations as staff see them: for support, nothing to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from emotionmusic.studio.models import Generation


@admin.register(Generation)
class GenerationAdmin(admin.ModelAdmin[Generation]):
    """Where each wish stands and why one failed."""

    list_display = ("id", "owner", "mood", "edit", "seconds", "state", "percent", "attempt", "reason", "created_at")
    list_filter = ("state", "mood", "created_at")
    list_select_related = ("owner",)
    exclude = ("midi", "melody", "lease", "submission")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
