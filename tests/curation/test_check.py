"""The job that checks an upload, and what happens when it is lost, late or run twice."""

import uuid
from datetime import timedelta

import django_rq
import pytest
from django.utils import timezone

from emotionmusic.curation import jobs, services
from emotionmusic.curation.jobs import check_piece
from emotionmusic.curation.models import State, TrainingPiece
from generator.curating.checking import check_midi_file
from generator.training.pieces import piece_from_json
from tests.generator.curating.files import meta, midi_bytes, scale_events, scale_file
from tests.generator.curating.test_refused_files import HUGE_DELTA, PROGRAM_CHANGES

LONG_AGO = timedelta(minutes=5)


def test_a_good_file_waits_for_review_with_its_facts(in_review):
    assert in_review.state == State.REVIEW
    assert (in_review.title, in_review.metre, in_review.length) == ("A good tune", "4/4", "0:08")
    assert in_review.facts["notes"] == 32
    assert in_review.facts["line"] == "single line"
    piece = piece_from_json(in_review.melody)
    assert (piece.identity, piece.source) == (f"curated/{in_review.id}", "curated")
    assert piece.melody == check_midi_file(in_review.midi).melody


def test_a_file_without_a_title_is_called_by_its_name(uploaded):
    piece = uploaded(scale_file(), "Morning has come.mid")
    check_piece(str(piece.id))
    piece.refresh_from_db()
    assert piece.title == "Morning has come"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HUGE_DELTA, "too_long"),
        (midi_bytes(PROGRAM_CHANGES), "too_many_events"),
        (scale_file()[:80], "truncated"),
        (scale_file(meta(0x51, b"\0\0\0")), "bad_tempo"),
        (scale_file(meta(0x58, b"\0\2\x18\x08")), "bad_metre"),
        (midi_bytes(scale_events(8)), "too_few_notes"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_not_kept(uploaded, content, code):
    piece = uploaded(content)
    check_piece(str(piece.id))
    piece.refresh_from_db()
    assert (piece.state, piece.reason_code) == (State.REFUSED, code)
    assert piece.reason
    assert not piece.midi.exists()
    assert piece.melody == ""


def test_a_job_for_a_piece_that_is_gone_does_nothing(db):
    check_piece(str(uuid.uuid4()))


def test_a_second_run_changes_nothing(in_review):
    before = TrainingPiece.objects.values().get()
    check_piece(str(in_review.id))
    after = TrainingPiece.objects.values().get()
    assert {**after, "attempts": 0, "queued_at": None} == {**before, "attempts": 0, "queued_at": None}


def test_a_run_that_ends_after_another_has_decided_changes_nothing(uploaded, monkeypatch):
    piece = uploaded()

    def slow_check(path):
        checked = check_midi_file(path)
        check_piece(str(piece.id))
        approved = TrainingPiece.objects.get()
        services.approve(piece=approved, reviewer=approved.uploader, title="Approved meanwhile", mood="")
        return checked

    monkeypatch.setattr(jobs, "check_midi_file", lambda path: (monkeypatch.undo(), slow_check(path))[1])
    check_piece(str(piece.id))
    piece.refresh_from_db()
    assert (piece.state, piece.title) == (State.APPROVED, "Approved meanwhile")


def test_a_file_that_always_stops_its_worker_is_refused_in_the_end(uploaded, monkeypatch):
    piece = uploaded()

    class Killed(BaseException):
        """What the process sees of kill -9, as far as the row goes."""

    def killed(path):
        raise Killed

    monkeypatch.setattr(jobs, "check_midi_file", killed)
    for _ in range(services.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            check_piece(str(piece.id))
    check_piece(str(piece.id))
    piece.refresh_from_db()
    assert (piece.state, piece.reason_code) == (State.REFUSED, "unreadable")


def test_what_waits_too_long_is_queued_again_once(uploaded, redis_url):
    piece = uploaded()
    queue = django_rq.get_queue("check")
    assert services.requeue_waiting_pieces() == 0
    TrainingPiece.objects.update(queued_at=timezone.now() - LONG_AGO)
    assert services.requeue_waiting_pieces() == 1
    assert queue.get_job_ids() == [piece.job_id]
    TrainingPiece.objects.update(queued_at=timezone.now() - LONG_AGO)
    assert services.requeue_waiting_pieces() == 0
    queue.empty()
    assert services.requeue_waiting_pieces() == 1


def test_a_piece_whose_worker_was_lost_is_checked_by_another(uploaded, redis_url):
    piece = uploaded()
    services.begin_check(piece=piece)
    TrainingPiece.objects.update(queued_at=timezone.now() - LONG_AGO)
    services.requeue_waiting_pieces()
    [job] = django_rq.get_queue("check").jobs
    job.func(*job.args)
    piece.refresh_from_db()
    assert piece.state == State.REVIEW


def test_what_waits_stays_waiting_while_redis_is_away(uploaded, redis_away):
    piece = uploaded()
    TrainingPiece.objects.update(queued_at=timezone.now() - LONG_AGO)
    assert services.requeue_waiting_pieces() == 0
    piece.refresh_from_db()
    assert piece.state == State.CHECKING


def test_a_missing_soundfont_leaves_the_piece_to_be_judged_by_its_notes(in_review):
    assert in_review.state == State.REVIEW
    assert not in_review.has_preview


def test_a_preview_is_tried_again_and_given_up_in_the_end(in_review, redis_url):
    for _ in range(services.MOST_ATTEMPTS):
        TrainingPiece.objects.update(queued_at=timezone.now() - LONG_AGO)
        assert services.requeue_waiting_pieces() == 1
        django_rq.get_queue("check").empty()
        check_piece(str(in_review.id))
    TrainingPiece.objects.update(queued_at=timezone.now() - LONG_AGO)
    assert services.requeue_waiting_pieces() == 0
