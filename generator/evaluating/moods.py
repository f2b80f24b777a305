"""What the moods ask of the notes and what comes out: by mood, by intensity, by single attribute, by candidates."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median

import numpy as np
from scipy.stats import spearmanr

from generator.character import character, way_from_neutral
from generator.evaluating.composed import Composed, Shelf, compose_missing
from generator.evaluating.progress import Told, silent
from generator.evaluating.survey import FIFTHS, QUADRANT_MOODS, Survey
from generator.evaluating.telling_apart import REGISTER_AND_MODE, Telling, tell_apart
from generator.melody.attributes import ATTRIBUTE_NAMES, AttributeScale, measure
from generator.melody.emotion import place_on_plane
from generator.melody.melody import Melody, Mode
from generator.mood import MOODS, Mood
from generator.networks.checkpoint import Checkpoint

MIDDLE = (0.1, 0.5, 0.9)
"""The borders of the middle 80 %, and the median between them."""


@dataclass(frozen=True)
class Middle:
    """Where the middle 80 % of some numbers lie.

    Attributes:
        low: a tenth of them lie below.
        median: half of them do.
        high: nine tenths do.
    """

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Middle":
        """The middle of at least one number."""
        return cls(*(float(border) for border in np.quantile(numbers, MIDDLE)))


@dataclass(frozen=True)
class MeasuredAttribute:
    """An attribute in the melodies of a mood.

    Attributes:
        asked: where it is to stand among the training tunes', -1..1; None if it is left free.
        asked_value: the same in the attribute's own unit.
        standing: where it stands.
        value: what it measures.
    """

    asked: float | None
    asked_value: float | None
    standing: Middle
    value: Middle


@dataclass(frozen=True)
class MeasuredMood:
    """The melodies of a mood.

    Attributes:
        attributes: all of them, by name.
        hits: share of the melodies that lie in the mood's quadrant, 0..1.
        distance: mean distance from what was asked.
    """

    attributes: dict[str, MeasuredAttribute]
    hits: float
    distance: float


@dataclass(frozen=True)
class MeasuredSteps:
    """A mood at growing intensity.

    Attributes:
        hits: share of the melodies that lie in the mood's quadrant, 0..1, by intensity.
        way: the median way from neutral towards the mood's character, by intensity.
        correlation: Spearman's, of the intensity and the way, over all melodies at the fifths.
        medians_correlation: of the intensities and the median ways.
    """

    hits: dict[float, float]
    way: dict[float, float]
    correlation: float
    medians_correlation: float

    @property
    def rises(self) -> bool:
        """Whether each median way is farther than the one before."""
        return all(before < after for before, after in pairwise(self.way.values()))

    @property
    def hits_at_fifths(self) -> float:
        """The mean of the hits at the intensities that are judged."""
        return fmean(share for step, share in self.hits.items() if step in FIFTHS)


@dataclass(frozen=True)
class MeasuredControl:
    """An attribute that was asked for by itself.

    Attributes:
        correlation: Spearman's, of the value asked for and the one measured; nan if all measure alike.
        reached: the median share of the training tunes that have less of it, 0..1, by the share asked for.
    """

    correlation: float
    reached: dict[float, float]


@dataclass(frozen=True)
class MeasuredCandidates:
    """The best of so many candidates: its mean distance from what was asked, and median seconds it took."""

    distance: float
    seconds: float


@dataclass(frozen=True)
class MeasuredMoods:
    """All that was measured of a checkpoint's melodies.

    Attributes:
        checkpoint: identity of the weights.
        moods, steps: by the mood's name.
        telling: of the moods of the four quadrants by what the judge was shown, and then of all.
        control: by the attribute's name.
        candidates: by their number.
    """

    checkpoint: str
    survey: Survey
    moods: dict[str, MeasuredMood]
    steps: dict[str, MeasuredSteps]
    telling: dict[str, Telling]
    control: dict[str, MeasuredControl]
    candidates: dict[int, MeasuredCandidates]


ALL_SHOWN = "all features and attributes"
SOME_SHOWN = "all but register and mode"
SIXTEEN = "all features and attributes, all sixteen moods"


def measure_moods(
    checkpoint: Checkpoint, path: Path, survey: Survey, folder: Path, *, workers: int = 1, progress: Told = silent
) -> MeasuredMoods:
    """Compose what `folder` does not keep yet, and measure all of it; `path` is where the checkpoint lies.

    Raises:
        IndexRefused, NothingComposed: the checkpoint is no composer's.
    """
    shelf = Shelf(folder / f"{checkpoint.identity}.jsonl")
    compose_missing(survey.requests, path, shelf, workers=workers, progress=progress)
    scale = checkpoint.scale
    return MeasuredMoods(
        checkpoint=checkpoint.identity,
        survey=survey,
        moods={name: _mood(MOODS[name], survey, shelf, scale) for name in MOODS},
        steps={name: _steps(MOODS[name], survey, shelf, scale) for name in QUADRANT_MOODS},
        telling={
            ALL_SHOWN: _telling(QUADRANT_MOODS, survey, shelf),
            SOME_SHOWN: _telling(QUADRANT_MOODS, survey, shelf, REGISTER_AND_MODE),
            SIXTEEN: _telling(tuple(MOODS), survey, shelf),
        },
        control={name: _control(name, survey, shelf, scale) for name in ATTRIBUTE_NAMES},
        candidates={
            count: _candidates([shelf[request] for request in survey.best_of(count)]) for count in survey.counts
        },
    )


def in_quadrant(standing: Mapping[str, float], mode: Mode, mood: Mood) -> bool:
    """Whether the notes of a melody put it on the mood's side of neutral in valence and in arousal."""
    valence, arousal = place_on_plane(standing, mode)
    return valence * mood.valence > 0 and arousal * mood.arousal > 0


def rank_correlation(asked: Sequence[float], measured: Sequence[float]) -> float:
    """Spearman's rank correlation, -1..1; nan where one of the two does not vary."""
    if len(set(asked)) < 2 or len(set(measured)) < 2:
        return float("nan")
    return float(spearmanr(asked, measured).statistic)


def _mood(mood: Mood, survey: Survey, shelf: Shelf, scale: AttributeScale) -> MeasuredMood:
    composed = [shelf[request] for request in survey.of_mood(mood.name)]
    standings = [scale.place(one.melody) for one in composed]
    values = [asdict(measure(one.melody)) for one in composed]
    asked = character(mood, survey.intensity)
    attributes = {
        name: MeasuredAttribute(
            asked.get(name),
            scale.value(name, asked[name]) if name in asked else None,
            Middle.of([standing[name] for standing in standings]),
            Middle.of([value[name] for value in values]),
        )
        for name in ATTRIBUTE_NAMES
    }
    return MeasuredMood(attributes, _hits(composed, mood, scale), fmean(one.distance for one in composed))


def _steps(mood: Mood, survey: Survey, shelf: Shelf, scale: AttributeScale) -> MeasuredSteps:
    composed = {step: [shelf[request] for request in survey.at_step(mood.name, step)] for step in survey.steps}
    ways = {
        step: [way_from_neutral(scale.place(one.melody), mood) for one in melodies]
        for step, melodies in composed.items()
    }
    medians = {step: median(found) for step, found in ways.items()}
    judged = [(step, way) for step, found in ways.items() if step in FIFTHS for way in found]
    return MeasuredSteps(
        hits={step: _hits(melodies, mood, scale) for step, melodies in composed.items()},
        way=medians,
        correlation=rank_correlation([step for step, _ in judged], [way for _, way in judged]),
        medians_correlation=rank_correlation(list(medians), list(medians.values())),
    )


def _hits(composed: Sequence[Composed], mood: Mood, scale: AttributeScale) -> float:
    return fmean(in_quadrant(scale.place(one.melody), one.melody.mode, mood) for one in composed)


def _telling(moods: Sequence[str], survey: Survey, shelf: Shelf, without: Sequence[str] = ()) -> Telling:
    rows: list[tuple[Melody, str, int]] = [
        (shelf[request].melody, mood, request.seed) for mood in moods for request in survey.of_mood(mood)
    ]
    melodies, names, seeds = zip(*rows, strict=True)
    return tell_apart(melodies, names, seeds, without)


def _control(name: str, survey: Survey, shelf: Shelf, scale: AttributeScale) -> MeasuredControl:
    found = {
        level: [(scale.place(shelf[request].melody)[name] + 1) / 2 for request in survey.at_level(name, level)]
        for level in survey.levels
    }
    # Levels that stand for one value, as for none at all of what many tunes have none of, ask for the same.
    pairs = [(scale.value(name, 2 * level - 1), share) for level, shares in found.items() for share in shares]
    return MeasuredControl(
        rank_correlation([value for value, _ in pairs], [share for _, share in pairs]),
        {level: median(shares) for level, shares in found.items()},
    )


def _candidates(composed: Sequence[Composed]) -> MeasuredCandidates:
    return MeasuredCandidates(fmean(one.distance for one in composed), median(one.seconds for one in composed))
