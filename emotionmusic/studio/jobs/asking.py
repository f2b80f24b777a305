"""What a generation asks of the composer: a piece from nothing, or one made from an earlier track."""

from emotionmusic.library.queries import melody_of
from emotionmusic.studio.models import EditKind, Generation
from emotionmusic.studio.shape import Shape
from generator.composing.editing import Edit
from generator.composing.retelling import Source, Wish, another_like, bars_redone, in_another_mood
from generator.melody.melody import Melody
from generator.request import Request


class SourceGone(Exception):
    """The track that a new one was to be made from is deleted."""


def asked_of(generation: Generation) -> tuple[Request, Edit | None]:
    """The request of a generation, and what is to be done with its source's melody, if it has a source.

    Raises:
        SourceGone: its source is deleted, for good or for now.
        BadRequest: the composer cannot make it.
    """
    if not generation.edit:
        return _request(generation), None
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
    return _source(generation).melody, _request(generation)


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


def _request(generation: Generation) -> Request:
    choices = Shape.of_fields(generation.shape).choices()
    return Request.of(generation.mood, generation.intensity, generation.seconds, generation.seed, **choices)
