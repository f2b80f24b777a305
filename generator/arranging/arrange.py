"""A melody arranged: its chords, and the players of a style beneath it."""

import random
from dataclasses import replace

from generator.arranging.accompaniment import accompany
from generator.arranging.colours import colour_of
from generator.arranging.course import Course, first_whole_bar
from generator.arranging.energy import along, arc_of
from generator.arranging.harmony import harmonised
from generator.arranging.performance import last_end, perform_solo, timing_of
from generator.arranging.playing import played
from generator.chords import Harmony
from generator.melody.melody import Melody
from generator.plan import MusicPlan
from generator.players import Player, Role, Style
from generator.request import Ending
from generator.score import Part, PlayedNote, Score
from generator.timing import Timing

FULLNESS = 0.75
"""How full the climax of a neutral piece is, 0..1."""
FULLER_BY_AROUSAL = 0.6


def harmony_of(melody: Melody, plan: MusicPlan) -> Harmony:
    """The chords under the melody, in the colours of the mood; every style of one track has the same.

    Raises:
        HabitsRefused: what was learned of harmony is missing or broken.
    """
    request = plan.request
    chance = random.Random(f"harmony {request.seed} {request.mood.name}")
    return harmonised(melody, colour_of(request.mood, request.intensity), chance)


def arranged(melody: Melody, plan: MusicPlan, style: Style, title: str, instrument: str = "") -> Score:
    """The score of `melody` in a style, filling the plan's seconds; its free choices hang on the seed.

    The instrument of that name plays the melody, if it suits.

    Raises:
        HabitsRefused: what was learned of harmony is missing or broken.
    """
    request = plan.request
    harmony = harmony_of(melody, plan)
    timing = timing_of(melody, plan, style)
    chance = random.Random(f"arrangement {style.name} {request.seed} {request.mood.name}")
    energies = _energies(melody, plan, timing, chance)
    solo = perform_solo(melody, plan, title, style, energies, instrument)
    course = Course(energies, frozenset(bar for bar, _ in plan.hits), closes=request.ending is Ending.RING)
    parts = [
        _part(
            player,
            played(
                player,
                strokes,
                timing=timing,
                metre=melody.metre,
                loudness=request.mood.loudness_at(request.intensity),
                energies=energies,
                last_end=last_end(plan),
                chance=random.Random(chance.random()),
            ),
        )
        for player, strokes in accompany(melody, harmony.chords, style, course, chance).items()
    ]
    return replace(solo, parts=(*solo.parts, *parts), chords=harmony.chords)


def _energies(melody: Melody, plan: MusicPlan, timing: Timing, chance: random.Random) -> tuple[float, ...]:
    """The energy of each bar: as asked for, or an arc as high as the mood is excited."""
    request = plan.request
    if request.curve:
        bar = melody.metre.steps_per_bar
        return along(request.curve, [timing.at((number + 0.5) * bar) for number in range(melody.bars)])
    fullness = min(1.0, FULLNESS + FULLER_BY_AROUSAL * request.intensity * request.mood.arousal)
    return arc_of(melody.bars, first_whole_bar(melody), request.ending, fullness, chance)


def _part(player: Player, notes: tuple[PlayedNote, ...]) -> Part:
    return Part(
        name=player.name,
        program=player.program,
        notes=notes,
        pan=player.pan,
        reverb=player.reverb,
        chorus=player.chorus,
        drums=player.role is Role.DRUMS,
    )
