"""Shot lists as tables of separated values."""

import csv
import io
from collections.abc import Sequence

from generator.brief.material import Material, Passage
from generator.brief.reading.cleaning import clean, material, one_line
from generator.brief.reading.columns import Columns, columns_of
from generator.brief.reading.limits import MOST_PASSAGES
from generator.brief.reading.times import frame_rate_of, seconds_of
from generator.brief.reading.words import until_the_next
from generator.brief.refusal import BriefRefused, Refusal

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 50
_SAMPLED_LINES = 50


def read_shots(text: str) -> Material:
    """A passage a row: its texts, from its start to its end, its start and length, or up to the next one's start.

    Columns stand in any order and are known by their headings or by what is in them. A table without times becomes
    passages without times. Cells are text, formulas too: whoever writes them into a table again must escape them.

    Raises:
        BriefRefused: it says nothing, or too much, or its times make no sense.
    """
    rows = _rows(clean(text))
    columns = columns_of(rows) if rows else None
    if columns is None:
        return material("shots", (Passage(one_line(" ".join(row))) for row in rows))
    body = rows[1:] if columns.has_heading else rows
    timed = (columns.start, columns.end, columns.lasts)
    written = [row[column] for row in body for column in timed if column is not None]
    rate = columns.frame_rate or frame_rate_of(written)
    shots = [_shot(row, columns, rate) for row in body]
    return until_the_next(material("shots", shots))


def _rows(text: str) -> list[list[str]]:
    """All rows that hold anything, filled up to the longest."""
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    # A spreadsheet's "sep=;" line says only what is found out anyway.
    lines = text.lstrip("\n").removeprefix(f"sep={delimiter}\n")
    try:
        for row in csv.reader(io.StringIO(lines), delimiter=delimiter, skipinitialspace=True):
            if any(cell.strip() for cell in row):
                rows.append(row[:_MOST_COLUMNS])
            if len(rows) > MOST_PASSAGES + 1:
                raise BriefRefused(Refusal.TOO_MANY_PASSAGES, most=MOST_PASSAGES)
    except csv.Error:
        # A cell of more than 128 KB, by an open quotation mark for one: the lines are still words.
        return [[line] for line in text.split("\n") if line.strip()]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _delimiter(text: str) -> str:
    """The sign that splits most lines into the same number of cells, two or more; a comma where none does."""
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:_SAMPLED_LINES]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in _parsed(lines, delimiter)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(_DELIMITERS, key=agreement)


def _parsed(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        return []


def _shot(row: Sequence[str], columns: Columns, rate: float) -> Passage:
    def seconds(column: int | None) -> float | None:
        return None if column is None else seconds_of(row[column], rate)

    start, end, lasts = seconds(columns.start), seconds(columns.end), seconds(columns.lasts)
    if end is None and start is not None and lasts is not None:
        end = start + lasts
    text = ". ".join(filter(None, (one_line(row[column]).rstrip(".") for column in columns.texts)))
    return Passage(text, start, end if start is not None else None)
