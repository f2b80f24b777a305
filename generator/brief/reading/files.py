"""The reading of an uploaded file, whatever it holds."""

import json
import logging
from pathlib import Path

from generator.brief.material import Material
from generator.brief.reading.limits import LARGEST_FILE, WALL_SECONDS
from generator.brief.refusal import BriefRefused, Refusal
from generator.curating.confined import ConfinedProcessFailed, End, run_confined

log = logging.getLogger(__name__)

_MODULE = "generator.brief.reading.child"
_LONGEST_NAME = 255


def read_file(path: Path, name: str) -> Material:
    """What the file at `path`, uploaded under `name`, says: read in a process with limits on time and memory.

    It may be plain text, Markdown, a Word document (.docx), subtitles (.srt, .vtt), a shot list (.csv, .tsv) or
    yt-dlp's .info.json, in UTF-8, UTF-16, CP949, GB18030, Big5, Shift-JIS or Windows-1252. What it holds counts more
    than how its name ends.

    Raises:
        BriefRefused: always this, whatever is wrong with the file; also where there is none.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BriefRefused(Refusal.TOO_LARGE, largest_mb=LARGEST_FILE // 1_000_000)
        with path.open("rb") as source:
            answer = json.loads(run_confined(_MODULE, source, _ending_kept(name), wall_seconds=WALL_SECONDS))
    except OSError as fault:
        log.warning("%s: %s", path, fault)
        raise BriefRefused(Refusal.MISSING) from fault
    except ConfinedProcessFailed as failed:
        log.warning("%s: %s", path, failed)
        raise _as_refusal(failed.end) from failed
    if "refused" in answer:
        raise BriefRefused.from_json(answer["refused"])
    return Material.from_json(answer["material"])


def _ending_kept(name: str) -> str:
    """`name` fit to be a word of a command line: short, without NUL, never an option."""
    return "./" + name.replace("\0", "").encode("utf-8", "replace").decode()[-_LONGEST_NAME:]


def _as_refusal(end: End) -> BriefRefused:
    if end is End.TIME:
        return BriefRefused(Refusal.TOOK_TOO_LONG, seconds=WALL_SECONDS)
    return BriefRefused(Refusal.TOO_MUCH_MEMORY if end is End.MEMORY else Refusal.UNREADABLE)
