"""Text from outside made fit to be kept, shown and read, and refused where it says nothing."""

import re
import unicodedata
from collections.abc import Iterable

from generator.brief.material import Kind, Material, Passage
from generator.brief.reading.limits import LATEST_SECONDS, LONGEST_TITLE, MOST_CHARACTERS, MOST_PASSAGES
from generator.brief.refusal import BriefRefused, Refusal

_MOST_MARKS = 4
"""Combining marks on one character; more are taken out, since normalising takes the square of their number."""
_JOINERS = "\u200c\u200d"
LINK = re.compile(r"\b(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_MOST_BACKWARDS = 0.5


def clean(text: str) -> str:
    """`text` composed (NFC), without control, direction, private and unassigned characters; line ends are '\\n'."""
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n"):
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        if character in "\n\t" or character in _JOINERS or (category[0] != "C" and marks <= _MOST_MARKS):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def one_line(text: str) -> str:
    """`text` with every run of white space made one space."""
    return " ".join(text.split())


def material(kind: Kind, passages: Iterable[Passage], seconds: float | None = None, title: str = "") -> Material:
    """A material of the passages that hold anything, those with times in the order of these.

    An end that does not come after its start is dropped.

    Raises:
        BriefRefused: it says nothing, or too much, or its times make no sense.
    """
    kept = [passage for passage in passages if passage.text.strip()]
    if len(kept) > MOST_PASSAGES:
        raise BriefRefused(Refusal.TOO_MANY_PASSAGES, most=MOST_PASSAGES)
    timed = [passage for passage in kept if passage.start is not None]
    kept = [passage for passage in kept if passage.start is None]
    if any(max(passage.start or 0, passage.end or 0) > LATEST_SECONDS for passage in timed):
        raise BriefRefused(Refusal.TIME_TOO_LATE, hours=round(LATEST_SECONDS / 3600))
    backwards = [passage for passage in timed if passage.end is not None and passage.end < (passage.start or 0)]
    if len(backwards) > _MOST_BACKWARDS * len(timed):
        raise BriefRefused(Refusal.TIMES_BACKWARDS)
    timed.sort(key=lambda passage: passage.start or 0)
    kept += [
        Passage(passage.text, passage.start, passage.end if (passage.end or 0) > (passage.start or 0) else None)
        for passage in timed
    ]
    whole = Material(tuple(kept), seconds, kind, one_line(title)[:LONGEST_TITLE])
    refuse_the_mute(whole.text)
    return whole


def refuse_the_mute(text: str) -> None:
    """Raises:
    BriefRefused: the text is longer than MOST_CHARACTERS, or has no word in it.
    """
    if len(text) > MOST_CHARACTERS:
        raise BriefRefused(Refusal.TOO_MANY_CHARACTERS, most=MOST_CHARACTERS)
    without_links = LINK.sub("", text)
    if any(character.isalpha() for character in without_links):
        return
    if not text.strip():
        raise BriefRefused(Refusal.EMPTY)
    if without_links != text:
        raise BriefRefused(Refusal.ONLY_LINK)
    symbols = {unicodedata.category(character) for character in text if not character.isspace()}
    raise BriefRefused(Refusal.ONLY_EMOJI if "So" in symbols else Refusal.NO_WORDS)
