"""What was measured of arrangements, as lines for a terminal and as the section of a page."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.evaluating.accompanying import ASPECTS, DIFFERS_FROM
from generator.evaluating.arrangements import MeasuredArrangements, Variety
from generator.evaluating.report import UNKNOWN, WIDTH
from generator.evaluating.score_features import FEATURES
from generator.evaluating.survey import QUADRANT_MOODS

MARK = "arrangements"
LEAST_TOLD_APART = 0.9
LEAST_CORRELATION = 0.8
LEAST_DIFFERING = 0.5
"""Of the pairs, in an aspect; a style with less is named."""


def lines(measured: MeasuredArrangements) -> Iterator[dict[str, Any]]:
    """What a terminal shows: a line a style, and one between styles."""
    for name, style in measured.styles.items():
        yield {
            "style": name,
            "told_apart": round(style.told_apart, 4),
            "intensity": {mood: round(value, 3) for mood, value in style.intensity.items()},
            **_variety_fields(style.variety),
        }
    if measured.between:
        yield {"between": "styles", **_variety_fields(measured.between)}


def faults(measured: MeasuredArrangements) -> list[str]:
    """What falls short of what is aimed at, in words."""
    found = []
    for name, style in measured.styles.items():
        if style.told_apart < LEAST_TOLD_APART:
            found.append(f"{name}: moods are told apart in {style.told_apart:.0%}, aimed at {LEAST_TOLD_APART:.0%}")
        found += [
            f"{name}, {mood}: intensity and distance correlate by {value:.2f}, aimed at {LEAST_CORRELATION}"
            for mood, value in style.intensity.items()
            # What does not vary has no correlation and counts as short of it.
            if not value >= LEAST_CORRELATION
        ]
        if style.variety:
            found += [
                f"{name}: of two seeds' accompaniments {share:.0%} differ in {aspect}, aimed at {LEAST_DIFFERING:.0%}"
                for aspect, share in style.variety.differing.items()
                if share < LEAST_DIFFERING
            ]
    return found


def section(measured: MeasuredArrangements) -> str:
    """The section in Markdown."""
    size = measured.size
    short = faults(measured)
    return "\n\n".join(
        [
            "### Moods, told apart by the score",
            _prose(
                f"{size.seeds} pieces of {size.seconds:g} s a mood at intensity 0.8 in every style, of which the "
                f"score gives {', '.join(FEATURES)}. Each is put under the mood whose mean, over the other seeds, "
                "lies nearest in standardised features; by chance a quarter would be right. *Intensity*: "
                f"{size.step_seeds} seeds at each of {len(size.steps)} steps up to 1; Spearman's rank correlation of "
                "the intensity and the distance from the mean of as many neutral pieces."
            ),
            _table(
                ("style", "told apart", *(f"intensity, {mood}" for mood in QUADRANT_MOODS)),
                [
                    (name, f"{style.told_apart:.0%}", *(f"{style.intensity[mood]:.2f}" for mood in QUADRANT_MOODS))
                    for name, style in measured.styles.items()
                ],
            ),
            "### One seed unlike the next",
            _prose(
                f"One melody of {size.arranged_seconds:g} s a mood, arranged by {size.arrangements} seeds: for every "
                "pair of seeds the share of all that either accompaniment has and not both have. *Pattern* are the "
                "onsets by part, bar and step; *voicing* the lowest note and the intervals above it, from the chord's "
                "root, by part and bar, which differs with the kind of chord too; *texture* which parts play in which "
                "four bars. The same seed is always 0. "
                f"The share is of the pairs that differ by {DIFFERS_FROM} or more; the last row is of one seed "
                "in two styles, for comparison."
            ),
            _table(
                ("style", *(f"{aspect}{what}" for aspect in ASPECTS for what in ("", ", share"))),
                [
                    *((name, *_variety_cells(style.variety)) for name, style in measured.styles.items()),
                    ("between styles", *_variety_cells(measured.between)),
                ],
            ),
            "Short of what is aimed at:" if short else "Nothing is short of what is aimed at.",
            *(["\n".join(f"- {fault}" for fault in short)] if short else []),
        ]
    )


def _variety_fields(variety: Variety | None) -> Mapping[str, Any]:
    if variety is None:
        return {}
    return {
        "distance": {aspect: round(value, 3) for aspect, value in variety.distance.items()},
        "differing": {aspect: round(value, 3) for aspect, value in variety.differing.items()},
    }


def _variety_cells(variety: Variety | None) -> list[str]:
    if variety is None:
        return [UNKNOWN] * (2 * len(ASPECTS))
    return [
        cell for aspect in ASPECTS for cell in (f"{variety.distance[aspect]:.2f}", f"{variety.differing[aspect]:.0%}")
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _prose(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)
