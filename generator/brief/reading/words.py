"""Plain words, typed or from a text file: paragraphs, or lines that each begin with a time."""

import re

from generator.brief.material import Material, Passage
from generator.brief.reading.cleaning import clean, material, one_line
from generator.brief.reading.limits import MOST_CHARACTERS
from generator.brief.reading.times import frame_rate_of, seconds_of
from generator.brief.refusal import BriefRefused, Refusal

_TIME = r"\d{1,4}(?::\d{1,2}){1,3}(?:[.,;]\d{1,3})?"
_TIMED_LINE = re.compile(
    rf"\s*[\[(]?({_TIME})[\])]?(?:\s*(?:-->|->|→|~|–|—|-|to)\s*[\[(]?({_TIME})[\])]?)?\s*[-–—:|.]?\s+(\S.*)"
)
_FEWEST_TIMED = 2
_MOST_UNTIMED = 0.2


def read_words(text: str) -> Material:
    """Typed words: a passage a paragraph.

    Where nearly every line begins with a time, as in the chapters under a video, each is a shot that lasts until the
    next one. A single word is enough.

    Raises:
        BriefRefused: there is no word in it, or it is too long.
    """
    if len(text) > 4 * MOST_CHARACTERS:
        raise BriefRefused(Refusal.TOO_MANY_CHARACTERS, most=MOST_CHARACTERS)
    text = clean(text)
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_TIMED_LINE.fullmatch(line[:2000]) for line in lines]
    timed = [line for line in found if line]
    if len(timed) >= _FEWEST_TIMED and len(timed) >= (1 - _MOST_UNTIMED) * len(lines):
        return _shots(timed, [line for line, match in zip(lines, found, strict=True) if not match])
    return material("text", (Passage(one_line(paragraph)) for paragraph in _paragraphs(text)))


def _paragraphs(text: str) -> list[str]:
    """Blocks between empty lines; where there is no empty line, each line."""
    text = text.strip()
    blocks = re.split(r"\n[ \t]*\n", text)
    return blocks if len(blocks) > 1 else text.split("\n")


def _shots(lines: list[re.Match[str]], untimed: list[str]) -> Material:
    rate = frame_rate_of(word for line in lines for word in (line[1], line[2] or ""))
    passages = [Passage(one_line(line)) for line in untimed]
    passages += [
        Passage(one_line(line[3]), seconds_of(line[1], rate), seconds_of(line[2] or "", rate)) for line in lines
    ]
    return until_the_next(material("shots", passages))


def until_the_next(shots: Material) -> Material:
    """The shots, each without an end now lasting until the next one starts; `seconds` is the last time of all."""
    passages = list(shots.passages)
    for number in range(len(passages) - 1):
        this, following = passages[number], passages[number + 1]
        if this.start is not None and this.end is None and (following.start or 0) > this.start:
            passages[number] = Passage(this.text, this.start, following.start)
    ends = [passage.end for passage in passages if passage.end is not None]
    starts = [passage.start for passage in passages if passage.start is not None]
    # A last shot without an end leaves open how long the video is.
    last_is_open = bool(starts) and max(ends, default=0.0) <= max(starts)
    seconds = shots.seconds if shots.seconds is not None else None if last_is_open or not ends else max(ends)
    return Material(tuple(passages), seconds, shots.kind, shots.title)
