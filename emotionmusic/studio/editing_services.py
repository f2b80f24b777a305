"""Wishes for new tracks that are made from a finished one."""

import uuid
from dataclasses import replace

from emotionmusic.library.models import Track
from emotionmusic.studio import brief_queries, queries, services
from emotionmusic.studio.models import EditKind, Generation
from emotionmusic.studio.seeds import drawn_seed


def request_edit(
    *,
    source: Track,
    kind: EditKind,
    submission: uuid.UUID,
    mood: str,
    intensity: float,
    first_bar: int | None = None,
    last_bar: int | None = None,
) -> Generation:
    """Note the wish for a new track made from the owner's track `source`, as long as that one; the old one stays.

    Style, energy, hits, ending and the brief go on, and to another one like it the sections.

    Raises:
        TooManyUnderWay: GENERATIONS_AT_ONCE is reached.
    """
    return services.request_generation(
        owner=source.owner,
        submission=submission,
        mood=mood,
        intensity=intensity,
        seconds=source.facts["seconds_asked"],
        seed=drawn_seed(),
        shape=queries.shape_of(source),
        edit=kind,
        source=source,
        first_bar=first_bar,
        last_bar=last_bar,
        brief=brief_queries.brief_for(source),
        sections=source.facts.get("sections", []) if kind == EditKind.ANOTHER else [],
    )


def request_arrangement(
    *, source: Track, submission: uuid.UUID, style: str, tempo: float, seconds: float
) -> Generation:
    """Note the wish for the melody of the owner's track `source` in another style, and `seconds` long at `tempo`.

    Energy, hits and ending go on, at the moments where they then are.

    Raises:
        TooManyUnderWay: GENERATIONS_AT_ONCE is reached.
    """
    kept = queries.shape_of(source).stretched(source.facts["tempo"] / tempo, seconds)
    return services.request_generation(
        owner=source.owner,
        submission=submission,
        mood=source.mood,
        intensity=source.intensity,
        seconds=seconds,
        seed=drawn_seed(),
        shape=replace(kept, style=style, tempo=tempo),
        edit=EditKind.ARRANGEMENT,
        source=source,
    )
