"""Chords for a melody: of all ways through the palette the likeliest, found by dynamic programming.

A way's likelihood is that of each chord after the one before, as composers of songs had it, times that of the melody's
notes over the chords, both by the melody's key and mode. The mood colours it, the ends of phrases pull it to their
cadences, and chance draws one of many good ways (perturb and take the best, after Papandreou & Yuille 2011, doi
10.1109/ICCV.2011.6126242; here the perturbation is bounded, so that no way is far from the best).
"""

import random
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from generator.arranging.basses import with_basses
from generator.arranging.cadences import cadence_bonuses
from generator.arranging.colours import AS_LEARNED, Colour, bonuses
from generator.arranging.palette import CHORDS, QUALITIES, Palette, palette_of
from generator.chords import Chord, Harmony, steps_per_chord
from generator.harmonies import ON_THE_CHANGE, first_place, notes_by_chord
from generator.melody.melody import Key, Melody
from generator.melody.metre import Metre

TRUST_IN_NOTES = (1.3, 1.0)
"""What the logarithm of a note's probability counts, by its role: the notes of a stretch do not come by themselves."""
SHORT_NOTES = 0.3
"""The power of a note's share of the stretch that it counts by."""
FOREIGN_TO_THE_CHORD = -1.0
"""Nats for a note on a strong beat that its chord does not hold."""
DARING = 1.5
"""Nats by which chance may prefer a chord."""
LINGERING = 0.3
"""Nats against a chord that goes on."""
FADING = 0.8
"""What a colour that is sought loses when its chord goes on, lest the chord never end."""

Floats = npt.NDArray[np.float64]


def harmonised(
    melody: Melody,
    colour: Colour = AS_LEARNED,
    chance: random.Random | None = None,
    palette: Palette | None = None,
) -> Harmony:
    """The chords under `melody`, a new one at each bar line and where the harmony changes.

    The last is the tonic. The same melody, colour and state of `chance` give the same chords; without `chance` they
    are the likeliest. Chance treats equal bars alike, so that what the melody repeats tends to return with its chords.
    `palette` is the mode's that ships, if none is named.

    Raises:
        HabitsRefused: what was learned of harmony is missing or broken.
    """
    palette = palette or palette_of(melody.mode)
    coloured = bonuses(colour, melody.mode)
    scores = _melody_scores(melody, palette) + cadence_bonuses(melody, palette) + coloured
    if chance is not None:
        scores += _whims(melody, chance)
    steps = palette.steps - np.diag(LINGERING + FADING * np.maximum(coloured, 0))
    way = _best_way(melody.metre, palette.common + scores[0], scores[1:], steps)
    key = Key(melody.tonic, melody.mode)
    return Harmony(key, with_basses(list(_chords(melody, way)), key, palette))


def _melody_scores(melody: Melody, palette: Palette) -> Floats:
    """(T, C) how well the notes of each stretch suit each chord."""
    stretch = steps_per_chord(melody.metre)
    scores = np.zeros((melody.steps // stretch, CHORDS))
    for number, role, degree, share in notes_by_chord(melody):
        scores[number] += TRUST_IN_NOTES[role] * share**SHORT_NOTES * palette.sounding[:, role, degree]
        if role == ON_THE_CHANGE and melody.metre.is_strong(number * stretch):
            scores[number] += FOREIGN_TO_THE_CHORD * ~palette.tones[:, degree]
    return scores


def _whims(melody: Melody, chance: random.Random) -> Floats:
    """(T, C) what chance adds, 0..DARING; the same in bars with the same notes."""
    places = melody.metre.steps_per_bar // steps_per_chord(melody.metre)
    source = np.random.default_rng(chance.getrandbits(64))
    drawn: dict[tuple[tuple[int, int], ...], Floats] = {}
    for content in melody.bar_contents():
        if content not in drawn:
            drawn[content] = DARING * source.random((places, CHORDS))
    return np.concatenate([drawn[content] for content in melody.bar_contents()])


def _best_way(metre: Metre, start: Floats, scores: Floats, steps: Floats) -> list[int]:
    """The way with the highest sum of its start (C,), further scores (T - 1, C) and steps (P, C, C) (Viterbi 1967)."""
    first, places = first_place(metre), metre.steps_per_bar // steps_per_chord(metre)
    # Laid out so that all sources of a chord lie side by side, which halves the time.
    sources_of = np.ascontiguousarray(steps[first : first + places].transpose(0, 2, 1))
    best = start
    came_from = np.zeros(scores.shape, dtype=np.int64)
    for number, here in enumerate(scores):
        ways = sources_of[(number + 1) % places] + best
        came_from[number] = ways.argmax(axis=1)
        best = ways[np.arange(CHORDS), came_from[number]] + here
    way = [int(best.argmax())]
    for sources in came_from[::-1]:
        way.append(int(sources[way[-1]]))
    return way[::-1]


def _chords(melody: Melody, way: list[int]) -> Iterator[Chord]:
    """The way as chords, those that go on within a bar joined."""
    stretch = steps_per_chord(melody.metre)
    bar = melody.metre.steps_per_bar
    start = 0
    for number, state in enumerate(way):
        end = (number + 1) * stretch
        if end % bar == 0 or way[number + 1] != state:
            yield Chord((melody.tonic + state) % 12, QUALITIES[state // 12], start, end - start)
            start = end
