"""What can be read of the generations."""

from datetime import datetime
from uuid import UUID

from django.db.models import Avg, F, QuerySet

from emotionmusic.accounts.models import User
from emotionmusic.library.models import Track
from emotionmusic.studio.models import Generation, State
from emotionmusic.studio.shape import GOES_ON, Shape

RECENT = 20
"""Finished generations from which the time that is left is guessed."""
USUAL_SECONDS = 5.0
"""What a generation takes before there is any to go by."""


def generation_of(owner: User, generation_id: UUID) -> Generation | None:
    """The owner's generation, None if it is missing or someone else's."""
    return Generation.objects.filter(id=generation_id, owner=owner).select_related("track", "source").first()


def find_generation(generation_id: UUID) -> Generation | None:
    """Any generation; for jobs, which act for the site."""
    return Generation.objects.filter(id=generation_id).select_related("owner", "source").first()


def source_of(track: Track) -> Track | None:
    """The track that this one was made from, None if it was made from nothing or that one is deleted."""
    generation = (
        Generation.objects.filter(track=track, source__deleted_at__isnull=True).select_related("source").first()
    )
    return generation.source if generation else None


def shape_of(track: Track) -> Shape:
    """What goes on when a new track is made of this one's melody, whose own tempo, key and metre are not named."""
    return Shape.of_fields({name: track.facts[name] for name in GOES_ON if name in track.facts})


def under_way(owner: User) -> QuerySet[Generation]:
    """The owner's unfinished generations, the newest first."""
    return Generation.objects.filter(owner=owner, state__in=Generation.UNDER_WAY)


def submitted(owner: User, submission: UUID) -> Generation | None:
    """What the owner's form with that number has become."""
    return Generation.objects.filter(owner=owner, submission=submission).first()


def place_in_queue(generation: Generation) -> int:
    """How many unfinished generations stand before a queued one; 0 for the next."""
    if generation.state != State.QUEUED:
        return 0
    return Generation.objects.filter(
        state__in=(State.QUEUED, State.COMPOSING), created_at__lt=generation.created_at
    ).count()


def usual_duration() -> float:
    """Seconds that the latest generations took from a worker's first step to the finished track."""
    latest = (
        Generation.objects.filter(state=State.DONE, started_at__isnull=False)
        .order_by(F("finished_at").desc())
        .annotate(took=F("finished_at") - F("started_at"))[:RECENT]
    )
    average = Generation.objects.filter(id__in=[row.id for row in latest]).aggregate(
        took=Avg(F("finished_at") - F("started_at"))
    )["took"]
    return float(average.total_seconds()) if average else USUAL_SECONDS


def waiting_for_a_worker(since: datetime) -> QuerySet[Generation]:
    """Unclaimed work that has waited since before `since`."""
    return Generation.objects.filter(
        state__in=(State.QUEUED, State.RENDERING), lease__isnull=True, heartbeat_at__lt=since
    ).order_by("created_at")


def silent(since: datetime) -> QuerySet[Generation]:
    """Claimed work whose worker has not been heard of since `since`."""
    return Generation.objects.filter(
        state__in=(State.COMPOSING, State.RENDERING), lease__isnull=False, heartbeat_at__lt=since
    )
