"""What the players of a style play beneath a melody, bar by bar, on the grid of sixteenths."""

import random
from collections.abc import Sequence
from dataclasses import replace

from generator.arranging.course import Course, Place, Stroke
from generator.arranging.drumming import drummed
from generator.arranging.figures import ALL, BASS_FIGURES, FIGURES, Figure, Pulse, strokes
from generator.arranging.voicing import Voicing, voiced
from generator.chords import Chord
from generator.melody.melody import Melody, Note
from generator.players import Player, Role, Style

SHARE_OF_TURNED_FIGURES = 0.3
"""Of the phrases: those in which a figure begins at another of its picks."""
HIT_ACCENT = 14
"""MIDI velocity that everyone adds where a hit is asked for."""
CLOSING = -8
"""MIDI velocity of the last chord: many instruments hold it, and it must not be louder than the climax."""
HIGHEST_PITCH = 108
DEPTH = 7
"""Semitones above the lowest note of a bass around which it moves."""
PULL = 1.0
"""How much it counts for a bass to be near there, beside staying near its last note."""


def accompany(
    melody: Melody, chords: Sequence[Chord], style: Style, course: Course, chance: random.Random
) -> dict[Player, tuple[Stroke, ...]]:
    """What each player of the style plays; those that never enter are left out.

    Args:
        chords: in order, over the whole melody.
    """
    score = {}
    for player in style.players:
        place = Place(melody, chords, player, course, random.Random(chance.random()))
        if found := drummed(place) if player.role is Role.DRUMS else _figured(place):
            score[player] = tuple(sorted(found, key=lambda stroke: (stroke.onset, stroke.pitch)))
    return score


def _figured(place: Place) -> list[Stroke]:
    """Chords or bass: the figures of the bars in which it plays."""
    bass = place.player.role is Role.BASS
    voicings, table = (_bass_line(place), BASS_FIGURES) if bass else (_voicings(place), FIGURES)
    turns = {}
    struck = {}
    for bar in range(place.first_bar, place.melody.bars):
        phrase = place.phrase(bar)
        if phrase not in turns:
            turned = not bass and place.chance.random() < SHARE_OF_TURNED_FIGURES
            turns[phrase] = place.chance.randrange(1, 4) if turned else 0
            struck[phrase] = _struck(place, place.course.energies[bar])
    found: list[Stroke] = []
    for bar in place.bars:
        phrase = place.phrase(bar)
        closing = bar == place.closing_bar
        figure = table["held" if closing else place.figure(bar)]
        played = _bar(place, bar, figure, voicings, turns[phrase], struck[phrase])
        if bar in place.course.hits:
            played = _accented(place, bar, played, voicings)
        elif closing:
            played = [replace(stroke, weight=CLOSING) for stroke in played]
        found += played
    return found


def _bar(
    place: Place, bar: int, figure: Figure, voicings: Sequence[Voicing], turn: int, struck: frozenset[int]
) -> list[Stroke]:
    """A bar of a figure, which begins anew with every chord."""
    start, harmony = bar * place.bar_steps, place.harmony
    here = [number for number, span in enumerate(harmony) if span.onset < start + place.bar_steps and span.end > start]
    changes = tuple(max(0, harmony[number].onset - start) for number in here)
    steps = strokes(figure.pulse, place.melody.metre, changes, struck)
    found = []
    began, chord_before = 0, -1
    for number, step in enumerate(steps):
        at = start + step
        chord = place.chord_at(at)
        following = steps[number + 1] if number + 1 < len(steps) else place.bar_steps
        held = harmony[chord].end if figure.pulse is Pulse.CHORD else at + figure.hold * (following - step)
        end = min(held, harmony[chord].end, start + place.bar_steps)
        if chord != chord_before:
            began, chord_before = number, chord
        pick = figure.picks[(number - began + turn) % len(figure.picks)]
        found += [Stroke(at, end - at, pitch) for pitch in _picked(voicings[chord], pick)]
    return found


def _accented(place: Place, bar: int, played: Sequence[Stroke], voicings: Sequence[Voicing]) -> list[Stroke]:
    """The bar with an accent on its downbeat, where something is struck even if its figure has nothing there."""
    start = bar * place.bar_steps
    if any(stroke.onset == start for stroke in played):
        return [replace(stroke, weight=HIT_ACCENT * (stroke.onset == start)) for stroke in played]
    length = min((stroke.onset - start for stroke in played), default=place.bar_steps)
    pitches = voicings[place.chord_at(start)][: 1 if place.player.role is Role.BASS else None]
    return [*(Stroke(start, length, pitch, HIT_ACCENT) for pitch in pitches), *played]


def _struck(place: Place, energy: float) -> frozenset[int]:
    """The eighths between beats that a strum takes in this phrase: the more, the more energy there is."""
    between = [step for step in range(2, place.bar_steps, 2) if step % place.melody.metre.steps_per_beat]
    count = max(1, round(len(between) * (0.3 + 0.5 * energy)))
    return frozenset(place.chance.sample(between, min(count, len(between))))


def _voicings(place: Place) -> list[Voicing]:
    ceilings = [
        min((note.pitch for note in place.melody.notes if _meet(note, chord)), default=HIGHEST_PITCH)
        for chord in place.harmony
    ]
    player = place.player
    return voiced([_by_need(chord) for chord in place.harmony], player.low, player.high, player.voices, ceilings)


def _bass_line(place: Place) -> list[Voicing]:
    """For each chord its bass, its fifth, its third, and the step that leads to the next bass."""
    low, high = place.player.low, place.player.high
    here = low + DEPTH
    basses = []
    for chord in place.harmony:
        here = _nearest(here, low + DEPTH, range(low + (chord.bass - low) % 12, high + 1, 12))
        basses.append(here)
    line: list[Voicing] = []
    for chord, bass, following in zip(place.harmony, basses, [*basses[1:], basses[-1]], strict=True):
        fifth, third = (_above(bass, chord, degree, low, high) for degree in (2, 1))
        step = -2 if (following - 2 - place.melody.tonic) % 12 in place.melody.mode.scale else -1
        lead = following + step if following + step >= low else following + 2
        line.append((bass, fifth, third, lead))
    return line


def _above(bass: int, chord: Chord, degree: int, low: int, high: int) -> int:
    """The nearest place above the bass, within the range, of a pitch class of the chord."""
    pitch = bass + (chord.pitch_classes[min(degree, len(chord.pitch_classes) - 1)] - bass) % 12
    return pitch if pitch <= high else max(pitch - 12, low)


def _by_need(chord: Chord) -> tuple[int, ...]:
    """The pitch classes, the fifth last: it is the first that a chord of four can do without."""
    root, third, fifth, *rest = chord.pitch_classes
    return (root, third, *rest, fifth)


def _meet(note: Note, chord: Chord) -> bool:
    return note.onset < chord.end and note.end > chord.onset


def _picked(voicing: Voicing, pick: int) -> Voicing:
    """A voice by its number, or all; beyond the highest it goes on an octave higher."""
    if pick == ALL:
        return voicing
    octaves, voice = divmod(pick, len(voicing))
    return (min(HIGHEST_PITCH, voicing[voice] + 12 * octaves),)


def _nearest(before: int, depth: int, places: range) -> int:
    """The place near the note before, and not too far from the depth around which the bass moves."""
    return min(places, key=lambda place: (abs(place - before) + PULL * abs(place - depth), place))
