"""Accompaniments as they sound: their levels and accents, small deviations, strums."""

import random
from collections.abc import Sequence
from dataclasses import replace

from generator.arranging.course import Stroke
from generator.melody.metre import Metre
from generator.players import Player, Role
from generator.score import PlayedNote
from generator.timing import Timing

ACCENTS = {4: 6.0, 3: 4.0, 2: 1.0, 1: -3.0, 0: -6.0}
"""MIDI velocity by the weight of a step in the bar."""
SHAPED = 22.0
"""MIDI velocity from the emptiest to the fullest bar."""
VELOCITY_DEVIATION = 3.0
TIMING_DEVIATION = 0.006
DRUM_DEVIATION = 0.003
"""Seconds; standard deviations of an onset, never more than twice that."""
STRUM_SECONDS = 0.011
"""From one string of a strummed chord to the next."""
STRUMMED_PROGRAMS = range(24, 32)
SHORTEST_NOTE = 0.05
REPEAT_GAP = 0.012
"""Seconds of silence between two notes on one pitch."""
SOFTEST, LOUDEST = 12, 120


def played(
    player: Player,
    strokes: Sequence[Stroke],
    *,
    timing: Timing,
    metre: Metre,
    loudness: float,
    energies: Sequence[float],
    last_end: float,
    chance: random.Random,
) -> tuple[PlayedNote, ...]:
    """The notes of an accompaniment in seconds.

    `loudness` is the melody's MIDI velocity, `energies` those of the bars; notes that last to the end of the grid
    ring on until `last_end` seconds.
    """
    drums = player.role is Role.DRUMS
    end = len(energies) * metre.steps_per_bar
    found: list[PlayedNote] = []
    onset, deviation, strings = -1, 0.0, 0
    for stroke in strokes:
        if stroke.onset != onset:
            onset = stroke.onset
            spread = DRUM_DEVIATION if drums else TIMING_DEVIATION
            deviation, strings = spread * max(-2.0, min(2.0, chance.gauss(0, 1))), 0
        else:
            strings += 1
        strum = STRUM_SECONDS * strings if player.program in STRUMMED_PROGRAMS and not drums else 0.0
        start = max(0.0, timing.at(stroke.onset) + deviation + strum)
        until = last_end if stroke.onset + stroke.duration >= end else timing.at(stroke.onset + stroke.duration)
        bar, step = divmod(stroke.onset, metre.steps_per_bar)
        velocity = (
            loudness
            + player.level
            + SHAPED * (energies[bar] - 0.5)
            + ACCENTS[metre.weights[step]]
            + stroke.weight
            + chance.gauss(0, VELOCITY_DEVIATION)
        )
        struck = max(SOFTEST, min(LOUDEST, round(velocity)))
        found.append(PlayedNote(start, max(until, start + SHORTEST_NOTE), stroke.pitch, struck))
    return tuple(_apart(sorted(found, key=lambda note: (note.start, note.pitch))))


def _apart(notes: Sequence[PlayedNote]) -> list[PlayedNote]:
    """The notes, each ended before its pitch sounds again."""
    following: dict[int, float] = {}
    apart = []
    for note in reversed(notes):
        limit = following.get(note.pitch, note.end + REPEAT_GAP) - REPEAT_GAP
        apart.append(replace(note, end=max(note.start + REPEAT_GAP / 2, min(note.end, limit))))
        following[note.pitch] = note.start
    return apart[::-1]
