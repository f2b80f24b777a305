"""A mood timeline as it was read, laid out over the length of the music."""

from dataclasses import dataclass
from typing import Any

from emotionmusic.studio.sections import Section, is_short
from generator.request import LONGEST_SECONDS, SHORTEST_SECONDS

DIGITS = 3


@dataclass(frozen=True)
class Stretch:
    """A stretch of one mood, in seconds of the music; `valence` and `arousal` lie in -1..1.

    `text` is what was said in it, `why` the words that decided. `short` is one that joins a neighbour.
    """

    start: float
    end: float
    mood: str
    intensity: float
    valence: float
    arousal: float
    text: str
    why: tuple[str, ...]
    short: bool


@dataclass(frozen=True)
class LaidOut:
    """The stretches end to end over `seconds`, and the cuts among them; `cut_off` if the video goes on after."""

    seconds: float
    stretches: tuple[Stretch, ...]
    cuts: tuple[float, ...]
    cut_off: bool


def music_seconds(read: float) -> float:
    """The length of music for what lasts so many seconds."""
    return min(LONGEST_SECONDS, max(SHORTEST_SECONDS, round(read, DIGITS)))


def laid_out(timeline: dict[str, Any], *, timed: bool, seconds: float | None = None) -> LaidOut:
    """The timeline over `seconds`: words are spread over them; what has times of its own keeps these."""
    whole = timeline["seconds"]
    length = music_seconds(whole) if timed or seconds is None else seconds
    share = 1.0 if timed else length / whole
    inside = [part for part in timeline["segments"] if part["start"] * share < length]
    starts = [0.0, *(round(part["start"] * share, DIGITS) for part in inside[1:])]
    ends = [*starts[1:], length]
    stretches = tuple(
        _stretch(part, start, end, len(inside)) for part, start, end in zip(inside, starts, ends, strict=True)
    )
    cuts = tuple(round(cut, DIGITS) for cut in timeline["cuts"] if 0 < cut < length)
    return LaidOut(length, stretches, cuts, timed and whole > length)


def _stretch(part: dict[str, Any], start: float, end: float, number: int) -> Stretch:
    mood, intensity = part["mood"], part["intensity"]
    return Stretch(
        start=start,
        end=end,
        mood=mood,
        intensity=intensity,
        valence=part["valence"],
        arousal=part["arousal"],
        text=part["text"],
        why=tuple(part["why"]),
        short=number > 1 and is_short(Section(start, end, mood, intensity)),
    )
