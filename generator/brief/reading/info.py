"""The `.info.json` that yt-dlp writes beside a video: title, description, tags and chapters."""

import json
import math
from typing import Any

from generator.brief.material import Material, Passage
from generator.brief.reading.cleaning import LINK, clean, material, one_line
from generator.brief.refusal import BriefRefused, Refusal

_MOST_TAGS = 100


def read_info(text: str) -> Material:
    """The description's paragraphs, the tags as one passage, then the chapters with their times.

    Links are left out. `seconds` is the video's duration where it is told.

    Raises:
        BriefRefused: it is no JSON, JSON of another kind, or says nothing.
    """
    try:
        info = json.loads(text)
    except RecursionError:
        raise BriefRefused(Refusal.TOO_DEEP) from None
    except ValueError as fault:
        at_the_end = isinstance(fault, json.JSONDecodeError) and _breaks_off(text, fault)
        raise BriefRefused(Refusal.TRUNCATED if at_the_end else Refusal.BROKEN_JSON) from None
    if not isinstance(info, dict) or not {"title", "description", "chapters"} & info.keys():
        raise BriefRefused(Refusal.NOT_INFO)
    passages = [Passage(one_line(line)) for line in LINK.sub("", _text(info.get("description"))).split("\n")]
    tags = info.get("tags")
    if isinstance(tags, list):
        passages.append(Passage(", ".join(filter(None, (one_line(_text(tag)) for tag in tags[:_MOST_TAGS])))))
    chapters = info.get("chapters")
    if isinstance(chapters, list):
        passages += [_chapter(chapter) for chapter in chapters if isinstance(chapter, dict)]
    return material("info", passages, _seconds(info.get("duration")) or None, _text(info.get("title")))


def _breaks_off(text: str, fault: json.JSONDecodeError) -> bool:
    """Whether the fault is that the text ends too early."""
    return fault.msg.startswith("Unterminated string") or not text[fault.pos :].strip()


def _chapter(chapter: dict[str, Any]) -> Passage:
    start, end = _seconds(chapter.get("start_time")), _seconds(chapter.get("end_time"))
    return Passage(one_line(_text(chapter.get("title"))), start, end if start is not None else None)


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _seconds(value: object) -> float | None:
    """A number of seconds, 0 or more; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
