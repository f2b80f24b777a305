"""What was measured of the moods as the section of a document, in Markdown, and as lines for a terminal."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from generator.evaluating.moods import ALL_SHOWN, MeasuredAttribute, MeasuredMoods, Middle
from generator.evaluating.report import UNKNOWN, WIDTH
from generator.evaluating.survey import FIFTHS, NEUTRAL_MOOD, QUADRANT_MOODS
from generator.evaluating.telling_apart import Telling
from generator.mood import MOODS

MARK = "moods"
FEWEST_HITS = 0.95
LEAST_CORRELATION = 0.9
LEAST_TOLD = 0.51
"""Of four moods; chance is 0.25."""
HONOURED = 0.7
"""A rank correlation from which on an attribute counts as honoured."""


@dataclass(frozen=True)
class Goal:
    """A figure that was aimed at: what it is, what was measured and from which number on it is reached."""

    what: str
    measured: float
    least: float

    @property
    def reached(self) -> bool:
        return round(self.measured, 4) >= self.least


def goals(measured: MeasuredMoods) -> list[Goal]:
    """All that was aimed at."""
    steps = measured.steps.items()
    return [
        *(Goal(f"{mood}: share in the asked quadrant", of.hits_at_fifths, FEWEST_HITS) for mood, of in steps),
        *(Goal(f"{mood}: Spearman of intensity and way", of.correlation, LEAST_CORRELATION) for mood, of in steps),
        Goal("four moods told apart by their notes", measured.telling[ALL_SHOWN].accuracy, LEAST_TOLD),
    ]


def lines(measured: MeasuredMoods) -> Iterator[dict[str, Any]]:
    """What a terminal shows."""
    for goal in goals(measured):
        yield {"goal": goal.what, "least": goal.least, "measured": round(goal.measured, 4), "reached": goal.reached}
    for mood, steps in measured.steps.items():
        yield {
            "mood": mood,
            "median_way": {f"{step:g}": round(way, 3) for step, way in steps.way.items()},
            "rises": steps.rises,
            "spearman_of_medians": _number(steps.medians_correlation),
        }
    for shown, telling in measured.telling.items():
        yield {"told_apart_by": shown, "accuracy": round(telling.accuracy, 4)}
    for name, control in measured.control.items():
        yield {"attribute": name, "spearman": _number(control.correlation)}
    for count, candidates in measured.candidates.items():
        yield {
            "candidates": count,
            "distance": round(candidates.distance, 4),
            "seconds": round(candidates.seconds, 2),
        }


def section(measured: MeasuredMoods, plot: str) -> str:
    """The section in Markdown; `plot` is the address of the picture of asked against measured."""
    survey = measured.survey
    parts = [
        _prose(
            f"Measured on what `{measured.checkpoint}` composed: {survey.count} melodies of {survey.seconds:g} s for "
            f"each mood at intensity {survey.intensity:g}, each the best of {survey.candidates} candidates, as served."
        ),
        "### What was aimed at",
        _table(
            ("", "goal", "measured", ""),
            [
                (goal.what, f"≥ {goal.least:g}", f"{goal.measured:.3f}", "reached" if goal.reached else "**missed**")
                for goal in goals(measured)
            ],
        ),
        "### Mood by mood",
        f"![What the moods ask of the notes against what was composed]({plot})",
        _prose(
            "*Standing* is where an attribute stands among the training tunes: -1 below all, 0 in their middle, 1 "
            "above all. *Value* is the same in the attribute's own unit. What was composed is given as its median, "
            "with the middle 80 % in brackets. An attribute without a wish is left to the network."
        ),
        _overview(measured),
        *(part for mood in measured.moods for part in (f"#### {mood}", _mood(measured, mood))),
        "### By intensity",
        *_by_intensity(measured),
        "### Told apart by the notes alone",
        *_told_apart(measured),
        "### One attribute at a time",
        *_control(measured),
        "### Candidates",
        *_candidates(measured),
    ]
    return "\n\n".join(parts)


def _overview(measured: MeasuredMoods) -> str:
    rows = []
    for name, figures in measured.moods.items():
        mood = MOODS[name]
        asked = [of for of in figures.attributes.values() if of.asked is not None]
        gap = fmean(abs(of.standing.median - (of.asked or 0.0)) for of in asked)
        rows.append(
            (
                name,
                f"{mood.valence:+.2f}",
                f"{mood.arousal:+.2f}",
                mood.mode.value,
                f"{figures.hits:.1%}",
                f"{gap:.2f}",
            )
        )
    head = ("mood", "valence", "arousal", "mode", "in its quadrant", "mean gap")
    note = "*Mean gap*: between asked and median standing, over the attributes asked for."
    return f"{_table(head, rows)}\n\n{note}"


def _mood(measured: MeasuredMoods, mood: str) -> str:
    head = ("attribute", "standing asked", "standing composed", "value asked", "value composed")
    return _table(head, [_attribute(name, of) for name, of in measured.moods[mood].attributes.items()])


def _attribute(name: str, of: MeasuredAttribute) -> tuple[str, ...]:
    return (
        _words(name),
        UNKNOWN if of.asked is None else f"{of.asked:+.2f}",
        _middle(of.standing, "+.2f"),
        UNKNOWN if of.asked_value is None else f"{of.asked_value:.3g}",
        _middle(of.value, ".3g"),
    )


def _by_intensity(measured: MeasuredMoods) -> list[str]:
    survey, moods = measured.survey, measured.steps
    head = ("mood", *(f"{step:g}" for step in survey.steps))
    judged = ", ".join(f"{step:g}" for step in FIFTHS)
    return [
        _prose(
            f"Melodies for each mood and intensity: {survey.step_seeds}. The share that lies in the mood's quadrant "
            "by its notes; the sign of the valence is nearly always that of the mode, which is asked for, so that the "
            f"arousal decides. The goal is set for {judged} together."
        ),
        _table(head, [(mood, *(f"{share:.0%}" for share in of.hits.values())) for mood, of in moods.items()]),
        _prose(
            "The median way from neutral (0) to the mood's full character (1): the standing of the notes, projected "
            "on what the mood asks for."
        ),
        _table(
            (*head, "rises throughout", "Spearman of the medians"),
            [
                (
                    mood,
                    *(f"{way:.2f}" for way in of.way.values()),
                    "yes" if of.rises else "**no**",
                    _correlation(of.medians_correlation),
                )
                for mood, of in moods.items()
            ],
        ),
    ]


def _told_apart(measured: MeasuredMoods) -> list[str]:
    parts = [
        _prose(
            "A judge (logistic regression) learns the features and attributes of some melodies of each mood and names "
            "the mood of others. It is shown the notes in the common key C, and neither tempo nor loudness."
        ),
        _table(
            ("the judge is shown", "moods", "right", "by chance"),
            [
                (shown, str(len(telling.moods)), f"{telling.accuracy:.1%}", f"{1 / len(telling.moods):.1%}")
                for shown, telling in measured.telling.items()
            ],
        ),
    ]
    for shown, telling in measured.telling.items():
        if len(telling.moods) == len(QUADRANT_MOODS):
            parts += [f"Asked (rows) and heard (columns), {shown}:", _confusion(telling)]
    return parts


def _confusion(telling: Telling) -> str:
    return _table(
        ("", *telling.moods),
        [(mood, *(f"{count}" for count in row)) for mood, row in zip(telling.moods, telling.confusion, strict=True)],
    )


def _control(measured: MeasuredMoods) -> list[str]:
    survey = measured.survey
    ordered = sorted(measured.control.items(), key=lambda pair: -_or_none(pair[1].correlation))
    honoured = sum(_or_none(found.correlation) >= HONOURED for _, found in ordered)
    return [
        _prose(
            f"Each attribute asked for by itself, mood {NEUTRAL_MOOD}, melodies for each level: {survey.level_seeds}. "
            "Asked is the share of the training tunes that are to have less of it, below it the median share that "
            "have. Many tunes have no rests, syncopation, chromatic notes or dissonant intervals at all; low levels "
            "of these ask for the same and count as one. "
            f"{honoured} of {len(ordered)} reach a rank correlation of {HONOURED:g}."
        ),
        _table(
            ("attribute", "Spearman", *(f"asked {level:.0%}" for level in survey.levels)),
            [
                (_words(name), _correlation(found.correlation), *(f"{share:.0%}" for share in found.reached.values()))
                for name, found in ordered
            ],
        ),
    ]


def _candidates(measured: MeasuredMoods) -> list[str]:
    return [
        _prose(
            f"The moods of the four quadrants, melodies for each: {measured.survey.count_seeds}. Distance: from what "
            "was asked of the notes, in standing, smaller is nearer. Seconds: to compose one, on the machine that "
            "measured, beside its other work."
        ),
        _table(
            ("best of", "mean distance", "median seconds"),
            [(str(count), f"{of.distance:.3f}", f"{of.seconds:.2f}") for count, of in measured.candidates.items()],
        ),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ("---", *("---:" for _ in head[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def _prose(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)


def _middle(of: Middle, form: str) -> str:
    return f"{of.median:{form}} ({of.low:{form}} to {of.high:{form}})"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _correlation(value: float) -> str:
    return UNKNOWN if math.isnan(value) else f"{value:.2f}"


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def _or_none(value: float) -> float:
    """The correlation, none (0) where there is nothing to correlate."""
    return 0.0 if math.isnan(value) else value
