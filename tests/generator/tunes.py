"""Melodies that tests speak about."""

import random

from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES


def tune(pitches: list[int], durations: list[int], metre: str = "4/4", tonic: int = 0, mode: str = "major") -> Melody:
    """Notes end to end from the first bar line, the last bar filled with rest."""
    notes, onset = [], 0
    for pitch, duration in zip(pitches, durations, strict=True):
        notes.append(Note(onset, duration, pitch))
        onset += duration
    bar = METRES[metre].steps_per_bar
    return Melody(tuple(notes), METRES[metre], tonic, Mode(mode), -(-onset // bar) * bar)


def wandering_tune(seed: int, metre: str = "4/4", bars: int = 8, mode: str = "major") -> Melody:
    """A random walk on the scale with rests, always the same for a seed."""
    chance = random.Random(seed)
    steps = METRES[metre].steps_per_bar * bars
    scale = [48 + 12 * octave + degree for octave in range(3) for degree in Mode(mode).scale]
    place, onset = len(scale) // 2, chance.choice((0, 2, 6))
    notes = []
    while onset < steps - 12:
        place = max(0, min(len(scale) - 1, place + chance.randint(-3, 3)))
        duration = chance.choice((1, 2, 2, 3, 4, 6))
        notes.append(Note(onset, duration, scale[place]))
        onset += duration + chance.choice((0, 0, 0, 2))
    notes.append(Note(steps - 4, 4, 60))
    return Melody(tuple(notes), METRES[metre], 0, Mode(mode), steps)
