"""What can be read from the library."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from emotionmusic.accounts.models import User
from emotionmusic.library.kinds import ALL, How, Kind
from emotionmusic.library.models import FileState, MelodyRun, Track, TrackFile
from generator.composing.earlier import EarlierRun, longest_run, run_hashes
from generator.melody.melody import Melody
from generator.melody.written import melody_of_fields


def tracks_of(owner: User) -> QuerySet[Track]:
    """The owner's tracks, the newest first."""
    return Track.objects.filter(owner=owner, deleted_at__isnull=True)


def melody_of(track: Track) -> Melody | None:
    """The track's melody as it is written, None if the track was made before melodies were kept."""
    return melody_of_fields(track.melody) if track.melody else None


def find_file(file_id: UUID) -> TrackFile | None:
    """Any file; for jobs, which act for the site."""
    return TrackFile.objects.filter(id=file_id).select_related("track").first()


def file_of(track: Track, kind: Kind) -> TrackFile | None:
    """The track's file of that kind, however far it is; None if it was not asked for."""
    return TrackFile.objects.filter(track=track, kind=kind.name).first()


@dataclass(frozen=True)
class Offer:
    """A kind of file as a track's page offers it; `file` is what was made or is being made of it."""

    kind: Kind
    file: TrackFile | None
    at_hand: bool


def offer_of(track: Track, kind: Kind, file: TrackFile | None) -> Offer:
    """Whether a file can be had now: the files that a track was born with bear the title that it was born with."""
    born = kind.how == How.BORN and not track.renamed
    made = file is not None and file.state == FileState.READY
    return Offer(kind, file, kind.how == How.AT_ONCE or born or made)


def offers_of(track: Track) -> list[Offer]:
    """All kinds of files, in order."""
    files = {file.kind: file for file in TrackFile.objects.filter(track=track)}
    return [offer_of(track, kind, files.get(kind.name)) for kind in ALL]


def deleted_tracks_of(owner: User) -> QuerySet[Track]:
    """The owner's deleted tracks that can still be brought back, the last deleted first."""
    return Track.objects.filter(owner=owner, deleted_at__isnull=False).order_by("-deleted_at")


def tracks_deleted_before(moment: datetime) -> QuerySet[Track]:
    """The tracks of anyone that were deleted before `moment`."""
    return Track.objects.filter(deleted_at__lt=moment)


@dataclass(frozen=True)
class EarlierTracksFor:
    """What was composed here before, as a new track of `owner` is compared with it.

    It answers with lengths and with places in the new melody; whose the earlier track was, and what it is called, is
    never told. What two workers compose at the very same moment, neither of them sees.
    """

    owner: User

    def longest_shared(self, melody: Melody) -> EarlierRun | None:
        """The longest run shared with a track of anyone else; None if none has nine notes."""
        return _longest(melody, MelodyRun.objects.exclude(melody__owner=self.owner))

    def longest_own(self, melody: Melody) -> EarlierRun | None:
        """The longest run shared with an earlier track of the owner's; None if none has nine notes."""
        return _longest(melody, MelodyRun.objects.filter(melody__owner=self.owner))


def _longest(melody: Melody, among: QuerySet[MelodyRun]) -> EarlierRun | None:
    found = among.filter(hash__in=set(run_hashes(melody))).values_list("melody_id", "place", "hash")
    return longest_run(melody, found.iterator())
