"""A melody performed solo: dynamics, articulation and small deviations, as the mood has it."""

import random
from dataclasses import replace
from itertools import pairwise
from math import pi, sin

from generator.arranging.timing import Timing
from generator.melody.melody import Melody, Note
from generator.melody.metre import STEPS_PER_QUARTER
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
SHORTEST_NOTE = 0.05
REPEAT_GAP = 0.015
"""Seconds of silence between two notes on one pitch."""
RELEASE_SHARE = 0.6
"""Where in the ring the last note is let go, so that its room fades out before the end."""

INSTRUMENT_NAMES = {
    0: "Piano", 4: "Electric piano", 8: "Celesta", 10: "Music box", 11: "Vibraphone", 13: "Xylophone", 21: "Accordion",
    24: "Nylon guitar", 25: "Steel guitar", 26: "Jazz guitar", 40: "Violin", 42: "Cello", 44: "Tremolo strings",
    45: "Pizzicato strings", 46: "Harp", 48: "Strings", 56: "Trumpet", 57: "Trombone", 60: "French horn", 61: "Brass",
    68: "Oboe", 70: "Bassoon", 71: "Clarinet", 73: "Flute", 80: "Square lead", 81: "Saw lead", 88: "New age pad",
    110: "Fiddle",
}  # fmt: skip
"""The instruments that moods and styles have play a melody, by General MIDI program."""


def timing_of(melody: Melody, plan: MusicPlan, swing: float = 0.0) -> Timing:
    """When the steps of `melody` sound, so that its bars and the ring fill the plan's seconds."""
    silent_steps = melody.notes[0].onset
    seconds_per_step = (plan.request.seconds - plan.ring) / (melody.steps - silent_steps)
    return Timing(seconds_per_step, silent_steps, swing, melody.metre.steps_per_beat)


def last_end(plan: MusicPlan) -> float:
    """The second at which what rings on at the end is let go."""
    return plan.request.seconds - (1 - RELEASE_SHARE) * plan.ring


def perform_solo(
    melody: Melody,
    plan: MusicPlan,
    title: str,
    instrument: str = "",
    *,
    programs: tuple[int, ...] = (),
    swing: float = 0.0,
) -> Score:
    """The score of `melody` alone, filling the plan's seconds; its free choices hang on the seed.

    One of `programs` plays it, or of the mood's if there are none: the one of the name `instrument`, if it is there.

    A pick-up sounds at once: the rests before it are left out, and the tempo gives way by as much, so
    that the piece neither begins with silence nor changes its length.
    """
    request = plan.request
    chance = random.Random(f"performance {request.seed} {request.mood.name}")
    programs = programs or request.mood.instruments
    drawn = chance.choice(programs)
    program = next((suits for suits in programs if INSTRUMENT_NAMES[suits] == instrument), drawn)
    timing = timing_of(melody, plan, swing)
    notes = [
        _played(note, timing.at(note.onset), timing.seconds_per_step, melody, plan, chance) for note in melody.notes
    ]
    notes[-1] = replace(notes[-1], end=last_end(plan))
    notes = [_apart(note, following) for note, following in pairwise(notes)] + notes[-1:]
    rings_by_itself = program in SUSTAINED_PROGRAMS and program not in PLUCKED_AMONG_THEM
    part = Part(INSTRUMENT_NAMES[program], program, tuple(notes), None if rings_by_itself else notes[-1].start)
    return Score(
        title=title,
        parts=(part,),
        tempo=60 / (timing.seconds_per_step * STEPS_PER_QUARTER),
        metre=melody.metre,
        pick_up_steps=-timing.silent_steps % melody.metre.steps_per_bar,
        key=melody.key_name,
        seconds=request.seconds,
        melody=melody,
    )


def _played(
    note: Note, start: float, seconds_per_step: float, melody: Melody, plan: MusicPlan, chance: random.Random
) -> PlayedNote:
    """A note as it sounds, when its written `start` is in seconds."""
    mood, intensity = plan.request.mood, plan.request.intensity
    deviation = TIMING_DEVIATION * max(-2.0, min(2.0, chance.gauss(0, 1)))
    start = max(0.0, start + deviation)
    length = note.duration * seconds_per_step * min(mood.articulation_at(intensity), 1.0)
    velocity = mood.loudness_at(intensity) + _accent(note, melody) + chance.gauss(0, VELOCITY_DEVIATION)
    return PlayedNote(start, start + max(length, SHORTEST_NOTE), note.pitch, max(20, min(124, round(velocity))))


def _apart(note: PlayedNote, following: PlayedNote) -> PlayedNote:
    """The note ended before the next begins; a late note-off would otherwise silence a repeated pitch."""
    gap = REPEAT_GAP if note.pitch == following.pitch else 0.0
    return replace(note, end=max(note.start + REPEAT_GAP, min(note.end, following.start - gap)))


def _accent(note: Note, melody: Melody) -> float:
    """What the metre and the phrase add to a note's velocity."""
    metre = melody.metre
    phrase = PHRASE_BARS * metre.steps_per_bar
    swell = PHRASE_SWELL * (sin(pi * (note.onset % phrase) / phrase) - 0.5)
    if metre.is_strong(note.onset):
        return swell + STRONG_ACCENT
    return swell + (BEAT_ACCENT if note.onset % metre.steps_per_beat == 0 else 0.0)
