"""The check of an uploaded file, as a job. Only the piece's id crosses the queue."""

import logging
from uuid import UUID

from django.conf import settings

from emotionmusic.curation import queries, services
from emotionmusic.curation.models import State, TrainingPiece
from emotionmusic.curation.preview import render_preview
from generator.curating.checking import check_midi_file
from generator.curating.refusal import MidiRefused
from generator.training.pieces import piece_from_json

log = logging.getLogger(__name__)


def check_piece(piece_id: str) -> None:
    """Check a piece and make it audible, or refuse it; harmless if run twice, too late or half a time."""
    piece = queries.find_piece(UUID(piece_id))
    if piece is None or not services.begin_check(piece=piece):
        return
    if piece.state == State.CHECKING:
        _check(piece)
        piece.refresh_from_db()
    if piece.state == State.REVIEW and not piece.has_preview:
        _make_audible(piece)


def _check(piece: TrainingPiece) -> None:
    try:
        checked = check_midi_file(piece.midi)
    except MidiRefused as refused:
        services.record_refusal(piece=piece, refused=refused)
    else:
        services.record_melody(piece=piece, checked=checked)


def _make_audible(piece: TrainingPiece) -> None:
    """Without a preview a piece can still be judged by its notes, so a fault here does not hold it up."""
    melody = piece_from_json(piece.melody).melody
    try:
        render_preview(melody, piece.facts["tempo"], piece.preview, title=piece.title, soundfont=settings.SOUNDFONT)
    except Exception:  # whatever the sound libraries raise, the piece stays to be judged by its notes
        log.exception("training piece %s has no preview", piece.id)
        return
    if not services.record_preview(piece=piece):
        piece.preview.unlink(missing_ok=True)
