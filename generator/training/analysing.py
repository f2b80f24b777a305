"""Which chord sounds in a stretch of piano music: the one music21 names in the notes that weigh most.

Accompaniments break their chords and decorate them, so that what sounds at one moment is seldom the chord. All notes
of a beat or of half a bar are taken together instead, weighed by how long they sound. Of the sets of three and four of
the heaviest, the one that holds most of the weight and that music21 knows as a triad or a seventh chord is the chord;
music21 says what its root is, which hangs on how the notes are spelled.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import music21

from generator.chords import Quality
from generator.training.accompanied import WrittenNote

MOST_NAMES = 7
"""Of the note names in a stretch, the heaviest that a chord is looked for among."""
LEAST_COVERED = 0.6
"""The share of the weight that the chord must hold."""
PRICE_OF_A_SEVENTH = 0.08
"""The share of the weight that a fourth note must add: with less it passes."""

ChordName = tuple[int, Quality]
"""The root as a pitch class, and the quality."""

_QUALITIES = {
    "major triad": Quality.MAJOR,
    "minor triad": Quality.MINOR,
    "diminished triad": Quality.DIMINISHED,
    "augmented triad": Quality.AUGMENTED,
    "dominant seventh chord": Quality.DOMINANT_SEVENTH,
    "incomplete dominant-seventh chord": Quality.DOMINANT_SEVENTH,
    "major seventh chord": Quality.MAJOR_SEVENTH,
    "minor seventh chord": Quality.MINOR_SEVENTH,
    "half-diminished seventh chord": Quality.HALF_DIMINISHED,
    "diminished seventh chord": Quality.DIMINISHED_SEVENTH,
}
"""music21's common names; a chord that is one only when spelled otherwise bears another name and is none of them."""


def chords_in(notes: Sequence[WrittenNote], steps: int, stretch: int) -> list[ChordName | None]:
    """The chord of each `stretch` steps of the first `steps`, None where there is none.

    `notes` stand in the order of their onsets.
    """
    inside: list[dict[str, float]] = [{} for _ in range(-(-steps // stretch))]
    for note in notes:
        first, last = max(0, int(note.onset // stretch)), min(len(inside) - 1, int((note.end - 1e-6) // stretch))
        for number in range(first, last + 1):
            sounding = min(note.end, (number + 1) * stretch) - max(note.onset, number * stretch)
            inside[number][note.name] = inside[number].get(note.name, 0.0) + sounding
    return [chord_of(weights) for weights in inside]


def basses_in(notes: Sequence[WrittenNote], steps: int, stretch: int) -> list[int | None]:
    """The pitch class of the lowest note that begins in each `stretch` of the first `steps`, None without one."""
    lowest: list[int | None] = [None] * -(-steps // stretch)
    for note in notes:
        number = int(note.onset // stretch)
        if 0 <= number < len(lowest):
            here = lowest[number]
            lowest[number] = note.pitch if here is None else min(here, note.pitch)
    return [None if pitch is None else pitch % 12 for pitch in lowest]


def chord_of(weights: dict[str, float]) -> ChordName | None:
    """The chord in note names, each with the time it sounds; None if there is none."""
    heaviest = sorted(weights, key=lambda name: (-weights[name], name))[:MOST_NAMES]
    whole = sum(weights.values())
    found = [
        (covered / whole - PRICE_OF_A_SEVENTH * (size - 3), chord)
        for size in (3, 4)
        for names in combinations(heaviest, size)
        if (covered := sum(weights[name] for name in names)) >= LEAST_COVERED * whole
        and (chord := _named(frozenset(names))) is not None
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


@cache
def _named(names: frozenset[str]) -> ChordName | None:
    chord = music21.chord.Chord(sorted(names))
    quality = _QUALITIES.get(chord.commonName)
    return None if quality is None else (chord.root().pitchClass, quality)
