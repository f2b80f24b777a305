"""The finished tracks of the creators."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Track(models.Model):
    """A finished piece that belongs to one creator.

    Its files lie in `folder`, written whole before the row exists. A deleted track keeps its row and its
    files for a while, so that it can be brought back; `deleted_at` hides it from everyone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tracks")
    title = models.CharField(max_length=120)
    mood = models.CharField(max_length=20)
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
