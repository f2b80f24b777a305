"""Learning what chords people put under melodies: counting, and leaning on what is alike where little was counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from generator.chords import steps_per_chord
from generator.harmonies import (
    LEARNED_QUALITIES,
    MODES,
    PLACES,
    STATES,
    ChordHabits,
    first_place,
    notes_by_chord,
    state_of,
)
from generator.melody.melody import Melody
from generator.training.songs import HarmonisedSong

LEANING_MOVES = 60.0
LEANING_STAYS = 10.0
LEANING_NOTES = 20.0
LEANING_ENDS = 20.0
"""How many observations what is leant on counts as: chords, chords, bars' worth of notes, phrases."""
EVERYWHERE = 0.5
"""Observations spread over all that is possible, so that nothing is impossible."""
SHARE_BY_CHORD = 0.7
"""What a chord seldom counted leans on for its notes: the share of those over its quality, beside the mode's."""

Table = npt.NDArray[np.float64]
_QUALITIES = len(LEARNED_QUALITIES)


@dataclass
class _Counts:
    common: Table = field(default_factory=lambda: np.zeros((len(MODES), STATES)))
    moving: Table = field(default_factory=lambda: np.zeros((len(MODES), STATES, STATES)))
    staying: Table = field(default_factory=lambda: np.zeros((len(MODES), len(PLACES), STATES)))
    leaving: Table = field(default_factory=lambda: np.zeros((len(MODES), len(PLACES), STATES)))
    sounding: Table = field(default_factory=lambda: np.zeros((len(MODES), STATES, 2, 12)))
    phrase_ends: Table = field(default_factory=lambda: np.zeros((len(MODES), STATES)))
    opens: Table = field(default_factory=lambda: np.zeros((len(MODES), STATES)))
    inversions: Table = field(default_factory=lambda: np.zeros((len(MODES), STATES, 4)))

    def add(self, song: HarmonisedSong) -> None:
        melody = song.melody
        mode, stretch = MODES.index(melody.mode), steps_per_chord(melody.metre)
        first, places = first_place(melody.metre), melody.metre.steps_per_bar // stretch
        states = [None if name is None else state_of((name[0] - melody.tonic) % 12, name[1]) for name in song.chords]
        for state in states:
            if state is not None:
                self.common[mode, state] += 1
        for number, (before, after) in enumerate(pairwise(states), start=1):
            if before is None or after is None:
                continue
            place = first + number % places
            if before == after:
                self.staying[mode, place, before] += 1
            else:
                self.leaving[mode, place, before] += 1
                self.moving[mode, before, after] += 1
        for number, role, degree, share in notes_by_chord(melody):
            if (state := states[number]) is not None:
                self.sounding[mode, state, role, degree] += share
        for number in _ends_of_phrases(melody):
            if (state := states[number]) is not None:
                self.phrase_ends[mode, state] += 1
        for name, state, bass in zip(song.chords, states, song.basses, strict=True):
            if name is not None and state is not None and bass is not None:
                above = (bass - name[0]) % 12
                if above in name[1].intervals:
                    self.inversions[mode, state, name[1].intervals.index(above)] += 1
        opening = states[places if melody.notes[0].onset else 0]
        if opening is not None:
            self.opens[mode, opening] += 1


def learn_habits(songs: Iterable[HarmonisedSong]) -> ChordHabits:
    """The habits of the composers of `songs`, each probability leaning on coarser ones where little was counted."""
    counts = _Counts()
    for song in songs:
        counts.add(song)
    common = _shares(counts.common + EVERYWHERE * _shares(counts.common.sum(axis=0) + 1 / STATES))
    return ChordHabits(
        **{
            name: np.asarray(table, dtype=np.float32)
            for name, table in {
                "common": common,
                "moving": _moving(counts.moving),
                "staying": _staying(counts.staying, counts.leaving),
                "sounding": _sounding(counts.sounding),
                "phrase_ends": _shares(counts.phrase_ends + LEANING_ENDS * common),
                "opens": _shares(counts.opens + LEANING_ENDS * common),
                "inversions": _inversions(counts.inversions),
            }.items()
        }
    )


def _ends_of_phrases(melody: Melody) -> list[int]:
    """The stretches in which a note dies away before a rest of at least a beat, or before the end."""
    stretch = steps_per_chord(melody.metre)
    ends = [
        note.end
        for note, following in pairwise(melody.notes)
        if following.onset - note.end >= melody.metre.steps_per_beat
    ]
    return [(end - 1) // stretch for end in [*ends, melody.notes[-1].end]]


def _moving(counts: Table) -> Table:
    """Leaning on how often each chord is come to in the mode, and on the interval of the roots in either mode."""
    arrivals = _shares(counts.sum(axis=1) + EVERYWHERE)
    by_interval = np.zeros((_QUALITIES, _QUALITIES, 12))
    for before in range(STATES):
        for after in range(STATES):
            interval = (after - before) % 12
            by_interval[before // 12, after // 12, interval] += counts[:, before, after].sum()
    by_interval += EVERYWHERE / 12
    leant = np.empty_like(counts)
    states = np.arange(STATES)
    for before in range(STATES):
        leant[:, before] = by_interval[before // 12, states // 12, (states - before) % 12]
        leant[:, before, before] = 0
        leant[:, before] = _shares(leant[:, before]) + arrivals
        leant[:, before, before] = 0
    return _shares(counts + LEANING_MOVES * _shares(leant))


def _staying(stays: Table, leaves: Table) -> Table:
    """Leaning on how often any chord goes on at that place in either mode, or at any place if it was never seen."""
    whole = (stays.sum() + 1) / (stays.sum() + leaves.sum() + 2)
    seen = (stays + leaves).sum(axis=(0, 2), keepdims=True)
    by_place = (stays.sum(axis=(0, 2), keepdims=True) + whole) / (seen + 1)
    return np.asarray((stays + LEANING_STAYS * by_place) / (stays + leaves + LEANING_STAYS))


def _sounding(counts: Table) -> Table:
    """Leaning on the notes over that quality whatever its root, and on the notes of the mode."""
    of_mode = _shares(counts.sum(axis=(1, 2)) + EVERYWHERE)
    by_quality = np.zeros((_QUALITIES, 2, 12))
    for state in range(STATES):
        by_quality[state // 12] += np.roll(counts[:, state].sum(axis=0), -(state % 12), axis=-1)
    by_quality = _shares(by_quality + EVERYWHERE)
    leant = np.empty_like(counts)
    for state in range(STATES):
        over_root = np.roll(by_quality[state // 12], state % 12, axis=-1)
        leant[:, state] = SHARE_BY_CHORD * over_root + (1 - SHARE_BY_CHORD) * of_mode[:, None]
    return _shares(counts + LEANING_NOTES * leant)


def _inversions(counts: Table) -> Table:
    """Leaning on the inversions of that quality in either mode; a triad has none with its seventh in the bass."""
    possible = np.zeros((STATES, 4))
    for state in range(STATES):
        possible[state, : len(LEARNED_QUALITIES[state // 12].intervals)] = EVERYWHERE
    by_quality = (counts.sum(axis=0) + possible).reshape(_QUALITIES, 12, 4).sum(axis=1)
    return _shares(counts + LEANING_ENDS * np.repeat(_shares(by_quality), 12, axis=0))


def _shares(counts: Table) -> Table:
    """Along the last axis, as shares of 1."""
    return np.asarray(counts / counts.sum(axis=-1, keepdims=True))


def summary(songs: Sequence[HarmonisedSong]) -> dict[str, Any]:
    """How much there was to learn from."""
    named = sum(name is not None for song in songs for name in song.chords)
    return {"songs": len(songs), "chords": named, "stretches": sum(len(song.chords) for song in songs)}
