"""The creator's own video with the music that was made for it, as the library hands it out."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as _

from emotionmusic.library.further_kinds import FurtherKind
from emotionmusic.library.kinds import Kind
from emotionmusic.library.models import Track
from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.brief_queries import video_of

TYPES = {".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".mkv": "video/x-matroska"}
DUCKED = "-ducked"
"""Ends the name of those in which the music gives way to the video's own sound."""
_WRITER = "emotionmusic.studio.jobs.scoring.write_video"


def kinds_for(brief: Brief | None) -> list[Kind]:
    """The kinds that its video can be had as with music; none if there is no video."""
    return [further.kind for further in _OF_SUFFIX[brief.video_suffix]] if brief else []


def _offered(suffix: str) -> Callable[[Track], bool]:
    def is_offered(track: Track) -> bool:
        brief = video_of(track)
        return brief is not None and brief.video_suffix == suffix

    return is_offered


def _kinds(suffix: str, media_type: str) -> list[FurtherKind]:
    name = f"video{suffix.replace('.', '-')}"
    kinds = (
        Kind(name, _("Video with music"), _("and its own sound as loud as it was"), f"-video{suffix}", media_type),
        Kind(name + DUCKED, _("Video, speech first"), _("the music gives way to it"), f"-speech{suffix}", media_type),
    )
    return [FurtherKind(kind, _offered(suffix), _WRITER) for kind in kinds]


_OF_SUFFIX = {suffix: _kinds(suffix, media_type) for suffix, media_type in TYPES.items()}
VIDEO_KINDS = [further for kinds in _OF_SUFFIX.values() for further in kinds]
VIDEO_NAMES = tuple(further.kind.name for further in VIDEO_KINDS)
