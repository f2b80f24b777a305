"""SubRip and WebVTT subtitles, through pysubs2."""

import html
import re
from collections import Counter

import pysubs2

from generator.brief.material import Material, Passage
from generator.brief.reading.cleaning import clean, material, one_line
from generator.brief.reading.limits import LATEST_SECONDS, MOST_PASSAGES
from generator.brief.refusal import BriefRefused, Refusal

_ARROW = re.compile(r"^[^\n]{0,60}?\d{1,2}:\d{2}[.,]\d{2,3}[ \t]*-->", re.MULTILINE)
_HUGE_HOURS = re.compile(r"\b\d{3,}:\d{1,2}:\d{1,2}[.,]\d{1,3}")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>\n]{0,200}>|\{\\?[^{}\n]{0,200}\}")
_CAPITAL_SPEAKER = re.compile(
    r"^(?:[-–—]\s*|>>\s*){0,2}\[?[A-Z][A-Z0-9 .'’-]{0,30}(?:\s?\([^)\n]{1,30}\))?\]?:\s+(?=\S)"
)
_SPEAKER = re.compile(r"^(?:[-–—]\s*|>>\s*){0,2}([^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20})?)\s?[:：]\s*(?=\S)")
_DASH = re.compile(r"^(?:[-–—]\s*|>>\s*){1,2}")


def looks_like_subtitles(text: str) -> bool:
    """Whether the text is WebVTT or has a SubRip cue, whatever its file is called."""
    return text.lstrip("\ufeff \n").startswith("WEBVTT") or bool(_ARROW.search(text))


def read_subtitles(text: str) -> Material:
    """The cues in the order of their times, without markup and without the names of the speakers.

    A name is taken for a speaker's where it is in capitals before a colon, or comes before a colon more than once.

    Raises:
        BriefRefused: it has no cues, too many, or times that make no sense.
    """
    if _HUGE_HOURS.search(text):
        raise BriefRefused(Refusal.TIME_TOO_LATE, hours=round(LATEST_SECONDS / 3600))
    if text.count("-->") > MOST_PASSAGES:
        raise BriefRefused(Refusal.TOO_MANY_PASSAGES, most=MOST_PASSAGES)
    is_vtt = text.lstrip("\ufeff \n").startswith("WEBVTT")
    text = clean(text)
    rolling = is_vtt and "<c>" in text
    bare = _only_cues(text) if is_vtt else "\n".join(map(_without_tags, text.split("\n")))
    cues = pysubs2.SSAFile.from_string(bare, format_="vtt" if is_vtt else "srt")
    if not len(cues):
        raise BriefRefused(Refusal.NO_CUES)
    written = [(html.unescape(cue.plaintext).split("\n"), cue.start / 1000, cue.end / 1000) for cue in cues]
    if rolling:
        written = _unrolled(written)
    speakers = Counter(name[1] for lines, _, _ in written for line in lines if (name := _SPEAKER.match(line)))
    passages = [
        Passage(one_line(" ".join(_without_speaker(line, speakers) for line in lines)), start, end)
        for lines, start, end in written
    ]
    return material("subtitles", passages, max(max(start, end) for _, start, end in written))


def _without_tags(line: str) -> str:
    # Times inside a line of words must not be taken for a cue's.
    return line if "-->" in line else _TAG.sub("", line)


def _only_cues(text: str) -> str:
    """A WebVTT text without its notes, styles, regions and the names of its cues."""
    blocks = []
    for block in re.split(r"\n\n+", text):
        lines = block.strip("\n").split("\n")
        timing = next((number for number, line in enumerate(lines) if "-->" in line), None)
        if timing is not None:
            blocks.append("\n".join(map(_without_tags, lines[timing:])))
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _unrolled(cues: list[tuple[list[str], float, float]]) -> list[tuple[list[str], float, float]]:
    """Automatic captions that roll repeat the line before: what the cue before showed is left out."""
    kept, before = [], set[str]()
    for lines, start, end in cues:
        fresh = [line for line in lines if line.strip() and line not in before]
        if fresh:
            kept.append((fresh, start, end))
        before = set(lines)
    return kept


def _without_speaker(line: str, speakers: Counter[str]) -> str:
    if shouted := _CAPITAL_SPEAKER.match(line):
        return line[shouted.end() :]
    name = _SPEAKER.match(line)
    if name and speakers[name[1]] > 1:
        return line[name.end() :]
    return _DASH.sub("", line)
