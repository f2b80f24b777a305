"""Pieces to be rendered: a piano alone, strings, and a band of many parts with drums."""

import math
from itertools import count, takewhile

from generator.melody.metre import METRES
from generator.rendering.midi import score_to_midi
from generator.score import Part, PlayedNote, Score
from generator.timing import TempoMap, Timing

TEMPO = 120.0
RING = 1.0
"""Seconds after the last note begins."""
KICK, SNARE, HAT = 36, 38, 42


def notes(seconds: float, pitches: list[int], every: float, velocity: int = 90, late: float = 0.0) -> list[PlayedNote]:
    """The pitches in turn, one `every` so many seconds, until the ring."""
    starts = takewhile(lambda start: start < seconds - RING, (late + every * number for number in count()))
    return [
        PlayedNote(start, start + 0.9 * every, pitches[number % len(pitches)], velocity)
        for number, start in enumerate(starts)
    ]


def score(seconds: float, *parts: Part) -> Score:
    return Score("A piece", parts, Timing(TempoMap.even(TEMPO)), METRES["4/4"], "C major", seconds)


def solo_piano(seconds: float) -> Score:
    tune = notes(seconds, [60, 64, 67, 72, 71, 67, 64, 62], 0.5, 70)
    return score(seconds, Part("Piano", 0, tuple(tune), pedal_from=max(0.0, seconds - 3)))


def strings(seconds: float) -> Score:
    chord = [note for voice in ([60, 57], [64, 60], [67, 65]) for note in notes(seconds, voice, 2.0, 80)]
    return score(seconds, Part("Strings", 48, tuple(chord), reverb=90))


def band(seconds: float) -> Score:
    drums = notes(seconds, [KICK, SNARE], 0.5, 110) + notes(seconds, [HAT], 0.25, 80)
    tune = notes(seconds, [72, 74, 76, 79, 77, 76], 0.5, 100)
    harmony = [note for voice in ([60, 57], [64, 60], [67, 65]) for note in notes(seconds, voice, 2.0, 75)]
    return score(
        seconds,
        Part("Flute", 73, tuple(tune), pan=80, reverb=70),
        Part("Strings", 48, tuple(harmony), volume=90, reverb=80, chorus=40),
        Part("Guitar", 24, tuple(notes(seconds, [60, 64, 67, 64], 0.25, 70)), pan=30),
        Part("Piano", 0, tuple(notes(seconds, [48, 55, 60, 55], 0.5, 80)), pan=50),
        Part("Bass", 33, tuple(notes(seconds, [36, 36, 43, 41], 0.5, 95)), reverb=10),
        Part("Drums", 0, tuple(drums), volume=110, reverb=30, drums=True),
    )


PROGRAMMES = {"solo piano": solo_piano, "strings": strings, "many parts with drums": band}


def midi_of(programme: str, seconds: float) -> bytes:
    return score_to_midi(PROGRAMMES[programme](seconds))


def decibels(value: float) -> float:
    """Of full scale; silence is far down but finite."""
    return 20 * math.log10(max(float(value), 1e-12))
