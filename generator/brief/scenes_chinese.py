"""Finding the lexicon's entries in Chinese: the longest at every place, from left to right."""

import re
from functools import cache

from opencc import OpenCC

from generator.brief.lexicon import Entry, entries
from generator.brief.scenes_marks import Mark, Marked, outranks, same_length

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LATIN = re.compile(r"[a-z0-9]")

_Index = dict[str, tuple[tuple[int, ...], dict[str, Entry]]]


def to_simplified(text: str) -> str:
    """The text in simplified characters; what is simplified already stays as it is."""
    return str(_converter().convert(text))


def marked(text: str) -> Marked:
    """The entries in a Chinese text of either script; the places are places in it."""
    simplified = to_simplified(text)
    # A few conversions change the length; then characters are converted one by one, to keep the places.
    if len(simplified) != len(text):
        simplified = "".join(one if len(one := to_simplified(sign)) == 1 else sign for sign in text)
    text = same_length(simplified)
    index = _index()
    marks: list[Mark] = []
    content = known = place = 0
    while place < len(text):
        entry = _longest(index, text, place)
        if entry is None:
            content += _HAN.match(text[place]) is not None
            place += 1
            continue
        end = place + len(entry.text)
        marks.append(Mark(place, end, entry, place, end))
        if entry.kind != "small":
            content += end - place
            known += end - place
        place = end
    return Marked(marks, content, known)


def _longest(index: _Index, text: str, place: int) -> Entry | None:
    lengths, by_text = index.get(text[place], ((), {}))
    for length in lengths:
        entry = by_text.get(text[place : place + length])
        if entry is not None and not _cuts_latin(text, place, place + len(entry.text)):
            return entry
    return None


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether the place begins or ends inside a word of Latin letters."""
    return _joined(text, start) or _joined(text, end)


def _joined(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    return _LATIN.match(text[place - 1]) is not None and _LATIN.match(text[place]) is not None


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _index() -> _Index:
    """By first character: the lengths of entries, the longest first, and the entries by their text."""
    by_text: dict[str, Entry] = {}
    for entry in entries("zh"):
        if entry.text not in by_text or outranks(entry.kind, by_text[entry.text].kind):
            by_text[entry.text] = entry
    grouped: dict[str, dict[str, Entry]] = {}
    for text, entry in by_text.items():
        grouped.setdefault(text[0], {})[text] = entry
    return {
        first: (tuple(sorted({len(text) for text in some}, reverse=True)), some) for first, some in grouped.items()
    }
