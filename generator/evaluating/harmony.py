"""How often chords are the ones that the composer put under the melody, and how well they carry its strong beats."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.arranging.harmony import harmonised
from generator.arranging.palette import Palette
from generator.chords import Harmony, Quality
from generator.melody.melody import Melody, Mode
from generator.training.analysing import ChordName
from generator.training.songs import HarmonisedSong

Guess = Callable[[HarmonisedSong], Sequence[ChordName]]
"""A chord for each beat of a song, from its melody alone."""

RESAMPLINGS = 2000


@dataclass(frozen=True)
class Agreement:
    """The share of the beats, 0..1, on which a chord is the composer's.

    Attributes:
        root: in its root.
        triad: in its root and its triad, sevenths left aside.
        quality: in its root and its quality.
        beats: that were judged.
        root_by_song: (N,) the first of each song that has any such beat.
    """

    root: float
    triad: float
    quality: float
    beats: int
    root_by_song: npt.NDArray[np.float64]


def agreement(songs: Iterable[HarmonisedSong], guess: Guess) -> Agreement:
    """How far `guess` agrees with the composers, over all beats that have a chord in bars where the voice sounds."""
    hits = []
    for song in songs:
        judged = _judged_beats(song)
        guessed = guess(song)
        pairs = [(chord, guessed[beat]) for beat in judged if (chord := song.beats[beat]) is not None]
        if pairs:
            hits.append([_hits(chord, other) for chord, other in pairs])
    root, triad, quality = np.concatenate(hits).mean(axis=0).tolist()
    by_song = np.array([np.mean([root for root, _, _ in song]) for song in hits])
    return Agreement(root, triad, quality, sum(map(len, hits)), by_song)


def lead(one: Agreement, other: Agreement) -> tuple[float, float]:
    """The 95 % interval of the mean over songs by which `one` agrees more in the root: a bootstrap over songs."""
    differences = one.root_by_song - other.root_by_song
    chance = np.random.default_rng(0)
    means = chance.choice(differences, (RESAMPLINGS, len(differences))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def by_harmony(palettes: dict[Mode, Palette] | None = None) -> Guess:
    """The likeliest chords as learned, in no mood; with the palettes that ship, if none are named."""

    def guess(song: HarmonisedSong) -> list[ChordName]:
        harmony = harmonised(song.melody, palette=palettes[song.melody.mode] if palettes else None)
        return _by_beat(harmony, song.melody)

    return guess


def by_beat_of_three(song: HarmonisedSong) -> list[ChordName]:
    """The baseline: on each beat the one of I, IV and V that holds most of what sounds in it.

    Of equal ones it is the chord before, then I, then V. In minor these are the minor tonic and subdominant, and V.
    """
    melody, beat = song.melody, song.melody.metre.steps_per_beat
    third = Quality.MAJOR if melody.mode is Mode.MAJOR else Quality.MINOR
    three = [(0, third), (7, Quality.MAJOR), (5, third)]
    weights = np.zeros((melody.steps // beat, 12))
    for note in melody.notes:
        for step in range(note.onset, note.end):
            weights[step // beat, (note.pitch - melody.tonic) % 12] += 1
    guessed: list[ChordName] = []
    chosen = three[0]
    for sounding in weights:
        held = {name: sum(sounding[(name[0] + up) % 12] for up in name[1].intervals) for name in three}
        if held[chosen] < max(held.values()):
            chosen = max(three, key=lambda name: held[name])
        guessed.append(((melody.tonic + chosen[0]) % 12, chosen[1]))
    return guessed


def tonic_throughout(song: HarmonisedSong) -> list[ChordName]:
    """The tonic's triad on every beat: what agrees without any thought."""
    melody = song.melody
    third = Quality.MAJOR if melody.mode is Mode.MAJOR else Quality.MINOR
    return [(melody.tonic, third)] * (melody.steps // melody.metre.steps_per_beat)


def strong_beats(pairs: Iterable[tuple[Melody, Harmony]]) -> float:
    """The share, 0..1, of the notes that begin on a strong beat which belong to the chord there."""
    held = [
        note.pitch % 12 in harmony.at(note.onset).pitch_classes
        for melody, harmony in pairs
        for note in melody.notes
        if melody.metre.is_strong(note.onset)
    ]
    return sum(held) / len(held)


def _judged_beats(song: HarmonisedSong) -> list[int]:
    """The beats of the bars in which the voice sounds."""
    bar, beat = song.melody.metre.steps_per_bar, song.melody.metre.steps_per_beat
    sung = {step // bar for note in song.melody.notes for step in range(note.onset, note.end)}
    return [number for number in range(len(song.beats)) if number * beat // bar in sung]


def _hits(chord: ChordName, other: ChordName) -> tuple[bool, bool, bool]:
    root = chord[0] == other[0]
    return root, root and chord[1].triad is other[1].triad, root and chord[1] is other[1]


def _by_beat(harmony: Harmony, melody: Melody) -> list[ChordName]:
    beat = melody.metre.steps_per_beat
    names: list[ChordName] = []
    for number in range(melody.steps // beat):
        chord = harmony.at(number * beat)
        names.append((chord.root, chord.quality))
    return names
