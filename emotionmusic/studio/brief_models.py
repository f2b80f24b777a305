"""What a creator's video is about, on its way to a mood timeline."""

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

LONGEST_NAME = 255
VIDEO_SUFFIXES = (".mp4", ".mov", ".webm", ".mkv")


class BriefState(models.TextChoices):
    """Where a brief stands."""

    QUEUED = "queued"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Brief(models.Model):
    """Words or a file that say what a video is about, and the mood timeline that was read from them.

    ::

        queued --claim--> reading --understood--> done
          |  ^______________|  |
          |    worker lost     +--> failed (with the name of the refusal, or with none if we are at fault)
          +--------------------+--> cancelled (by the owner)

    Every arrow is one conditional UPDATE in `brief_services` that must hit exactly one row. A worker holds a `lease`
    and writes only where the row still carries it. The uploaded file lies in `folder`: one with words until it is
    read, a video for VIDEO_DAYS.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="briefs")
    submission = models.UUIDField(default=uuid.uuid4, help_text="of the form; the same form sent twice is one brief")
    words = models.TextField(blank=True, help_text="as they were typed")
    file_name = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="as its sender called it")
    file_bytes = models.BigIntegerField(default=0, help_text="of what lies in the folder")
    asked_seconds = models.FloatField(null=True, blank=True, help_text="how long the music should be")

    state = models.CharField(max_length=9, choices=BriefState.choices, default=BriefState.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    refusal = models.JSONField(default=dict, blank=True, help_text="generator.brief.refusal.BriefRefused, as JSON")
    attempt = models.PositiveSmallIntegerField(default=0, help_text="how often a worker was lost")
    lease = models.UUIDField(null=True, blank=True)
    heartbeat_at = models.DateTimeField()

    timeline = models.JSONField(null=True, blank=True, help_text="generator.brief.timeline.MoodTimeline, as JSON")
    timed = models.BooleanField(default=False, help_text="its times are those of a video, not spread over a length")

    created_at = models.DateTimeField(auto_now_add=True)

    UNDER_WAY: ClassVar[tuple[BriefState, ...]] = (BriefState.QUEUED, BriefState.READING)

    class Meta:
        ordering = (F("created_at").desc(), "id")
        constraints = (
            models.UniqueConstraint("owner", "submission", name="studio_one_brief_a_form"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="studio_brief_percent_of_hundred"),
            models.CheckConstraint(condition=~Q(state="done") | Q(timeline__isnull=False), name="studio_brief_read"),
        )
        indexes = (
            models.Index(
                "state", "heartbeat_at", name="studio_briefs_under_way", condition=Q(state__in=("queued", "reading"))
            ),
            models.Index("created_at", name="studio_briefs_by_age"),
        )

    def __str__(self) -> str:
        return f"brief {self.id} ({self.state})"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def video_suffix(self) -> str:
        """How the name of an uploaded video ends, in small letters; empty where it is none."""
        return next((suffix for suffix in VIDEO_SUFFIXES if self.file_name.lower().endswith(suffix)), "")

    @property
    def is_video(self) -> bool:
        return bool(self.video_suffix)

    @property
    def has_video(self) -> bool:
        """Whether there is an uploaded video that was not removed yet."""
        return self.is_video and self.file_bytes > 0

    @property
    def folder(self) -> Path:
        return brief_folders() / str(self.id)

    @property
    def upload(self) -> Path:
        """Where the uploaded file is, as long as it is kept."""
        return self.folder / "upload"

    @property
    def job_id(self) -> str:
        """The id of the job that reads it; another one after every lost worker."""
        return f"{self.id}-read-{self.attempt}"


def brief_folders() -> Path:
    """Where the folders of the briefs are."""
    return Path(settings.MEDIA_ROOT) / "briefs"
