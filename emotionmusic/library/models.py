"""The finished tracks of the creators."""

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

LONGEST_MOOD = 200
"""Characters of a blend of four moods, with room to spare."""


class Track(models.Model):
    """A finished piece that belongs to one creator.

    Its files lie in `folder`, written whole before the row exists. A deleted track keeps its row and its
    files for a while, so that it can be brought back; `deleted_at` hides it from everyone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tracks")
    title = models.CharField(max_length=120)
    renamed = models.BooleanField(
        default=False, help_text="the sound files that the track was born with bear another title"
    )
    mood = models.CharField(max_length=LONGEST_MOOD, help_text="its name, or the spelling of a blend")
    intensity = models.FloatField()
    seconds = models.FloatField(help_text="measured from the audio")
    seed = models.BigIntegerField()
    facts = models.JSONField(help_text="what the generator says of the piece: tempo, key, metre, checkpoint …")
    peaks = models.JSONField(help_text="outline of the sound, each 0 to 1")
    melody = models.JSONField(
        null=True, blank=True, help_text="as it is written: generator.melody.written; older tracks have none"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = (F("created_at").desc(), "id")
        indexes = (
            models.Index("owner", F("created_at").desc(), name="library_shelf", condition=Q(deleted_at__isnull=True)),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return track_folder(self.id)

    @property
    def wav(self) -> Path:
        return self.folder / "track.wav"

    @property
    def mp3(self) -> Path:
        return self.folder / "track.mp3"

    @property
    def midi(self) -> Path:
        return self.folder / "track.mid"


class FileState(models.TextChoices):
    """Where a file that was asked for stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class TrackFile(models.Model):
    """A file of a track that is made when it is first asked for, and kept.

    ::

        waiting --claim--> making --written--> ready
           ^_________________|  |
               worker lost      +--> failed (asked for again, it is another row)

    Every arrow is one conditional UPDATE in `file_services`. The `attempt` is a worker's lease: whatever it writes is
    written only where the row still carries it, and to a `path` of its own. A new title takes the rows away; what is
    still being made for an old one then has no row to go to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=20, help_text="a name in emotionmusic.library.kinds")
    state = models.CharField(max_length=7, choices=FileState.choices, default=FileState.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0, help_text="how often a worker was lost")
    heartbeat_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    UNDER_WAY: ClassVar[tuple[FileState, ...]] = (FileState.WAITING, FileState.MAKING)

    class Meta:
        constraints = (
            models.UniqueConstraint("track", "kind", name="library_one_file_a_kind"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="library_file_percent_of_hundred"),
        )
        indexes = (
            models.Index(
                "state", "heartbeat_at", name="library_files_under_way", condition=Q(state__in=("waiting", "making"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.track_id} ({self.state})"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def path(self) -> Path:
        """Where it is, beside the track's own files; a folder where the kind is several files."""
        return track_folder(self.track_id) / "made" / f"{self.id}-{self.attempt}"

    @property
    def job_id(self) -> str:
        """The id of the job that makes it; another one after every lost worker."""
        return f"{self.id}-file-{self.attempt}"


class EarlierMelody(models.Model):
    """A melody that was composed here, so that nobody else is given it again.

    It outlives its track, and after an account is closed it belongs to nobody: what remains are the numbers of its
    runs, from which neither the notes nor the creator can be read.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"melody {self.pk}"


class MelodyRun(models.Model):
    """Nine notes in a row of an earlier melody, as one number, and their place in it."""

    melody = models.ForeignKey(EarlierMelody, on_delete=models.CASCADE, related_name="runs", db_index=False)
    place = models.PositiveSmallIntegerField()
    hash = models.BigIntegerField(help_text="generator.composing.earlier.run_hashes")

    class Meta:
        # Holds all that a search reads, so the rows themselves are not looked up.
        indexes = (models.Index("hash", "melody", "place", name="library_runs"),)

    def __str__(self) -> str:
        return f"run {self.place} of melody {self.melody_id}"


def track_folder(track_id: uuid.UUID) -> Path:
    """The folder of a track's files, whether or not it exists yet."""
    return Path(settings.MEDIA_ROOT) / "tracks" / str(track_id)
