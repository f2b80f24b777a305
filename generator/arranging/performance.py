"""A melody performed solo: dynamics, articulation and small deviations, as the mood has it."""

import random
from math import pi, sin

from generator.melody.melody import Melody, Note
from generator.plan import MusicPlan
from generator.score import Part, PlayedNote, Score

PHRASE_BARS = 4
PHRASE_SWELL = 7.0
"""Velocity that a phrase gains towards its middle."""
STRONG_ACCENT = 7.0
BEAT_ACCENT = 3.0
VELOCITY_DEVIATION = 2.5
TIMING_DEVIATION = 0.006
"""Seconds; standard deviation of a human-like onset, never more than twice that."""
SUSTAINED_PROGRAMS = range(40, 80)
"""General MIDI's bowed, blown and ensemble instruments: they sound on until the note ends."""
PLUCKED_AMONG_THEM = (45, 46, 47)
RELEASE_SHARE = 0.6
"""Where in the ring the last note is let go, so that its room fades out before the end."""

INSTRUMENT_NAMES = {
    0: "Piano", 8: "Celesta", 10: "Music box", 11: "Vibraphone", 13: "Xylophone", 24: "Nylon guitar",
    25: "Steel guitar", 40: "Violin", 42: "Cello", 44: "Tremolo strings", 45: "Pizzicato strings", 46: "Harp",
    48: "Strings", 56: "Trumpet", 57: "Trombone", 60: "French horn", 61: "Brass", 68: "Oboe", 70: "Bassoon",
    71: "Clarinet", 73: "Flute",
}  # fmt: skip
"""The instruments that moods ask for, by General MIDI program."""


def perform_solo(melody: Melody, plan: MusicPlan, title: str) -> Score:
    """The score of `melody` alone, filling the plan's seconds; its free choices hang on the seed."""
    request = plan.request
    chance = random.Random(f"performance {request.seed} {request.mood.name}")
    program = chance.choice(request.mood.instruments)
    start_of_ring = request.seconds - plan.ring
    let_go = start_of_ring + RELEASE_SHARE * plan.ring
    notes = [_played(note, melody, plan, chance) for note in melody.notes[:-1]]
    last = _played(melody.notes[-1], melody, plan, chance)
    notes.append(PlayedNote(last.start, let_go, last.pitch, last.velocity))
    rings_by_itself = program in SUSTAINED_PROGRAMS and program not in PLUCKED_AMONG_THEM
    part = Part(INSTRUMENT_NAMES[program], program, tuple(notes), None if rings_by_itself else last.start)
    return Score(title, (part,), plan.tempo, melody.metre.name, melody.key_name, request.seconds)


def _played(note: Note, melody: Melody, plan: MusicPlan, chance: random.Random) -> PlayedNote:
    mood, intensity = plan.request.mood, plan.request.intensity
    deviation = max(-2.0, min(2.0, chance.gauss(0, 1)))
    start = note.onset * plan.seconds_per_step
    if note.onset:
        start += deviation * TIMING_DEVIATION
    length = note.duration * plan.seconds_per_step * min(mood.articulation_at(intensity), 1.0)
    velocity = mood.loudness_at(intensity) + _accent(note, melody) + chance.gauss(0, VELOCITY_DEVIATION)
    return PlayedNote(start, start + max(length, 0.05), note.pitch, max(20, min(124, round(velocity))))


def _accent(note: Note, melody: Melody) -> float:
    """What the metre and the phrase add to a note's velocity."""
    metre = melody.metre
    phrase = PHRASE_BARS * metre.steps_per_bar
    swell = PHRASE_SWELL * (sin(pi * (note.onset % phrase) / phrase) - 0.5)
    if metre.is_strong(note.onset):
        return swell + STRONG_ACCENT
    return swell + (BEAT_ACCENT if note.onset % metre.steps_per_beat == 0 else 0.0)
