"""The sections that a track is composed in: stretches of one mood each, none too short to be music."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import dist
from typing import Any

from generator.mood import MOODS
from generator.request import SHORTEST_SECONDS


@dataclass(frozen=True)
class Section:
    """From `start` to `end`, in seconds, `mood` at an intensity of 0..1."""

    start: float
    end: float
    mood: str
    intensity: float

    @property
    def seconds(self) -> float:
        return self.end - self.start

    @property
    def point(self) -> tuple[float, float]:
        """Its valence and arousal."""
        mood = MOODS[self.mood]
        return mood.valence * self.intensity, mood.arousal * self.intensity

    def fields(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def joined(sections: Sequence[Section]) -> list[Section]:
    """The sections, which stand end to end, with those too short taken up by the more similar neighbour.

    Neighbours that then ask for the same are one. Each is SHORTEST_SECONDS or longer, if all together are.
    """
    left = list(sections)
    while len(left) > 1 and (shortest := min(left, key=_rounded_seconds)) and is_short(shortest):
        place = left.index(shortest)
        neighbours = [other for other in (place - 1, place + 1) if 0 <= other < len(left)]
        to = min(neighbours, key=lambda other: dist(left[other].point, shortest.point))
        left[to] = replace(left[to], start=min(left[to].start, shortest.start), end=max(left[to].end, shortest.end))
        del left[place]
    whole: list[Section] = []
    for section in left:
        if whole and (whole[-1].mood, whole[-1].intensity) == (section.mood, section.intensity):
            whole[-1] = replace(whole[-1], end=section.end)
        else:
            whole.append(section)
    return whole


def is_short(section: Section) -> bool:
    """Whether it is too short to be composed for itself."""
    return _rounded_seconds(section) < SHORTEST_SECONDS


def mood_of_all(sections: Sequence[Section], read: str) -> tuple[str, float]:
    """Mood and mean intensity of the whole: the mood that was read of it, while a section has it, else the longest."""
    lasts: dict[str, float] = {}
    for section in sections:
        lasts[section.mood] = lasts.get(section.mood, 0.0) + section.seconds
    mood = read if read in lasts else max(lasts, key=lambda name: lasts[name])
    having = [section for section in sections if section.mood == mood]
    return mood, round(sum(section.intensity * section.seconds for section in having) / lasts[mood], 3)


def _rounded_seconds(section: Section) -> float:
    return round(section.seconds, 3)
