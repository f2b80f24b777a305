"""The job that renders: MIDI to audio files, then the track into the library."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext_noop

from emotionmusic.library.models import track_folder
from emotionmusic.library.services import FinishedPiece, remove_folder
from emotionmusic.library.tagging import tags
from emotionmusic.operations.signs_of_life import signs_of_life
from emotionmusic.studio import queries, services, unfinished_files
from emotionmusic.studio.jobs.reporting import COMPOSED_PERCENT, Stopped, reporter
from emotionmusic.studio.models import Generation
from generator.rendering.render import render
from generator.rendering.synthesis import load_synthesizer

REASON = gettext_noop("Something went wrong while recording. Please try again.")

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Load the soundfont, so that the first creator does not wait for it."""
    load_synthesizer(settings.SOUNDFONT)


def render_generation(generation_id: str) -> None:
    """Render a composed generation and keep the track; harmless if run twice or too late."""
    generation = queries.find_generation(UUID(generation_id))
    if generation is None or generation.midi is None or (lease := services.claim(generation=generation)) is None:
        return
    folder = unfinished_files.folder_of(generation, lease)
    track_id = uuid4()
    try:
        folder.mkdir(parents=True)
        progress = reporter(generation, lease, COMPOSED_PERCENT, 99)
        with signs_of_life(lambda: services.keep_alive(generation=generation, lease=lease)):
            piece = _render(generation, bytes(generation.midi), folder, track_id, progress)
        unfinished_files.keep(folder=folder, track_id=track_id)
        if not services.finish(generation=generation, lease=lease, track_id=track_id, piece=piece):
            remove_folder(track_folder(track_id))
    except Stopped:
        return
    except Exception:  # whatever it was, the creator is told and the row is not left behind
        log.exception("generation %s could not be rendered", generation_id)
        services.fail(generation=generation, lease=lease, reason=REASON)
    finally:
        remove_folder(folder)


def _render(
    generation: Generation, midi: bytes, folder: Path, track_id: UUID, progress: Callable[[float], None]
) -> FinishedPiece:
    """Write all the files of a track into `folder`."""
    rendered = render(
        midi,
        seconds=generation.seconds,
        title=generation.title,
        soundfont=settings.SOUNDFONT,
        wav=folder / "track.wav",
        mp3=folder / "track.mp3",
        progress=progress,
        tags=tags(track_id, generation.title, generation.facts),
    )
    facts = {
        **generation.facts,
        "seconds_measured": round(rendered.seconds, 4),
        "lufs": round(rendered.loudness.integrated, 2),
        "true_peak_dbtp": round(rendered.loudness.true_peak, 2),
        "gain_db": rendered.gain_db,
    }
    (folder / "track.mid").write_bytes(midi)
    (folder / "track.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return FinishedPiece(generation.title, facts, rendered.peaks, rendered.seconds, generation.melody)
