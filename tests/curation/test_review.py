"""Judging a piece: its page, approval, rejection."""

import json
import re

import pytest
from django.conf import settings as site_settings
from django.urls import reverse

from emotionmusic.curation import files, services
from emotionmusic.curation.jobs import check_piece
from emotionmusic.curation.models import State, TrainingPiece, upload_folder
from generator.training import corpora
from generator.training.pieces import piece_from_json
from tests.generator.curating.files import meta, scale_file

SOUNDFONT = site_settings.SOUNDFONT


def page_of(curator, piece) -> str:
    return curator.get(reverse("admin:curation_trainingpiece_change", args=[piece.id])).content.decode()


def approve(curator, piece, title="A good tune", mood=""):
    return curator.post(reverse("admin:curation_approve", args=[piece.id]), {"title": title, "mood": mood})


def reject(curator, piece, reason="too plain"):
    return curator.post(reverse("admin:curation_reject", args=[piece.id]), {"reason": reason})


def test_the_review_page_shows_all_that_a_curator_judges_by(curator, in_review):
    page = page_of(curator, in_review)
    for words in ("A good tune", "0:08", "32, from C4 to G4", "4/4", "Single line", "tune.mid",
                  "Grandmother&#x27;s notebook", "Public domain", "admin@example.com", in_review.key):  # fmt: skip
        assert words in page
    assert page.count('class="piano-roll__note"') == 32
    assert 'name="title"' in page
    assert 'name="reason"' in page


def test_no_page_needs_inline_styles_or_scripts(curator, in_review):
    pages = [page_of(curator, in_review), curator.get(reverse("admin:curation_upload")).content.decode()]
    for page in pages:
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son\w+=", page)


def test_a_piece_that_is_being_checked_says_so_and_looks_again_by_itself(curator, uploaded):
    page = page_of(curator, uploaded())
    assert "Being checked" in page
    assert 'http-equiv="refresh"' in page


def test_a_refused_piece_says_why(curator, uploaded):
    piece = uploaded(scale_file(meta(0x51, b"\0\0\0")))
    check_piece(str(piece.id))
    page = page_of(curator, piece)
    assert "a tempo of zero" in page
    assert "bad_tempo" in page
    assert "curation-decision" not in page


def test_hostile_texts_of_a_file_are_shown_as_text(curator, uploaded):
    piece = uploaded(scale_file(meta(0x03, b"<script>alert(1)</script>\x00\xff")), "<i>.mid")
    check_piece(str(piece.id))
    listed = curator.get(reverse("admin:curation_trainingpiece_changelist")).content.decode()
    for page in (page_of(curator, piece), listed):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_approved_piece_is_one_that_training_reads(curator, admin, in_review, curated, monkeypatch, tmp_path):
    assert approve(curator, in_review, "A better title").status_code == 302
    in_review.refresh_from_db()
    assert (in_review.state, in_review.reviewer, in_review.title) == (State.APPROVED, admin, "A better title")
    told = json.loads(in_review.published.read_text())
    assert (told["licence"], told["origin"]) == ("public-domain", "Grandmother's notebook")
    monkeypatch.setenv("EMOTIONMUSIC_CURATED", str(curated))
    [source] = [source for source in corpora.known_sources() if source.name == "curated"]
    corpus = corpora.load_corpus([source], tmp_path / "cache")
    [entry] = corpus.pieces
    assert (entry.piece.identity, entry.piece.title) == (f"curated/{in_review.id}", "A better title")
    [read] = corpora.read_curated(in_review.published, "curated")
    assert read.melody == piece_from_json(in_review.melody).melody


def test_after_a_decision_comes_the_next_piece(curator, in_review, uploaded):
    other = uploaded(scale_file(), "second.mid")
    check_piece(str(other.id))
    assert approve(curator, in_review).url == reverse("admin:curation_trainingpiece_change", args=[other.id])
    assert reject(curator, other).url.startswith(reverse("admin:curation_trainingpiece_changelist"))


def test_approval_needs_a_title(curator, in_review):
    answer = approve(curator, in_review, "  ")
    assert answer.status_code == 200
    assert "needs a title" in answer.content.decode()
    in_review.refresh_from_db()
    assert in_review.state == State.REVIEW


def test_rejection_needs_a_reason(curator, admin, in_review):
    answer = reject(curator, in_review, "  ")
    assert answer.status_code == 200
    assert "Say why" in answer.content.decode()
    with pytest.raises(ValueError, match="reason"):
        services.reject(piece=in_review, reviewer=admin, reason=" ")
    in_review.refresh_from_db()
    assert in_review.state == State.REVIEW


def test_a_rejected_piece_keeps_its_reason_and_loses_its_files(curator, in_review, curated):
    reject(curator, in_review, "It is <b>not</b> free.")
    in_review.refresh_from_db()
    assert (in_review.state, in_review.reason) == (State.REJECTED, "It is <b>not</b> free.")
    assert "It is &lt;b&gt;not&lt;/b&gt; free." in page_of(curator, in_review)
    assert list(upload_folder().iterdir()) == []
    assert not curated.exists()


def test_an_approved_piece_can_be_withdrawn_from_training(curator, in_review, curated):
    approve(curator, in_review)
    assert "Withdraw" in page_of(curator, in_review)
    reject(curator, in_review, "The owner asked for it.")
    in_review.refresh_from_db()
    assert in_review.state == State.REJECTED
    assert list(curated.iterdir()) == []


def test_a_decision_that_comes_too_late_changes_nothing_and_says_so(curator, in_review):
    reject(curator, in_review)
    for decide in (approve, reject):
        answer = decide(curator, in_review)
        assert "changed in the meantime" in curator.get(answer.url).content.decode()
    in_review.refresh_from_db()
    assert (in_review.state, in_review.reason) == (State.REJECTED, "too plain")


def test_a_piece_that_is_still_being_checked_cannot_be_approved(curator, uploaded, curated):
    piece = uploaded()
    approve(curator, piece)
    piece.refresh_from_db()
    assert piece.state == State.CHECKING
    assert not curated.exists()


def test_an_approval_whose_file_cannot_be_written_is_none(curator, admin, in_review, curated):
    curated.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="curated"):
        services.approve(piece=in_review, reviewer=admin, title="A good tune", mood="")
    in_review.refresh_from_db()
    assert in_review.state == State.REVIEW


def test_decisions_stand_in_the_history(curator, in_review):
    approve(curator, in_review)
    page = curator.get(reverse("admin:curation_trainingpiece_history", args=[in_review.id])).content.decode()
    assert "Approved." in page


def test_tidying_publishes_what_is_missing_and_removes_what_nobody_wants(curator, in_review, curated, monkeypatch):
    approve(curator, in_review)
    published = in_review.published
    published.rename(curated / f"{'0' * 32}.json")
    (curated / "notes.json").write_text("not ours")
    stray = upload_folder() / f"{'0' * 32}.mid"
    stray.write_bytes(b"")
    monkeypatch.setattr(files, "STRAY_AFTER", -1)
    assert files.tidy() == 3
    assert sorted(path.name for path in curated.iterdir()) == sorted([published.name, "notes.json"])
    assert [path.name for path in upload_folder().iterdir()] == [in_review.midi.name]
    assert files.tidy() == 0


def test_the_list_makes_as_many_queries_for_many_pieces_as_for_one(
    curator, in_review, uploaded, django_assert_max_num_queries, django_assert_num_queries
):
    address = reverse("admin:curation_trainingpiece_changelist")
    curator.get(address)
    with django_assert_max_num_queries(14) as one:
        curator.get(address)
    for number in range(5):
        uploaded(scale_file(meta(0x03, b"%d" % number)))
    with django_assert_num_queries(len(one.captured_queries)):
        curator.get(address)


def test_a_curator_hears_the_melody_and_can_seek_in_it(curator, uploaded, settings):
    settings.SOUNDFONT = SOUNDFONT
    piece = uploaded()
    check_piece(str(piece.id))
    piece.refresh_from_db()
    assert piece.has_preview
    address = reverse("admin:curation_listen", args=[piece.id])
    assert f'src="{address}"' in page_of(curator, piece)
    whole = curator.get(address)
    sound = b"".join(whole.streaming_content)
    assert whole["Content-Type"] == "audio/mpeg"
    assert sound == piece.preview.read_bytes()
    part = curator.get(address, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == sound[100:200]
    reject(curator, piece)
    assert not piece.preview.exists()
    assert curator.get(address).status_code == 404
    assert TrainingPiece.objects.get().state == State.REJECTED
