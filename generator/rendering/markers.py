"""A list of where bars, chords and sections begin, for whoever cuts pictures to the music."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, takewhile

from generator.melody.metre import STEPS_PER_QUARTER
from generator.score import Score

BAR, PICK_UP, CHORD, SECTION, HIT = "bar", "pick-up", "chord", "section", "hit"
_ORDER = (SECTION, PICK_UP, BAR, HIT, CHORD)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Marker:
    """A moment, in seconds from the beginning, of a `kind`, with words for people."""

    seconds: float
    kind: str
    label: str


Moments = Iterable[tuple[float, str]]
"""Seconds and a label each."""


def markers(score: Score, sections: Moments = ()) -> list[Marker]:
    """The score's bars, numbered from 1 as people count them, hits and chords, with the sections, in order of time.

    A pick-up is a marker of its own and counts with the first bar. No bar is listed for the ring of the last note.
    """
    found = [Marker(seconds, SECTION, label) for seconds, label in sections]
    found += [Marker(seconds, CHORD, label) for seconds, label in score.chord_symbols]
    found += [Marker(seconds, HIT, str(number)) for number, seconds in enumerate(score.hits, 1)]
    if score.pick_up_steps:
        found.append(Marker(0.0, PICK_UP, ""))
    found += [Marker(seconds, BAR, str(number)) for number, seconds in enumerate(bar_seconds(score), 1)]
    return sorted(found, key=lambda marker: (marker.seconds, _ORDER.index(marker.kind)))


def bar_seconds(score: Score) -> list[float]:
    """Where the bars begin, as written: performers come a little early or late."""
    bar = score.metre.steps_per_bar
    first = bar if score.pick_up_steps else 0
    if score.melody:
        return [score.seconds_at(step) for step in range(first, score.melody.steps, bar)]
    last = max((note.start for part in score.parts for note in part.notes), default=0.0)
    # The last downbeat may be played a little early.
    last += 60 / score.tempo / STEPS_PER_QUARTER / 2
    return list(takewhile(lambda seconds: seconds <= last, map(score.seconds_at, count(first, bar))))


def markers_csv(rows: Iterable[Marker]) -> str:
    """The markers as a table with a header; no cell can be read as a formula by a spreadsheet."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["seconds", "kind", "label"])
    table.writerows([f"{max(0.0, row.seconds):.3f}", _harmless(row.kind), _harmless(row.label)] for row in rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """An apostrophe before what a spreadsheet would calculate, as OWASP advises."""
    line = " ".join(cell.split())
    return f"'{line}" if line.startswith(_FORMULA_SIGNS) else line
