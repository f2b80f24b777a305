"""A score as the few numbers by which listeners tell moods apart: mode, tempo, register, dynamics, articulation."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from generator.evaluating.view import Floats
from generator.score import PlayedNote, Score

FEATURES = (
    "mode", "tempo", "notes a second", "register", "velocity", "spread of velocity", "articulation", "parts playing",
)  # fmt: skip
"""The six cues of Eerola, Friberg & Bresin (2013, doi 10.3389/fpsyg.2013.00487) but timbre, which the style chooses
here, with how many notes and parts there are."""


def score_features(score: Score) -> Floats:
    """Shape (len(FEATURES),): 1 for major, quarters a minute, notes a second of all parts, mean MIDI pitch of what is
    no drum, mean and standard deviation of MIDI velocity, the share of the time between the melody's onsets in which
    it sounds, and how many parts have a note in a second, on average.

    Raises:
        ValueError: the score has no note, or its melody, the first part, fewer than two.
    """
    notes = [note for part in score.parts for note in part.notes]
    pitches = [note.pitch for part in score.parts if not part.drums for note in part.notes]
    if not pitches or len(score.parts[0].notes) < 2:
        raise ValueError("a score without a melody has no features")
    velocities = np.array([note.velocity for note in notes], dtype=float)
    return np.array(
        [
            float(score.key.endswith("major")),
            score.tempo,
            len(notes) / score.seconds,
            float(np.mean(pitches)),
            float(velocities.mean()),
            float(velocities.std()),
            articulation(score.parts[0].notes),
            _parts_playing(score),
        ]
    )


def articulation(notes: Sequence[PlayedNote]) -> float:
    """The share, 0..1, of the time from each onset to the next in which the note sounds; of at least two notes."""
    gaps = [(following.start - note.start, note.end - note.start) for note, following in pairwise(notes)]
    whole = sum(gap for gap, _ in gaps)
    return sum(min(gap, length) for gap, length in gaps) / whole if whole else 1.0


def _parts_playing(score: Score) -> float:
    seconds = max(1, int(score.seconds))
    playing = np.zeros((len(score.parts), seconds), dtype=bool)
    for number, part in enumerate(score.parts):
        for note in part.notes:
            playing[number, int(note.start) : int(note.end) + 1] = True
    return float(playing.sum(axis=0).mean())
