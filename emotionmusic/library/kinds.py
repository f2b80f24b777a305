"""The kinds of files that a track can be had as."""

from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext_noop as _

from generator.rendering.formats import FORMATS, LISTENING_MP3, WAV, AudioFormat

MUSICXML_TYPE = "application/vnd.recordare.musicxml+xml"
CSV_TYPE = "text/csv; charset=utf-8"


class How(Enum):
    """Where a file comes from."""

    BORN = auto()
    """It was written with the track."""
    AT_ONCE = auto()
    """It is written while the visitor waits, in less time than anybody notices."""
    ASKED = auto()
    """It is made by a worker when it is first asked for, and kept."""


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    Attributes:
        name: in addresses.
        label, use: for people: what it is, and what for; in English, for pages to translate.
        suffix: of the file's name, with the dot; what comes before it tells files of one suffix apart.
        media_type: for the answer's header.
        how: where it comes from.
        audio: the format, of sound.
    """

    name: str
    label: str
    use: str
    suffix: str
    media_type: str
    how: How = How.ASKED
    audio: AudioFormat | None = None


def _format(name: str, use: str, mark: str = "") -> Kind:
    audio = FORMATS[name]
    return Kind(name, audio.name, use, f"{mark}{audio.extension}", audio.media_type, audio=audio)


ALL = (
    # What most people want comes first.
    Kind("mp3", "MP3", _("for most uses"), ".mp3", LISTENING_MP3.media_type, How.BORN, LISTENING_MP3),
    Kind("wav", "WAV", _("for the video editor, 16 bit, 44.1 kHz"), ".wav", WAV.media_type, How.BORN, WAV),
    Kind("midi", "MIDI", _("every note, to change"), ".mid", "audio/midi", How.AT_ONCE),
    _format("wav-16-48", _("for video at 48 kHz"), "-16-bit-48-khz"),
    _format("wav-24-44", _("for mixing"), "-24-bit-44-khz"),
    _format("wav-24-48", _("for mixing, at 48 kHz"), "-24-bit-48-khz"),
    _format("flac", _("all of it in half the space")),
    _format("mp3-320", _("where a steady rate is asked for"), "-320"),
    _format("mp3-v0", _("the best of MP3"), "-v0"),
    _format("opus", _("small, for the web and games")),
    Kind("stems", _("Stems"), _("a WAV file an instrument, to mix"), "-stems.zip", "application/zip"),
    Kind("musicxml", "MusicXML", _("sheet music, for notation programs"), ".musicxml", MUSICXML_TYPE),
    Kind("markers", _("Markers"), _("bars and chords, by the second"), "-markers.csv", CSV_TYPE, How.AT_ONCE),
    Kind("everything", _("Everything"), _("all of these in one ZIP file"), ".zip", "application/zip"),
)  # fmt: skip
PARTS = Kind("parts", _("Parts"), _("an MP3 file an instrument, for the mixer of the page"), ".mp3", "audio/mpeg")
"""Several files, which the page itself fetches one by one."""
KINDS = {kind.name: kind for kind in (*ALL, PARTS)}
"""By the short name that addresses use."""
