"""The training collection in Django's admin: the list, and the way to the pages of `admin_views`."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path

from emotionmusic.curation import admin_views
from emotionmusic.curation.models import TrainingPiece


@admin.register(TrainingPiece)
class TrainingPieceAdmin(admin.ModelAdmin[TrainingPiece]):
    """Pieces come in by upload, are judged on their review page and changed in no other way."""

    list_display = ("title", "state", "mood", "source", "licence", "length", "key", "metre", "uploader", "created_at")
    list_filter = ("state", "mood", "licence", "metre", "key", "created_at")
    list_select_related = ("uploader",)
    list_per_page = 50
    search_fields = ("title", "source", "original_name", "reason")
    date_hierarchy = "created_at"

    @admin.display(description="length", ordering="seconds", empty_value="-")
    def length(self, piece: TrainingPiece) -> str | None:
        return piece.length or None

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
                return view(self, request, *args, **kwargs)  # type: ignore[no-any-return]

            return self.admin_site.admin_view(call)

        return [
            path("upload/", page(admin_views.upload), name="curation_upload"),
            path("<uuid:piece_id>/listen/", page(admin_views.listen), name="curation_listen"),
            path("<uuid:piece_id>/approve/", page(admin_views.approve), name="curation_approve"),
            path("<uuid:piece_id>/label/", page(admin_views.label), name="curation_label"),
            path("<uuid:piece_id>/reject/", page(admin_views.reject), name="curation_reject"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return admin_views.review(self, request, object_id)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may = {"may_upload": self.may(request, "add")}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def may(self, request: HttpRequest, action: str) -> bool:
        """Whether the visitor has the right to "add" pieces by upload or to "change" their state."""
        permission = get_permission_codename(action, self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{permission}"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(self.may(request, action) for action in ("view", "change"))
