"""The first fourteen bytes of a standard MIDI file."""

from dataclasses import dataclass

from generator.curating.limits import LARGEST_FILE, MOST_TRACKS
from generator.curating.refusal import MidiRefused, Refusal

HEADER_BYTES = 14
"""How much of a file `read_header` needs to see."""

_FAMILIAR_STARTS = {
    b"RIFF": "a sound recording (WAV)",
    b"ID3": "a sound recording (MP3)",
    b"\xff\xfb": "a sound recording (MP3)",
    b"OggS": "a sound recording (OGG)",
    b"fLaC": "a sound recording (FLAC)",
    b"PK": "a ZIP archive or a compressed score",
    b"<": "an XML or web page",
    b"%PDF": "a PDF document",
}


@dataclass(frozen=True)
class MidiHeader:
    """`form` is 0 or 1, `division` the ticks a quarter note, `end` the byte at which the tracks begin."""

    form: int
    tracks: int
    division: int
    end: int


def read_header(start: bytes, size: int) -> MidiHeader:
    """The header of a file of `size` bytes whose first HEADER_BYTES or more are `start`.

    Raises:
        MidiRefused: what can be told from the header alone rules the file out.
    """
    if size == 0:
        raise MidiRefused(Refusal.EMPTY, "The file is empty. Save the piece as MIDI again and upload that.")
    if size > LARGEST_FILE:
        raise MidiRefused(
            Refusal.TOO_LARGE,
            f"The file has {size / 1e6:.1f} MB; a MIDI file may have up to {LARGEST_FILE / 1e6:g} MB.",
        )
    if start[:4] != b"MThd":
        raise MidiRefused(Refusal.NOT_MIDI, _no_midi(start))
    length = int.from_bytes(start[4:8], "big")
    if size < HEADER_BYTES or length > size - 8:
        raise MidiRefused(Refusal.TRUNCATED, "The file breaks off in its header. Save or download it again.")
    if length < 6:
        raise MidiRefused(Refusal.UNREADABLE, "The header of the file is shorter than MIDI allows.")
    form, tracks, division = (int.from_bytes(start[at : at + 2], "big") for at in (8, 10, 12))
    if form > 1:
        raise MidiRefused(
            Refusal.SEPARATE_SEQUENCES,
            "The file is of MIDI format 2 or unknown; save the piece as format 0 or 1, one piece a file.",
        )
    if tracks > MOST_TRACKS:
        raise MidiRefused(
            Refusal.TOO_MANY_TRACKS, f"The file announces {tracks} tracks; up to {MOST_TRACKS} are taken."
        )
    if division == 0:
        raise MidiRefused(
            Refusal.BAD_DIVISION, "The file has 0 ticks to a quarter note (division); 96 or 480 are usual."
        )
    if division & 0x8000:
        raise MidiRefused(
            Refusal.BAD_DIVISION,
            "The file counts time in film frames (SMPTE), which hides its bars; save it with ticks a quarter note.",
        )
    return MidiHeader(form, tracks, division, 8 + length)


def _no_midi(start: bytes) -> str:
    looks = next((what for sign, what in _FAMILIAR_STARTS.items() if start.startswith(sign)), None)
    is_like = f"It looks like {looks}. " if looks else ""
    return f"This is not a MIDI file. {is_like}Upload a standard MIDI file (.mid), which begins with “MThd”."
