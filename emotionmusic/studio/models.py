"""A wish for a track on its way to one."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from emotionmusic.library.models import LONGEST_MOOD
from emotionmusic.studio.brief_models import Brief


class State(models.TextChoices):
    """Where a generation stands."""

    QUEUED = "queued"
    COMPOSING = "composing"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class EditKind(models.TextChoices):
    """What is made of an earlier track."""

    ANOTHER = "another", "Another like it"
    MOOD = "mood", "The same in another mood"
    BARS = "bars", "Some bars anew"
    ARRANGEMENT = "arrangement", "The same melody arranged anew"


class Generation(models.Model):
    """One wish, and how far it has come.

    ::

        queued --claim--> composing --melody ready--> rendering --files kept--> done
          |  ^______________|  ^ worker lost      claim |  ^ |
          |                 |                           |__| | worker lost
          |                 |                                |
          +-----------------+--------------------------------+--> cancelled (by the owner)
                            +--------------------------------+--> failed    (with a plain reason)

    Every arrow is one conditional UPDATE in `services` that must hit exactly one row. A worker holds a
    `lease` while it works; whatever it writes is written only where the row still carries that lease, so
    a worker that was given up for dead can change nothing any more. `composing` and `rendering` are jobs
    of two queues. The symbols pass between them in `midi`, `melody` and `facts`; the queues carry ids alone.

    An `edit` is made from an earlier track, the `source`, which stays as it is. `source` is empty again once that
    track has been removed for good.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="generations")
    submission = models.UUIDField(default=uuid.uuid4, help_text="of the form; the same form sent twice is one wish")
    mood = models.CharField(max_length=LONGEST_MOOD, help_text="its name, or the spelling of a blend")
    intensity = models.FloatField()
    seconds = models.FloatField()
    seed = models.BigIntegerField()
    shape = models.JSONField(
        default=dict, blank=True, help_text="what was chosen beside that: emotionmusic.studio.shape.Shape"
    )

    brief = models.ForeignKey(Brief, null=True, blank=True, on_delete=models.SET_NULL, related_name="generations")
    sections = models.JSONField(
        default=list,
        blank=True,
        help_text="emotionmusic.studio.sections.Section, as JSON; none for one mood all through",
    )

    edit = models.CharField(max_length=11, choices=EditKind.choices, blank=True)
    source = models.ForeignKey("library.Track", null=True, blank=True, on_delete=models.SET_NULL, related_name="edits")
    first_bar = models.PositiveSmallIntegerField(null=True, blank=True, help_text="to be redone, counted from 1")
    last_bar = models.PositiveSmallIntegerField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True, help_text="why it failed, in the creator's words")
    attempt = models.PositiveSmallIntegerField(default=0, help_text="how often a worker was lost")
    lease = models.UUIDField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    title = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    midi = models.BinaryField(null=True, blank=True)
    melody = models.JSONField(null=True, blank=True, help_text="as it is written: generator.melody.written")
    track = models.OneToOneField(
        "library.Track", null=True, blank=True, on_delete=models.SET_NULL, related_name="generation"
    )

    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    UNDER_WAY: ClassVar[tuple[State, ...]] = (State.QUEUED, State.COMPOSING, State.RENDERING)

    class Meta:
        ordering = (F("created_at").desc(), "id")
        constraints = (
            models.UniqueConstraint("owner", "submission", name="studio_one_wish_a_form"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="studio_percent_of_hundred"),
            models.CheckConstraint(condition=Q(edit__in=("", *EditKind)), name="studio_known_edit"),
            models.CheckConstraint(condition=~Q(edit="") | Q(source=None), name="studio_source_of_an_edit"),
            models.CheckConstraint(
                condition=Q(
                    edit="bars",
                    first_bar__isnull=False,
                    first_bar__gte=1,
                    last_bar__isnull=False,
                    last_bar__gte=F("first_bar"),
                )
                | (~Q(edit="bars") & Q(first_bar=None, last_bar=None)),
                name="studio_bars_of_an_edit",
            ),
        )
        indexes = (
            models.Index(
                "state", "created_at", name="studio_under_way",
                condition=Q(state__in=("queued", "composing", "rendering")),
            ),
            models.Index("state", "finished_at", name="studio_finished"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.mood} {self.seconds:g} s ({self.state})"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def job_id(self) -> str:
        """The id of the job that has to do the next step; another one after every lost worker."""
        step = "render" if self.state == State.RENDERING else "compose"
        return f"{self.id}-{step}-{self.attempt}"
