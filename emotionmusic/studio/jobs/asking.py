"""What a generation asks of the composer: a piece from nothing, in sections or not, or one made from a track."""

from emotionmusic.library.queries import melody_of
from emotionmusic.studio.models import EditKind, Generation
from emotionmusic.studio.shape import Shape
from generator.composing.editing import Edit
from generator.composing.retelling import Source, Wish, another_like, bars_redone, in_another_mood
from generator.melody.melody import Melody
from generator.mood import mood_named
from generator.request import Request
from generator.suite import Section


class SourceGone(Exception):
    """The track that a new one was to be made from is deleted."""


def asked_of(generation: Generation) -> tuple[Request, Edit | None]:
    """The request of a generation, and what is to be done with its source's melody, if it has a source.

    Raises:
        SourceGone: its source is deleted, for good or for now.
        BadRequest: the composer cannot make it.
    """
    if not generation.edit:
        return request_of(generation), None
    source = _source(generation)
    chosen = Shape.of_fields(generation.shape).choices()
    wish = Wish(generation.mood, generation.intensity, generation.seconds, generation.seed, **chosen)
    if generation.edit == EditKind.MOOD:
        return in_another_mood(source, wish)
    if generation.edit == EditKind.BARS:
        assert generation.first_bar is not None
        assert generation.last_bar is not None
        return bars_redone(source, wish, generation.first_bar, generation.last_bar)
    return another_like(source, wish)


def arrangement_of(generation: Generation) -> tuple[Melody, Request]:
    """The melody that is to be arranged anew, and the request for it.

    Raises:
        SourceGone, BadRequest: as above.
    """
    return _source(generation).melody, request_of(generation)


def sections_of(generation: Generation) -> list[Section]:
    """The sections that a generation is to have, none if it is of one mood all through."""
    return [
        Section(mood_named(section["mood"]), section["intensity"], round(section["end"] - section["start"], 3))
        for section in generation.sections
    ]


def _source(generation: Generation) -> Source:
    """The track that a new one is made from.

    Raises:
        SourceGone: it is deleted, for good or for now.
    """
    track = generation.source
    melody = melody_of(track) if track and track.deleted_at is None else None
    if track is None or melody is None:
        raise SourceGone
    return Source(melody, track.facts["instrument"])


def request_of(generation: Generation) -> Request:
    """What holds for all of a generation that is composed from nothing.

    Raises:
        BadRequest: the composer cannot make it.
    """
    choices = Shape.of_fields(generation.shape).choices()
    return Request.of(generation.mood, generation.intensity, generation.seconds, generation.seed, **choices)
