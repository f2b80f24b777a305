"""What is fixed before the first note is drawn: bars that are kept, and where the piece begins."""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from generator.melody.events import NO_EVENT, NOTE_OFF, EventArray, melody_to_events
from generator.melody.melody import Melody
from generator.plan import MusicPlan

FREE = -1
BEGINS = -2
"""A step at which a note must begin, whichever."""
ENDS = -3
"""A step at which something must happen: another note or silence."""


@dataclass(frozen=True)
class Fixed:
    """The constraints on a melody of S steps.

    Attributes:
        events: (S,) the event of a step, FREE where the network draws it, or BEGINS or ENDS.
        model: (M,) the events of a melody that the plan's form may take up as the bars after its last; may be empty.
    """

    events: EventArray
    model: EventArray


NO_MODEL: EventArray = np.empty(0, dtype=np.int64)


def start_of(plan: MusicPlan) -> Fixed:
    """Only the beginning is fixed: silence until the pick-up or the first beat, and notes there and at hits."""
    events = np.full(plan.steps, FREE, dtype=np.int64)
    events[: plan.silent_steps] = NO_EVENT
    events[plan.silent_steps] = BEGINS
    for bar, _ in plan.hits:
        events[bar * plan.metre.steps_per_bar] = BEGINS
    return Fixed(events, NO_MODEL)


def keeping(source: Melody, bars: Set[int], steps: int) -> EventArray:
    """(steps,) the events of those bars of `source`, counted from 0, all others free.

    Notes that begin in a kept bar keep their length, also beyond its bar line; a note that reached into a
    kept bar from a free one gives way to what is composed there.
    """
    length = source.metre.steps_per_bar
    written = melody_to_events(source)
    events = np.full(steps, FREE, dtype=np.int64)
    for bar in bars:
        events[bar * length : (bar + 1) * length] = written[bar * length : (bar + 1) * length]
    kept = [note for note in source.notes if note.onset // length in bars]
    for note in kept:
        events[note.onset + 1 : note.end] = NO_EVENT
        if note.end < steps and events[note.end] == FREE:
            events[note.end] = ENDS
    for bar in bars:
        start = bar * length
        comes_from_free = bar - 1 not in bars and start > 0
        if comes_from_free and events[start] == NO_EVENT and not any(n.onset < start < n.end for n in source.notes):
            events[start] = NOTE_OFF
    return events
