"""Why a MIDI file is refused."""

from enum import StrEnum


class Refusal(StrEnum):
    """The named reasons; the values are kept in the database and never change."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_MIDI = "not_midi"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    SEPARATE_SEQUENCES = "separate_sequences"
    TOO_MANY_TRACKS = "too_many_tracks"
    TOO_MANY_EVENTS = "too_many_events"
    TOO_MANY_NOTES = "too_many_notes"
    TOO_LONG = "too_long"
    BAD_DIVISION = "bad_division"
    BAD_TEMPO = "bad_tempo"
    BAD_METRE = "bad_metre"
    UNKNOWN_METRE = "unknown_metre"
    NO_NOTES = "no_notes"
    TOO_FEW_NOTES = "too_few_notes"
    TOO_SHORT = "too_short"
    RANGE_TOO_WIDE = "range_too_wide"
    OFF_GRID = "off_grid"
    TOOK_TOO_LONG = "took_too_long"
    TOO_MUCH_MEMORY = "too_much_memory"


class MidiRefused(Exception):
    """A file that no training piece can be made of.

    `message` tells whoever uploaded the file what is wrong with it and what would be right.
    """

    def __init__(self, code: Refusal, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
