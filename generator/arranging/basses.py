"""Which note of each chord is the lowest: as composers of songs had it, with a bass that rather steps than leaps."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from generator.arranging.palette import Palette, chord
from generator.chords import Chord
from generator.melody.melody import Key

STEPWISE = 0.8
"""Nats in favour of a bass that moves by a semitone or a tone to another root."""
STANDING = -0.7
"""Nats against a bass that stays while the root changes."""
ROOT, THIRD = 0, 1
"""The inversions that are used; a fifth or a seventh in the bass wants preparing."""


def with_basses(chords: Sequence[Chord], key: Key, palette: Palette) -> tuple[Chord, ...]:
    """The chords with the likeliest basses; the first, the last and what leads to the last stand on their roots."""
    settled = {0, len(chords) - 1, _leading_to_the_end(chords)}
    best = {ROOT: 0.0}
    came_from: list[dict[int, int]] = []
    for number, (before, here) in enumerate(pairwise(chords), start=1):
        own = palette.inversions[chord(here.root - key.tonic, here.quality)]
        places = (ROOT,) if number in settled else (ROOT, THIRD)
        ways = {
            place: {source: best[source] + _move(before, source, here, place) for source in best} for place in places
        }
        came_from.append({place: max(ways[place], key=ways[place].__getitem__) for place in places})
        best = {place: float(own[place]) + max(ways[place].values()) for place in places}
    place = max(best, key=best.__getitem__)
    inversions = [place]
    for sources in came_from[::-1]:
        place = sources[place]
        inversions.append(place)
    return tuple(replace(here, inversion=place) for here, place in zip(chords, inversions[::-1], strict=True))


def _leading_to_the_end(chords: Sequence[Chord]) -> int:
    """The number of the last chord on another root than the last of all; the first if there is none."""
    return max((number for number, here in enumerate(chords) if here.root != chords[-1].root), default=0)


def _move(before: Chord, source: int, here: Chord, place: int) -> float:
    """Nats for a move of the bass from one chord's inversion to the next's."""
    if before.root == here.root:
        return 0.0
    distance = (here.pitch_classes[place] - before.pitch_classes[source] + 6) % 12 - 6
    if distance == 0:
        return STANDING
    return STEPWISE if abs(distance) <= 2 else 0.0
