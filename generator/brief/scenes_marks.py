"""What a reader of one language hands on: the words of the lexicon that it found in a text, and where."""

from typing import NamedTuple

from generator.brief.lexicon import SCENES, Entry


class Mark(NamedTuple):
    """An entry of the lexicon found in a text.

    Attributes:
        start, end: the characters that matched, `end` exclusive.
        entry: what was found.
        word_start, word_end: the whole words around them, as a person would name them.
    """

    start: int
    end: int
    entry: Entry
    word_start: int
    word_end: int

    @property
    def says(self) -> bool:
        """Whether it names moods, or a point of its own."""
        return self.entry.kind in SCENES or self.entry.kind == "backing"


class Marked(NamedTuple):
    """All that was found in a text, in its order.

    Attributes:
        marks: the entries, none overlapping.
        content: how much of the text is more than function words: words, in Chinese characters.
        known: how much of that the lexicon has.
    """

    marks: list[Mark]
    content: int
    known: int


def outranks(kind: str, other: str) -> bool:
    """Whether an entry of `kind` takes the place of one of `other` that is written the same.

    What names moods comes before what has a task, and both before what says nothing.
    """
    return _rank(kind) < _rank(other)


def _rank(kind: str) -> int:
    return 0 if kind in SCENES else 2 if kind in ("plain", "small", "bound") else 1


def same_length(text: str) -> str:
    """The text in small letters, sign by sign, so that places in it are places in the original."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
