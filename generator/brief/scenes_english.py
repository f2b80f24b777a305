"""Finding the lexicon's entries in English: whole words by their lemma, the longest entry first."""

import re
from functools import cache, lru_cache

from generator.brief.lexicon import Entry, backing, entries
from generator.brief.lexicon import words as words_of_kind
from generator.brief.scenes_marks import Mark, Marked, outranks, same_length

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DETERMINERS = frozenset({"a", "an", "the", "my", "our", "your", "his", "her", "their", "its"})
"""Left out where an entry has them inside it."""
_LONGEST_WORD = 30
_VOWELS = frozenset("aeiouy")

_Index = dict[str, list[tuple[tuple[str, ...], Entry]]]


def marked(text: str) -> Marked:
    """The entries in an English text."""
    text = same_length(text).replace("’", "'")
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    marks: list[Mark] = []
    content = known = place = 0
    while place < len(words):
        entry, length = _longest(words, place)
        start, end = spans[place][0], spans[place + length - 1][1]
        if entry is not None:
            marks.append(Mark(start, end, entry, start, end))
        if entry is None or entry.kind not in ("small", "bound"):
            content += length
            known += length if entry is not None and entry.kind != "backing" else 0
        place += length
    return Marked(marks, content, known)


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> tuple[str, ...]:
    """The words that this may be a form of, itself first: plurals, -ed, -ing, -ly, comparisons, and the irregular."""
    if len(word) > _LONGEST_WORD:
        return (word,)
    found = [word]
    stem = word.removesuffix("'s")
    if stem != word:
        found.append(stem)
    if word in _forms():
        found.append(_forms()[word])
    for suffix, ends in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            stem = word[: -len(suffix)]
            if _VOWELS.isdisjoint(stem):
                continue
            found += [stem + end for end in ends]
            if "" in ends and len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(one for one in found if len(one) > 1))


_SUFFIXES = (
    ("ies", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ily", ("y",)),
    ("ly", ("",)),
    ("iest", ("y",)),
    ("ier", ("y",)),
    ("est", ("", "e")),
)


def _longest(words: list[str], place: int) -> tuple[Entry | None, int]:
    """The longest entry that begins at this word and how many words it has; if there is none, 1."""
    index = _index()
    best: Entry | None = None
    size = length = 0
    for lemma in lemmas(words[place]):
        for pattern, entry in index.get(lemma, ()):
            if len(pattern) <= size:
                break
            end = _end(pattern, words, place)
            if end:
                best, size, length = entry, len(pattern), end - place
                break
    if best is None:
        best = _backed(words[place])
    return best, max(1, length)


def _end(pattern: tuple[str, ...], words: list[str], place: int) -> int:
    """Where a pattern whose first word stands at `place` ends, exclusive; 0 if its other words do not follow."""
    between = words_of_kind("en", "between")
    place += 1
    for lemma in pattern[1:]:
        while place < len(words) and words[place] in between and words[place] != lemma:
            place += 1
        if place == len(words) or lemma not in lemmas(words[place]):
            return 0
        place += 1
    return place


@lru_cache(maxsize=50_000)
def _backed(word: str) -> Entry | None:
    for lemma in lemmas(word):
        if lemma in backing():
            valence, arousal = backing()[lemma]
            return Entry(lemma, "backing", valence=valence, arousal=arousal)
    return None


@cache
def _forms() -> dict[str, str]:
    return {entry.text: entry.lemma for entry in entries("en") if entry.kind == "form"}


@cache
def _index() -> _Index:
    """Entries by their first word, the longest first."""
    patterns: dict[tuple[str, ...], Entry] = {}
    for entry in entries("en"):
        if entry.kind in ("form", "between"):
            continue
        first, *others = entry.text.split()
        pattern = (first, *(one for one in others[:-1] if one not in _DETERMINERS), *others[-1:])
        if pattern not in patterns or outranks(entry.kind, patterns[pattern].kind):
            patterns[pattern] = entry
    index: _Index = {}
    for pattern, entry in sorted(patterns.items(), key=lambda item: -len(item[0])):
        index.setdefault(pattern[0], []).append((pattern, entry))
    return index
