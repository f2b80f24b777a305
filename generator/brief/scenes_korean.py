"""Finding the lexicon's entries in Korean: nouns with any particle, verbs and adjectives in any form of their stem."""

import re
from functools import cache
from typing import Literal, NamedTuple

from generator.brief.lexicon import SCENES, Entry, entries, words
from generator.brief.scenes_korean_stems import forms
from generator.brief.scenes_marks import Mark, Marked, outranks, same_length

_WORD = re.compile(r"[^\W_]+")
_Shape = Literal["noun", "first", "stem", "fused", "task"]


class _Form(NamedTuple):
    """One way an entry is written; `shape` decides what may stand around it."""

    text: str
    entry: Entry
    shape: _Shape


_Index = dict[str, tuple[tuple[int, ...], dict[str, _Form]]]


def marked(text: str) -> Marked:
    """The entries in a Korean text; words are what stands between spaces."""
    text = same_length(text)
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    marks: list[Mark] = []
    known = small = place = 0
    for start, end in spans:
        place = max(place, start)
        said = place > start
        while place < end:
            form = _longest(text, place, start, end)
            if form is None:
                place += 1
                continue
            after = place + len(form.text)
            marks.append(Mark(place, after, form.entry, start, max(end, after)))
            said = said or form.entry.kind in _CONTENT
            small += form.entry.kind == "small"
            place = after
        known += said
    return Marked(marks, len(spans) - small, min(known, len(spans) - small))


def _longest(text: str, place: int, start: int, end: int) -> _Form | None:
    """The longest form at this place of the word from `start` to `end` that may stand there."""
    lengths, by_text = _index().get(text[place], ((), {}))
    for length in lengths:
        form = by_text.get(text[place : place + length])
        if form is not None and len(form.text) == length and _may_stand(form, text, place, start, end):
            return form
    return None


def _may_stand(form: _Form, text: str, place: int, start: int, end: int) -> bool:
    after = place + len(form.text)
    if form.shape == "task":
        return form.entry.kind in _INSIDE or place == start
    if form.shape == "noun" and len(form.text) > 1 and " " not in form.text and place != start:
        return not form.text.isascii() and (len(form.text) > 2 or text[after:end] in _particles())
    if place != start or (form.text.isascii() and after < end and text[after].isascii()):
        return False
    if " " in form.text or len(form.text) > 1:
        return True
    rest = text[after:end]
    if form.shape == "noun":
        return rest in _particles()
    return rest[:1] in words("ko", "ending") if rest else form.shape == "fused"


_CONTENT = frozenset((*SCENES, "plain", "more", "less"))
_INSIDE = frozenset({"not", "unnot", "turn", "back"})


@cache
def _particles() -> frozenset[str]:
    return words("ko", "particle") | {""}


@cache
def _index() -> _Index:
    """By first syllable: the lengths of forms, the longest first, and the forms by their text."""
    grouped: dict[str, dict[str, _Form]] = {}
    for entry in entries("ko"):
        if entry.kind in ("particle", "ending"):
            continue
        for form in _forms_of(entry):
            some = grouped.setdefault(form.text[0], {})
            if form.text not in some or outranks(entry.kind, some[form.text].entry.kind):
                some[form.text] = form
    return {
        first: (tuple(sorted({len(text) for text in some}, reverse=True)), some) for first, some in grouped.items()
    }


def _forms_of(entry: Entry) -> list[_Form]:
    if entry.text.endswith("-"):
        return [_Form(text, entry, "fused" if fused else "stem") for text, fused in forms(entry.text[:-1])]
    if entry.kind in _INSIDE or entry.kind in ("notnext", "small"):
        return [_Form(entry.text, entry, "task")]
    if entry.text.startswith("^"):
        return [_Form(entry.text[1:], entry, "first")]
    return [_Form(entry.text, entry, "noun")]
