"""Arrangements measured on their scores: moods told apart, intensity heard, and one seed unlike the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from sklearn.model_selection import LeaveOneGroupOut
from sklearn.preprocessing import StandardScaler

from generator.evaluating.accompanying import ASPECTS, DIFFERS_FROM, Accompaniment, pairwise_distances
from generator.evaluating.composed import Shelf
from generator.evaluating.moods import rank_correlation
from generator.evaluating.pieces import Piece, request_of, score_of_piece
from generator.evaluating.progress import Told, silent
from generator.evaluating.score_features import score_features
from generator.evaluating.survey import QUADRANT_MOODS
from generator.evaluating.view import Floats
from generator.request import Request
from generator.styles import STYLES

NEUTRAL = 0.0


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes:
        seeds: melodies of each mood that are told apart, two at least.
        seconds: length of these and of those at growing intensity.
        steps: intensities that are compared with neutral.
        step_seeds: melodies of each mood at each of them, two at least.
        arrangements: seeds by which one melody of each mood is arranged, two at least.
        arranged_seconds: its length.
    """

    seeds: int = 16
    seconds: float = 20.0
    steps: tuple[float, ...] = (0.2, 0.4, 0.6, 0.8, 1.0)
    step_seeds: int = 6
    arrangements: int = 10
    arranged_seconds: float = 30.0

    @property
    def told_apart(self) -> list[Request]:
        return [request_of(mood, self.seconds, seed) for mood in QUADRANT_MOODS for seed in range(self.seeds)]

    def stepping(self, mood: str) -> list[Request]:
        """Neutral and every step, each with every seed."""
        return [
            request_of(mood, self.seconds, seed, step)
            for step in (NEUTRAL, *self.steps)
            for seed in range(self.step_seeds)
        ]

    @property
    def requests(self) -> list[Request]:
        """All melodies that are needed, each once."""
        stepping = [request for mood in QUADRANT_MOODS for request in self.stepping(mood)]
        arranged = [request_of(mood, self.arranged_seconds, 0) for mood in QUADRANT_MOODS]
        found: list[Request] = []
        for request in (*self.told_apart, *stepping, *arranged):
            if request not in found:
                found.append(request)
        return found


@dataclass(frozen=True)
class Variety:
    """How unlike accompaniments are: by aspect the mean distance of pairs and the share of pairs that differ, 0..1."""

    distance: Mapping[str, float]
    differing: Mapping[str, float]

    @classmethod
    def of(cls, distances: Sequence[Mapping[str, float]]) -> "Variety":
        """Of at least one pair."""
        return cls(
            {aspect: fmean(pair[aspect] for pair in distances) for aspect in ASPECTS},
            {aspect: fmean(pair[aspect] >= DIFFERS_FROM for pair in distances) for aspect in ASPECTS},
        )


@dataclass(frozen=True)
class MeasuredStyle:
    """What was measured of a style.

    Attributes:
        told_apart: share of the pieces put under their own mood by those of other seeds, 0..1; by chance a quarter.
        intensity: Spearman's rank correlation of the intensity and the distance from neutral, by mood.
        variety: of one melody arranged by many seeds, pairs of all moods; None where nobody accompanies.
    """

    told_apart: float
    intensity: Mapping[str, float]
    variety: Variety | None


@dataclass(frozen=True)
class MeasuredArrangements:
    """All that was measured, by style; `between` is the variety of one melody and one seed in different styles."""

    size: Size
    styles: Mapping[str, MeasuredStyle]
    between: Variety | None


def measure(
    shelf: Shelf, size: Size, styles: Sequence[str] = tuple(STYLES), progress: Told = silent
) -> MeasuredArrangements:
    """Measure styles from the melodies on the shelf, which must hold all of `size.requests`."""
    found = {}
    accompaniments: dict[str, dict[str, list[Accompaniment]]] = {}
    for number, style in enumerate(styles, 1):
        accompaniments[style] = _accompaniments(style, shelf, size)
        pairs = [pair for by_seed in accompaniments[style].values() for pair in pairwise_distances(by_seed)]
        found[style] = MeasuredStyle(
            told_apart(_table(style, size.told_apart, shelf), size.told_apart),
            {mood: _intensity(style, mood, shelf, size) for mood in QUADRANT_MOODS},
            Variety.of(pairs) if STYLES[style].players else None,
        )
        progress(number / len(styles))
    playing = [by_mood for style, by_mood in accompaniments.items() if STYLES[style].players]
    across = [
        pair
        for mood in QUADRANT_MOODS
        for seed in range(size.arrangements)
        for pair in pairwise_distances([by_mood[mood][seed] for by_mood in playing])
    ]
    return MeasuredArrangements(size, found, Variety.of(across) if across else None)


def told_apart(table: Floats, requests: Sequence[Request]) -> float:
    """The share, 0..1, of pieces whose mood the nearest centroid of the other seeds names.

    Args:
        table: (pieces, features).
        requests: of each piece, from two seeds and two moods at least.
    """
    moods = np.array([request.mood.name for request in requests])
    names, seeds = np.unique(moods), [request.seed for request in requests]
    right = np.zeros(len(moods), dtype=bool)
    for learned, tested in LeaveOneGroupOut().split(table, moods, seeds):
        scale = StandardScaler().fit(table[learned])
        known, asked = scale.transform(table[learned]), scale.transform(table[tested])
        centroids = np.array([known[moods[learned] == name].mean(axis=0) for name in names])
        nearest = np.linalg.norm(asked[:, None] - centroids, axis=2).argmin(axis=1)
        right[tested] = names[nearest] == moods[tested]
    return float(right.mean())


def _table(style: str, requests: Iterable[Request], shelf: Shelf) -> Floats:
    return np.array([score_features(score_of_piece(Piece(style, request), shelf)) for request in requests])


def _intensity(style: str, mood: str, shelf: Shelf, size: Size) -> float:
    """Distances are of standardised features, each piece's from the middle of the neutral ones."""
    requests = size.stepping(mood)
    table = _table(style, requests, shelf)
    spread = table.std(axis=0)
    table = table[:, spread > 0] / spread[spread > 0]
    steps = np.array([request.intensity for request in requests])
    neutral = table[steps == NEUTRAL].mean(axis=0)
    distances = np.linalg.norm(table - neutral, axis=1)
    judged = steps != NEUTRAL
    return rank_correlation(steps[judged].tolist(), distances[judged].tolist())


def _accompaniments(style: str, shelf: Shelf, size: Size) -> dict[str, list[Accompaniment]]:
    """By mood, one melody arranged by each seed."""
    return {
        mood: [
            Accompaniment.of(
                score_of_piece(Piece(style, request_of(mood, size.arranged_seconds, 0)), shelf, seed), STYLES[style]
            )
            for seed in range(size.arrangements)
        ]
        for mood in QUADRANT_MOODS
    }
