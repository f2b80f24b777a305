"""The head of a video file: what is in it, before anything is decoded."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.video import limits
from generator.brief.video.programs import ProgramFailed, answer_of, container_of, input_words

PICTURE_CODECS = frozenset(
    ("h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg2video", "mjpeg", "prores", "dnxhd", "h263", "ffv1")
)
TEXT_CODECS = frozenset(("subrip", "ass", "ssa", "mov_text", "webvtt", "text"))
_SHOWN = (
    "format=duration:format_tags=title:stream=index,codec_type,codec_name,width,height,avg_frame_rate,r_frame_rate,"
    "duration:stream_disposition=attached_pic,default:stream_tags=DURATION"
)
_LARGEST_ANSWER = 1_000_000


@dataclass(frozen=True)
class Probe:
    """A file that may be decoded.

    `picture`, `sound` and `subtitles` are the numbers of the streams; `announced` is how many seconds the picture
    lasts by the file's own word, None where it does not say; `upright` whether the picture is higher than wide.
    """

    path: Path
    container: str
    picture: int
    sound: int | None
    subtitles: int | None
    announced: float | None
    frame_rate: Fraction
    upright: bool
    title: str = ""


def probe(path: Path) -> Probe:
    """The head of the video at `path`.

    Raises:
        BriefRefused: it is none, has no picture or one that is not read, or is too long or too large.
    """
    container = container_of(path)
    command = [
        "ffprobe", "-v", "error", "-print_format", "json", "-show_entries", _SHOWN, *input_words(path, container),
    ]  # fmt: skip
    try:
        head = json.loads(answer_of(command, _LARGEST_ANSWER) or b"{}")
    except ProgramFailed as failed:
        raise refusal_of(failed, Refusal.TRUNCATED) from failed
    except ValueError:
        raise BriefRefused(Refusal.VIDEO_UNREADABLE) from None
    streams: list[dict[str, Any]] = head.get("streams", [])
    picture = _picture(streams)
    announced = _announced(picture, head.get("format", {}))
    if announced is not None and announced > limits.LONGEST_VIDEO_SECONDS:
        raise BriefRefused(Refusal.VIDEO_TOO_LONG, minutes=limits.LONGEST_VIDEO_SECONDS // 60)
    if announced is not None and announced < limits.SHORTEST_SECONDS:
        raise BriefRefused(Refusal.NO_LENGTH)
    return Probe(
        path=path,
        container=container,
        picture=picture["index"],
        sound=_first(streams, "audio"),
        subtitles=_first([stream for stream in streams if stream.get("codec_name") in TEXT_CODECS], "subtitle"),
        announced=announced,
        frame_rate=_frame_rate(picture),
        upright=picture["height"] > picture["width"],
        title=str(head.get("format", {}).get("tags", {}).get("title", "")),
    )


def refusal_of(failed: ProgramFailed, where_broken_off: Refusal, **values: float) -> BriefRefused:
    """What a failed program says of the file; `where_broken_off`, with its values, if the file ends too early."""
    if failed.frame:
        return _too_large(*failed.frame)
    if failed.broke_off:
        return BriefRefused(where_broken_off, **values)
    return BriefRefused(Refusal.VIDEO_UNREADABLE)


def _too_large(width: int, height: int) -> BriefRefused:
    widest = {"widest": limits.WIDEST, "widest_other": limits.WIDEST_OTHER}
    return BriefRefused(Refusal.FRAME_TOO_LARGE, width=width, height=height, **widest)


def _picture(streams: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pictures = [
        stream
        for stream in streams
        # The cover of a song is stored as a picture too.
        if stream.get("codec_type") == "video" and not stream.get("disposition", {}).get("attached_pic")
    ]
    if not pictures:
        raise BriefRefused(Refusal.NO_PICTURE)
    picture = pictures[0]
    width, height = picture.get("width", 0), picture.get("height", 0)
    if width * height > limits.MOST_PIXELS:
        raise _too_large(width, height)
    if (codec := picture.get("codec_name", "unknown")) not in PICTURE_CODECS:
        raise BriefRefused(Refusal.UNKNOWN_CODEC, codec=codec)
    if not width or not height:
        raise BriefRefused(Refusal.VIDEO_UNREADABLE)
    return picture


def _announced(picture: Mapping[str, Any], whole: Mapping[str, Any]) -> float | None:
    tag = picture.get("tags", {}).get("DURATION", "")
    for written in (picture.get("duration"), tag, whole.get("duration")):
        try:
            hours, minutes, seconds = [0.0, 0.0, *map(float, str(written).split(":"))][-3:]
        except ValueError:
            continue
        return max(0.0, 3600 * hours + 60 * minutes + seconds)
    return None


def _first(streams: Sequence[Mapping[str, Any]], kind: str) -> int | None:
    """The number of the default stream of this kind, or the first."""
    found = [stream for stream in streams if stream.get("codec_type") == kind]
    found.sort(key=lambda stream: not stream.get("disposition", {}).get("default"))
    return int(found[0]["index"]) if found else None


def _frame_rate(picture: Mapping[str, Any]) -> Fraction:
    for name in ("avg_frame_rate", "r_frame_rate"):
        try:
            rate = Fraction(picture.get(name, "0"))
        except (ValueError, ZeroDivisionError):
            continue
        if rate > 0:
            return min(max(rate, Fraction(limits.FEWEST_FRAMES)), Fraction(limits.MOST_FRAMES))
    return Fraction(25)
