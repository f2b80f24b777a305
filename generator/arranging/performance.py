"""A melody performed solo: dynamics, articulation and small deviations, as the mood has it."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import pi, sin

from generator.arranging.slowing import depth_of, slowed
from generator.melody.melody import Melody, Note
from generator.plan import MusicPlan
from generator.players import Style
from generator.request import Ending
from generator.score import Part, PlayedNote, Score
from generator.timing import TempoMap, Timing

PHRASE_BARS = 4
PHRASE_SWELL = 7.0
"""Velocity that a phrase gains towards its middle."""
STRONG_ACCENT = 7.0
BEAT_ACCENT = 3.0
HIT_ACCENT = 12.0
SHAPED = 20.0
"""Velocity from the emptiest to the fullest bar."""
VELOCITY_DEVIATION = 2.5
TIMING_DEVIATION = 0.006
"""Seconds; standard deviation of a human-like onset, never more than twice that."""
SUSTAINED_PROGRAMS = frozenset({*range(16, 24), *range(40, 45), *range(48, 96), 109, 110, 111})
"""General MIDI's organs, bowed, blown, ensemble and synthetic instruments: they sound on until the note ends, and need
no pedal to ring."""
SHORTEST_NOTE = 0.05
REPEAT_GAP = 0.015
"""Seconds of silence between two notes on one pitch."""
RELEASE_SHARE = 0.6
"""Where in the ring the last note is let go, so that its room fades out before the end."""
SLOWING_SHARE = 0.4
"""Of the ring that slowing down at the end may take."""

INSTRUMENT_NAMES = {
    0: "Piano", 4: "Electric piano", 8: "Celesta", 10: "Music box", 11: "Vibraphone", 13: "Xylophone", 21: "Accordion",
    24: "Nylon guitar", 25: "Steel guitar", 26: "Jazz guitar", 40: "Violin", 42: "Cello", 44: "Tremolo strings",
    45: "Pizzicato strings", 46: "Harp", 48: "Strings", 56: "Trumpet", 57: "Trombone", 60: "French horn", 61: "Brass",
    68: "Oboe", 70: "Bassoon", 71: "Clarinet", 73: "Flute", 80: "Square lead", 81: "Saw lead", 88: "New age pad",
    110: "Fiddle",
}  # fmt: skip
"""The instruments that moods and styles have play a melody, by General MIDI program."""


def timing_of(melody: Melody, plan: MusicPlan, style: Style) -> Timing:
    """When the steps of `melody` sound, so that its bars and the ring fill the plan's seconds and the hits are met."""
    request, bar = plan.request, melody.metre.steps_per_bar
    first = melody.notes[0].onset
    hits = [(float(number * bar), second) for number, second in plan.hits if number * bar > first]
    anchors = [(float(first), 0.0), *hits, (float(melody.steps), request.seconds - plan.ring)]
    if request.ending is Ending.RING and not style.steady:
        most = SLOWING_SHARE * plan.ring
        anchors = slowed(anchors, melody.metre, depth_of(request.mood, request.intensity), most)
    return Timing(TempoMap(tuple(anchors)), style.swing, melody.metre.steps_per_beat)


def last_end(plan: MusicPlan) -> float:
    """The second at which what rings on at the end is let go."""
    return plan.request.seconds - (1 - RELEASE_SHARE) * plan.ring


def perform_solo(
    melody: Melody, plan: MusicPlan, title: str, style: Style, energies: Sequence[float], instrument: str = ""
) -> Score:
    """The score of `melody` alone, filling the plan's seconds; its free choices hang on the seed.

    One of the style's instruments plays it, or of the mood's if it has none: that of the name `instrument`, if it is
    among them. `energies`, 0..1, are those of the bars.

    A pick-up sounds at once: the rests before it are left out, and the tempo gives way by as much, so
    that the piece neither begins with silence nor changes its length.
    """
    request = plan.request
    chance = random.Random(f"performance {request.seed} {request.mood.name}")
    programs = style.melody or request.mood.instruments
    drawn = chance.choice(programs)
    program = next((suits for suits in programs if INSTRUMENT_NAMES[suits] == instrument), drawn)
    timing = timing_of(melody, plan, style)
    notes = [_played(note, timing, melody, plan, energies, chance) for note in melody.notes]
    if request.ending is Ending.RING:
        notes[-1] = replace(notes[-1], end=last_end(plan))
    notes = [_apart(note, following) for note, following in pairwise(notes)] + notes[-1:]
    pedal_from = notes[-1].start if request.ending is Ending.RING and program not in SUSTAINED_PROGRAMS else None
    return Score(
        title=title,
        parts=(Part(INSTRUMENT_NAMES[program], program, tuple(notes), pedal_from, reverb=style.reverb),),
        timing=timing,
        metre=melody.metre,
        key=melody.key_name,
        seconds=request.seconds,
        melody=melody,
        hits=request.hits,
        ending=request.ending,
    )


def _played(
    note: Note, timing: Timing, melody: Melody, plan: MusicPlan, energies: Sequence[float], chance: random.Random
) -> PlayedNote:
    """A note as it sounds."""
    mood, intensity = plan.request.mood, plan.request.intensity
    bar, step = divmod(note.onset, melody.metre.steps_per_bar)
    hit = not step and bar in dict(plan.hits)
    deviation = TIMING_DEVIATION * max(-2.0, min(2.0, chance.gauss(0, 1))) * (not hit)
    start = max(0.0, timing.at(note.onset) + deviation)
    length = (timing.at(note.end) - timing.at(note.onset)) * min(mood.articulation_at(intensity), 1.0)
    velocity = (
        mood.loudness_at(intensity)
        + SHAPED * (energies[bar] - 0.5)
        + _accent(note, melody)
        + HIT_ACCENT * hit
        + chance.gauss(0, VELOCITY_DEVIATION)
    )
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
