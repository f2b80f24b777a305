"""Generations and briefs as staff see them: for support, nothing to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.models import Generation


class ReadOnlyAdmin:
    """Nothing can be changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Generation)
class GenerationAdmin(ReadOnlyAdmin, admin.ModelAdmin[Generation]):
    """Where each wish stands and why one failed."""

    list_display = ("id", "owner", "mood", "edit", "seconds", "state", "percent", "attempt", "reason", "created_at")
    list_filter = ("state", "mood", "created_at")
    list_select_related = ("owner",)
    exclude = ("midi", "melody", "lease", "submission")


@admin.register(Brief)
class BriefAdmin(ReadOnlyAdmin, admin.ModelAdmin[Brief]):
    """Where each brief stands and why one was refused; what a creator wrote is nobody else's."""

    list_display = ("id", "owner", "state", "percent", "attempt", "refusal", "file_bytes", "created_at")
    list_filter = ("state", "created_at")
    list_select_related = ("owner",)
    exclude = ("words", "file_name", "timeline", "lease", "submission")
