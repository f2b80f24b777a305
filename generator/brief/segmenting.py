"""From feelings along time to a few stretches of one mood each: music does not jump every two seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, log

from generator.brief.feeling import LEAST_SHARE, Feeling, together
from generator.brief.timeline import Segment
from generator.mood import MOODS

CHANGE_COST = 2.5
"""Nats that a change of mood costs, so that it needs evidence."""
FARTHER_COST = 0.5
"""Nats that it costs less, for each unit of distance on the plane: what is far apart does change."""
SHORTEST_SHARE = 0.1
SHORTEST_SECONDS = 5.0
"""A stretch is no shorter than a share of the whole and so many seconds, or joins its neighbour."""


@dataclass(frozen=True)
class Stretch:
    """Some seconds with their feeling and words."""

    start: float
    end: float
    feeling: Feeling
    text: str = ""


def segmented(stretches: Sequence[Stretch]) -> tuple[Segment, ...]:
    """The stretches, end to end in order of time, joined where the likeliest course of moods stays the same.

    The course is Viterbi's: the moods' shares of every stretch against the cost of changes.
    """
    course = _likeliest_course(stretches)
    groups: list[list[Stretch]] = []
    for number, stretch in enumerate(stretches):
        if number and course[number] == course[number - 1]:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    whole = stretches[-1].end - stretches[0].start
    shortest = max(SHORTEST_SHARE * whole, min(SHORTEST_SECONDS, whole / 2))
    while len(groups) > 1 and min(map(_length, groups)) < shortest:
        groups = _with_shortest_joined(groups)
    segments = [_segment(group) for group in groups]
    return tuple(_neighbours_joined(segments))


def _likeliest_course(stretches: Sequence[Stretch]) -> list[str]:
    names = list(MOODS)
    best = {name: _evidence(stretches[0], name) for name in names}
    came_from: list[dict[str, str]] = []
    for stretch in stretches[1:]:
        grown, before = {}, {}
        for name in names:
            source = max(names, key=lambda other: best[other] - _cost(other, name))
            grown[name] = best[source] - _cost(source, name) + _evidence(stretch, name)
            before[name] = source
        best = grown
        came_from.append(before)
    course = [max(names, key=lambda name: best[name])]
    for before in reversed(came_from):
        course.append(before[course[-1]])
    return course[::-1]


def _evidence(stretch: Stretch, name: str) -> float:
    return log(max(stretch.feeling.moods[name], LEAST_SHARE))


def _cost(before: str, after: str) -> float:
    if before == after:
        return 0.0
    one, other = MOODS[before], MOODS[after]
    return CHANGE_COST - FARTHER_COST * hypot(one.valence - other.valence, one.arousal - other.arousal)


def _length(group: Sequence[Stretch]) -> float:
    return group[-1].end - group[0].start


def _with_shortest_joined(groups: list[list[Stretch]]) -> list[list[Stretch]]:
    """The groups with the shortest joined to that of its neighbours whose moods are more like its own."""
    number = min(range(len(groups)), key=lambda place: _length(groups[place]))
    feelings = [_segment(group).feeling for group in groups]
    neighbours = [place for place in (number - 1, number + 1) if 0 <= place < len(groups)]
    to = max(neighbours, key=lambda place: _alike(feelings[number], feelings[place]))
    first = min(number, to)
    return [*groups[:first], groups[first] + groups[first + 1], *groups[first + 2 :]]


def _alike(one: Feeling, other: Feeling) -> float:
    return sum(min(one.moods[name], other.moods[name]) for name in MOODS)


def _segment(group: Sequence[Stretch]) -> Segment:
    feeling = together([(stretch.feeling, stretch.end - stretch.start) for stretch in group])
    text = " ".join(stretch.text for stretch in group if stretch.text)
    return Segment(group[0].start, group[-1].end, feeling, text)


def _neighbours_joined(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with neighbours of one mood made one."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].feeling.mood == segment.feeling.mood:
            last = joined.pop()
            weights = [(last.feeling, last.end - last.start), (segment.feeling, segment.end - segment.start)]
            text = " ".join(filter(None, (last.text, segment.text)))
            joined.append(Segment(last.start, segment.end, together(weights), text))
        else:
            joined.append(segment)
    return joined
