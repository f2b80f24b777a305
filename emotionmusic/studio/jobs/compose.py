"""The job that composes: request to MIDI. The only one that needs torch."""

import logging
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop

from emotionmusic.library.queries import EarlierTracksFor
from emotionmusic.operations.signs_of_life import signs_of_life
from emotionmusic.studio import queries, services
from emotionmusic.studio.jobs.asking import SourceGone, arrangement_of, asked_of, request_of, sections_of
from emotionmusic.studio.jobs.reporting import COMPOSED_PERCENT, Stopped, reporter
from emotionmusic.studio.models import EditKind, Generation
from generator.compose import ComposedTrack, compose_track, rearrange_track
from generator.composing.composer import load_composer
from generator.composing.earlier import run_hashes
from generator.melody.written import melody_fields
from generator.request import BadRequest, Request
from generator.suite import compose_suite

REASON = gettext_noop("Something went wrong while composing. Please try again; another seed may help.")
SOURCE_GONE = gettext_noop("The track that this one was to be made from was deleted. Bring it back, and ask again.")
CANNOT_BE_MADE = "This cannot be made: {}."

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Load what every job needs, so that the first creator does not wait for it."""
    composer = load_composer(settings.CHECKPOINT)
    compose_track(Request.of("peaceful", 0.5, 10.0, 0), composer)


def compose_generation(generation_id: str) -> None:
    """Compose a queued generation and hand it over to rendering; harmless if run twice or too late."""
    generation = queries.find_generation(UUID(generation_id))
    if generation is None or (lease := services.claim(generation=generation)) is None:
        return
    try:
        with signs_of_life(lambda: services.keep_alive(generation=generation, lease=lease)):
            track = _made(generation, reporter(generation, lease, 1, COMPOSED_PERCENT))
    except Stopped:
        return
    except SourceGone:
        services.fail(generation=generation, lease=lease, reason=SOURCE_GONE)
        return
    except BadRequest as fault:
        services.fail(generation=generation, lease=lease, reason=CANNOT_BE_MADE.format(fault))
        return
    except Exception:  # whatever it was, the creator is told and the row is not left behind
        log.exception("generation %s could not be composed", generation_id)
        services.fail(generation=generation, lease=lease, reason=REASON)
        return
    runs = [] if _is_only_arranged(generation) else run_hashes(track.melody)
    services.hand_over(
        generation=generation, lease=lease, title=track.title, midi=track.midi, melody=melody_fields(track.melody),
        facts=track.facts, runs=runs, percent=COMPOSED_PERCENT,
    )  # fmt: skip


def _is_only_arranged(generation: Generation) -> bool:
    """Whether its melody is there already: then no composer is needed, and there is nothing new to remember."""
    return generation.edit == EditKind.ARRANGEMENT


def _made(generation: Generation, progress: Callable[[float], None]) -> ComposedTrack:
    if _is_only_arranged(generation):
        arranged = rearrange_track(*arrangement_of(generation))
        assert generation.source is not None
        # What is known of the melody holds on: who composed it, and how original it is.
        known = {name: fact for name, fact in generation.source.facts.items() if name != "edit"}
        return replace(arranged, facts=known | arranged.facts)
    earlier = EarlierTracksFor(generation.owner)
    if generation.sections:
        composer = load_composer(settings.CHECKPOINT)
        return compose_suite(request_of(generation), sections_of(generation), composer, progress, earlier)
    request, edit = asked_of(generation)
    return compose_track(request, load_composer(settings.CHECKPOINT), progress, earlier, edit)
