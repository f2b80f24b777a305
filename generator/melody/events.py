"""A melody as one event a grid step, the code of Magenta's melody_rnn.

At each step stands either the onset of a pitch, `NOTE_OFF` where a note ends in a rest, or `NO_EVENT`
where nothing changes.
"""

import numpy as np
import numpy.typing as npt

from generator.melody.melody import HIGHEST_PITCH, LOWEST_PITCH, Melody, Mode, Note
from generator.melody.metre import Metre

NO_EVENT = 0
NOTE_OFF = 1
FIRST_PITCH_EVENT = 2
EVENT_COUNT = FIRST_PITCH_EVENT + HIGHEST_PITCH - LOWEST_PITCH + 1

EventArray = npt.NDArray[np.int64]


class OffTheGrid(ValueError):
    """A melody has a pitch that the event grid cannot hold."""


def pitch_event(pitch: int) -> int:
    """The event of an onset of the MIDI `pitch`.

    Raises:
        OffTheGrid: `pitch` lies outside LOWEST_PITCH..HIGHEST_PITCH.
    """
    if not LOWEST_PITCH <= pitch <= HIGHEST_PITCH:
        raise OffTheGrid(f"pitch {pitch} lies outside {LOWEST_PITCH}..{HIGHEST_PITCH}")
    return FIRST_PITCH_EVENT + pitch - LOWEST_PITCH


def event_pitch(event: int) -> int:
    """The MIDI pitch whose onset `event` is; `event` must be FIRST_PITCH_EVENT or more."""
    return LOWEST_PITCH + event - FIRST_PITCH_EVENT


def melody_to_events(melody: Melody) -> EventArray:
    """The events of `melody`, shape (melody.steps,).

    Raises:
        OffTheGrid: a pitch lies outside the grid's range.
    """
    events = np.full(melody.steps, NO_EVENT, dtype=np.int64)
    for note in melody.notes:
        if note.end < melody.steps:
            events[note.end] = NOTE_OFF
    for note in melody.notes:
        events[note.onset] = pitch_event(note.pitch)
    return events


def events_to_melody(events: EventArray, metre: Metre, tonic: int, mode: Mode) -> Melody:
    """The melody that `events` (shape (steps,)) spell; a `NOTE_OFF` with nothing sounding says nothing.

    Raises:
        ValueError: the number of events is no whole number of bars.
    """
    notes: list[Note] = []
    onset: int | None = None
    pitch = 0
    for step, event in enumerate(events.tolist()):
        if event == NO_EVENT:
            continue
        if onset is not None:
            notes.append(Note(onset, step - onset, pitch))
            onset = None
        if event >= FIRST_PITCH_EVENT:
            onset, pitch = step, event_pitch(event)
    if onset is not None:
        notes.append(Note(onset, len(events) - onset, pitch))
    return Melody(tuple(notes), metre, tonic, mode, len(events))
