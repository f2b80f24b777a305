"""The pieces that curators put forward for training."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from generator.curating.limits import LONGEST_TITLE

LONGEST_SOURCE = 300


class State(models.TextChoices):
    """Where a piece stands."""

    CHECKING = "checking", "being checked"
    REFUSED = "refused", "refused by the check"
    REVIEW = "review", "waiting for review"
    APPROVED = "approved", "approved"
    REJECTED = "rejected", "rejected by a curator"


class Licence(models.TextChoices):
    """What may be trained on. Non-commercial licences are not offered: the music made is used in commerce."""

    CC0 = "CC0-1.0", "CC0 1.0"
    PUBLIC_DOMAIN = "public-domain", "Public domain"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    GRANTED = "granted", "Own work, or permission granted"


class TrainingPiece(models.Model):
    """One uploaded MIDI file and what has become of it.

    ::

        checking --melody found--> review --approve--> approved
           |                         |                    |
           | fault found             +------reject--------+--> rejected
           v
        refused

    Every arrow is one conditional UPDATE in `services` that must hit exactly one row. The uploaded file
    is kept until the piece is refused or rejected; the melody found in it stays with the row. Approved pieces,
    and no others, lie in CURATED_ROOT, where training reads them, with the mood they are labelled with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    reason_code = models.CharField(max_length=32, blank=True, help_text="the name of the fault that the check found")
    reason = models.TextField(blank=True, help_text="why it was refused or rejected")

    original_name = models.CharField(max_length=LONGEST_TITLE, help_text="of the file, as its sender called it")
    sha256 = models.CharField(max_length=64, editable=False)
    source = models.CharField(max_length=LONGEST_SOURCE)
    licence = models.CharField(max_length=16, choices=Licence.choices)

    title = models.CharField(max_length=LONGEST_TITLE)
    mood = models.CharField(max_length=20, blank=True, help_text="what listeners feel, where a curator said so")
    seconds = models.FloatField("length", null=True, blank=True, help_text="of the melody at its tempo")
    metre = models.CharField(max_length=8, blank=True)
    key = models.CharField(max_length=16, blank=True)
    facts = models.JSONField(default=dict, blank=True, help_text="what else the check measured")
    melody = models.TextField(blank=True, help_text="the piece as training reads it")
    has_preview = models.BooleanField(default=False)

    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often a worker has begun the check")
    queued_at = models.DateTimeField(help_text="when the check was last put into its queue, or should have been")
    created_at = models.DateTimeField("uploaded", auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploaded_pieces"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reviewed_pieces"
    )

    class Meta:
        ordering = (F("created_at").desc(), "id")
        constraints = (
            models.UniqueConstraint(fields=["sha256"], condition=~Q(state=State.REFUSED), name="curation_one_file"),
        )
        indexes = (
            models.Index(
                "queued_at", name="curation_unfinished", condition=Q(state="checking") | Q(state="review")
            ),
            models.Index("state", "created_at", name="curation_state"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> str:
        """Minutes and seconds, such as "0:37"; empty before the check."""
        if self.seconds is None:
            return ""
        return f"{round(self.seconds) // 60}:{round(self.seconds) % 60:02d}"

    @property
    def job_id(self) -> str:
        """The id of the job that has to check the piece; another one after every attempt."""
        return f"check-{self.id}-{self.attempts}"

    @property
    def midi(self) -> Path:
        """Where the uploaded file is, as long as it is kept."""
        return upload_folder() / f"{self.id}.mid"

    @property
    def preview(self) -> Path:
        """Where the melody is to be heard, if `has_preview`."""
        return upload_folder() / f"{self.id}.mp3"

    @property
    def published(self) -> Path:
        """Where training finds the piece, if it is approved."""
        return Path(settings.CURATED_ROOT) / f"{self.id}.json"

    @property
    def can_be_approved(self) -> bool:
        return self.state == State.REVIEW

    @property
    def can_be_rejected(self) -> bool:
        return self.state in (State.REVIEW, State.APPROVED)

    @property
    def can_be_labelled(self) -> bool:
        """Whether the mood can be changed by itself; before, it is decided on with the approval."""
        return self.state == State.APPROVED


def upload_folder() -> Path:
    """The folder of the uploaded files and their previews."""
    return Path(settings.MEDIA_ROOT) / "curation"
