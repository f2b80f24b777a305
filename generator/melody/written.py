"""A melody as plain fields, ready for JSON: as it is kept in datasets, in a site's database and in MIDI files."""

from typing import Any

from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES

HIGHEST_MIDI_PITCH = 127
WRITTEN_MARK = b"\x7dEmotionMusic melody "
"""Begins the event of a MIDI file that holds a melody's fields; 7D is the maker's number that anyone may use."""


def melody_fields(melody: Melody) -> dict[str, Any]:
    """Fields that `melody_of_fields` makes an equal melody of; a note is its onset, duration and pitch."""
    return {
        "metre": melody.metre.name,
        "tonic": melody.tonic,
        "mode": melody.mode.value,
        "steps": melody.steps,
        "notes": [[note.onset, note.duration, note.pitch] for note in melody.notes],
    }


def melody_of_fields(fields: Any) -> Melody:
    """The melody that the fields, of whatever origin, spell.

    Raises:
        ValueError: they spell none.
    """
    try:
        notes = tuple(Note(*map(_whole, note)) for note in fields["notes"])
        metre, mode = METRES[fields["metre"]], Mode(fields["mode"])
        melody = Melody(notes, metre, _whole(fields["tonic"]), mode, _whole(fields["steps"]))
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError("these fields are no melody") from fault
    if not 0 <= melody.tonic < 12 or any(not 0 <= note.pitch <= HIGHEST_MIDI_PITCH for note in notes):
        raise ValueError("a tonic lies between 0 and 11, a pitch between 0 and 127")
    return melody


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value
