"""A mood timeline: which mood the music is to have when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.brief.feeling import Feeling

MOODS_TOLD = 4
DIGITS = 3


@dataclass(frozen=True)
class Segment:
    """A stretch of one mood: `start` and `end` in seconds, its feeling, and the words that were said in it."""

    start: float
    end: float
    feeling: Feeling
    text: str = ""


@dataclass(frozen=True)
class MoodTimeline:
    """What is to be composed to.

    Attributes:
        language: of the words: 'en', 'ko', 'zh', 'zh-Hant', or '' if there are none.
        overall: the feeling of the whole.
        segments: end to end from 0 to `seconds`, neighbours of different moods.
        seconds: how long it is.
        cuts: seconds at which the picture changes, at which the music may hit.
    """

    language: str
    overall: Feeling
    segments: tuple[Segment, ...]
    seconds: float
    cuts: tuple[float, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain fields, ready for JSON."""
        return {
            "language": self.language,
            "overall": _fields(self.overall),
            "segments": [
                {
                    "start": round(segment.start, DIGITS),
                    "end": round(segment.end, DIGITS),
                    "text": segment.text,
                    **_fields(segment.feeling),
                }
                for segment in self.segments
            ],
            "seconds": round(self.seconds, DIGITS),
            "cuts": _rounded(self.cuts),
        }


def _fields(feeling: Feeling) -> dict[str, Any]:
    point = feeling.point
    return {
        "mood": feeling.mood,
        "valence": round(point.valence, DIGITS),
        "arousal": round(point.arousal, DIGITS),
        "intensity": round(feeling.intensity, DIGITS),
        "confidence": round(feeling.confidence, DIGITS),
        "moods": [[name, round(share, DIGITS)] for name, share in list(feeling.moods.items())[:MOODS_TOLD]],
        "why": list(feeling.why),
    }


def _rounded(seconds: Sequence[float]) -> list[float]:
    return [round(second, DIGITS) for second in seconds]
