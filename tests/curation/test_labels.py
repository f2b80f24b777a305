"""The mood that a curator labels a piece with, on its way to training."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emotionmusic.curation import services
from emotionmusic.curation.jobs import check_piece
from emotionmusic.curation.models import Licence, State, TrainingPiece
from emotionmusic.curation.uploading import accept_uploads
from generator.mood import MOODS, UnknownMood
from generator.training.corpora import read_curated
from tests.curation.conftest import GOOD, WANTED


def approve(curator, piece, mood):
    return curator.post(reverse("admin:curation_approve", args=[piece.id]), {"title": "A tune", "mood": mood})


def label(curator, piece, mood):
    return curator.post(reverse("admin:curation_label", args=[piece.id]), {"mood": mood})


def page_of(curator, piece) -> str:
    return curator.get(reverse("admin:curation_trainingpiece_change", args=[piece.id])).content.decode()


def learned_mood(piece) -> str | None:
    """The mood that training reads of an approved piece."""
    [read] = read_curated(piece.published, "curated")
    return read.mood


@pytest.mark.usefixtures("redis_url")
def test_a_mood_given_with_the_upload_is_offered_for_approval(send, curator):
    send(("tune.mid", GOOD), mood="lonely")
    piece = TrainingPiece.objects.get()
    assert piece.mood == "lonely"
    check_piece(str(piece.id))
    assert '<option value="lonely" selected>Lonely</option>' in page_of(curator, piece)


@pytest.mark.usefixtures("redis_url")
def test_an_upload_needs_no_mood_and_is_offered_all_sixteen(send, curator):
    page = curator.get(reverse("admin:curation_upload")).content.decode()
    assert all(f'<option value="{mood}">{mood.capitalize()}</option>' in page for mood in MOODS)
    assert send(("tune.mid", GOOD)).status_code == 302
    assert TrainingPiece.objects.get().mood == ""


def test_a_mood_that_is_none_is_refused_with_what_to_do(send, curator, admin, in_review):
    answers = [send(("tune.mid", GOOD), mood="bored"), approve(curator, in_review, "bored")]
    services.approve(piece=in_review, reviewer=admin, title="A tune", mood="")
    answers.append(label(curator, in_review, "bored"))
    for answer in answers:
        assert answer.status_code == 200
        assert "There is no such mood. Choose one of the list, or no label." in answer.content.decode()
    assert TrainingPiece.objects.get().mood == ""


def test_no_way_in_takes_a_mood_that_is_none(admin, in_review):
    upload = SimpleUploadedFile("other.mid", GOOD)
    ways = (
        lambda: accept_uploads(
            uploader=admin, uploads=[upload], source="x", licence=Licence(WANTED["licence"]), mood="bored"
        ),
        lambda: services.approve(piece=in_review, reviewer=admin, title="A tune", mood="bored"),
        lambda: services.label(piece=in_review, reviewer=admin, mood="bored"),
    )
    for way in ways:
        with pytest.raises(UnknownMood, match="choose one of happy"):
            way()
    in_review.refresh_from_db()
    assert (in_review.state, in_review.mood) == (State.REVIEW, "")


def test_the_label_of_an_approval_arrives_in_the_published_file(curator, in_review):
    approve(curator, in_review, "sad")
    assert json.loads(in_review.published.read_text())["mood"] == "sad"
    assert learned_mood(in_review) == "sad"


def test_a_piece_without_a_label_is_published_without_a_mood(curator, in_review):
    approve(curator, in_review, "")
    assert "mood" not in json.loads(in_review.published.read_text())
    assert learned_mood(in_review) is None


def test_another_label_renews_the_published_file_and_stands_in_the_history(curator, in_review):
    approve(curator, in_review, "sad")
    before = json.loads(in_review.published.read_text())
    assert '<option value="sad" selected>Sad</option>' in page_of(curator, in_review)
    answer = label(curator, in_review, "lonely")
    assert "Labelled lonely." in curator.get(answer.url).content.decode()
    assert json.loads(in_review.published.read_text()) == {**before, "mood": "lonely"}
    history = curator.get(reverse("admin:curation_trainingpiece_history", args=[in_review.id])).content.decode()
    assert "Labelled lonely." in history


def test_a_label_can_be_taken_away_again(curator, in_review):
    approve(curator, in_review, "sad")
    label(curator, in_review, "")
    assert learned_mood(in_review) is None


def test_a_label_that_cannot_be_published_is_none(curator, admin, in_review, curated):
    approve(curator, in_review, "sad")
    in_review.published.unlink()
    curated.rmdir()
    curated.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="curated"):
        services.label(piece=in_review, reviewer=admin, mood="lonely")
    in_review.refresh_from_db()
    assert in_review.mood == "sad"


@pytest.mark.parametrize("state", [State.CHECKING, State.REVIEW, State.REJECTED])
def test_only_an_approved_piece_is_labelled_by_itself(curator, in_review, curated, state):
    TrainingPiece.objects.update(state=state)
    assert reverse("admin:curation_label", args=[in_review.id]) not in page_of(curator, in_review)
    answer = label(curator, in_review, "sad")
    assert "changed in the meantime" in curator.get(answer.url).content.decode()
    in_review.refresh_from_db()
    assert (in_review.state, in_review.mood) == (state, "")
    assert not curated.exists()
