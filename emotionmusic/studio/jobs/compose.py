"""The job that composes: request to MIDI. The only one that needs torch."""

import logging
from uuid import UUID

from django.conf import settings

from emotionmusic.studio import queries, services
from emotionmusic.studio.jobs.reporting import COMPOSED_PERCENT, Stopped, reporter, signs_of_life
from generator.compose import compose_track
from generator.composing.composer import load_composer
from generator.request import Request

REASON = "Something went wrong while composing. Please try again; another seed may help."

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
        request = Request.of(generation.mood, generation.intensity, generation.seconds, generation.seed)
        progress = reporter(generation, lease, 1, COMPOSED_PERCENT)
        with signs_of_life(generation, lease):
            track = compose_track(request, load_composer(settings.CHECKPOINT), progress)
    except Stopped:
        return
    except Exception:  # whatever it was, the creator is told and the row is not left behind
        log.exception("generation %s could not be composed", generation_id)
        services.fail(generation=generation, lease=lease, reason=REASON)
        return
    services.hand_over(
        generation=generation, lease=lease, title=track.title, midi=track.midi, facts=track.facts,
        percent=COMPOSED_PERCENT,
    )  # fmt: skip
