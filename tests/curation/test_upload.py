"""Uploading one or many MIDI files."""

import re
import stat

import django_rq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emotionmusic.curation.forms import MOST_FILES
from emotionmusic.curation.models import State, TrainingPiece, upload_folder
from emotionmusic.curation.services import record_refusal
from generator.curating.refusal import MidiRefused, Refusal
from tests.curation.conftest import GOOD
from tests.generator.curating.files import meta, midi_bytes, scale_file, wav_bytes

pytestmark = pytest.mark.usefixtures("redis_url")


def queued() -> list[str]:
    return [job.args[0] for job in django_rq.get_queue("check").jobs]


def test_one_file_is_kept_and_its_check_is_queued(send, admin, media):
    answer = send(("tune.mid", GOOD))
    assert answer.status_code == 302
    piece = TrainingPiece.objects.get()
    assert (piece.state, piece.uploader, piece.original_name) == (State.CHECKING, admin, "tune.mid")
    assert (piece.source, piece.licence) == ("Grandmother's notebook", "public-domain")
    assert queued() == [str(piece.id)]
    assert piece.midi == media / "curation" / f"{piece.id}.mid"
    assert piece.midi.read_bytes() == GOOD
    assert stat.S_IMODE(piece.midi.stat().st_mode) == 0o600


def test_many_files_are_kept_each_for_itself(send):
    send(*((f"{number}.mid", scale_file(meta(0x03, b"%d" % number))) for number in range(12)))
    assert TrainingPiece.objects.count() == 12
    assert sorted(queued()) == sorted(str(piece.id) for piece in TrainingPiece.objects.all())


def test_bad_files_are_named_beside_the_field_and_the_good_ones_kept(send):
    answer = send(
        ("good.mid", GOOD), ("empty.mid", b""), ("song.mid", wav_bytes()), ("tracks.mid", midi_bytes(*[b""] * 65_535)),
        ("zero.mid", midi_bytes(b"", division=0)), ("big.mid", GOOD + bytes(1_000_000)),
    )  # fmt: skip
    assert answer.status_code == 200
    assert [piece.original_name for piece in TrainingPiece.objects.all()] == ["good.mid"]
    errors = answer.context["form"].errors["midi"]
    for name, words in zip(
        ("empty.mid", "song.mid", "tracks.mid", "zero.mid", "big.mid"),
        ("is empty", "WAV", "65535 tracks", "division", "up to 1 MB"),
        strict=True,
    ):
        assert any(error.startswith(f"{name}: ") and words in error for error in errors)
    assert len(list(upload_folder().iterdir())) == 1


def test_the_same_file_twice_is_told_so(send, in_review):
    answer = send(("other-name.mid", GOOD))
    [error] = answer.context["form"].errors["midi"]
    assert "already" in error
    assert "A good tune" in error
    assert TrainingPiece.objects.count() == 1


def test_the_same_file_twice_in_one_upload_is_kept_once(send):
    send(("a.mid", GOOD), ("b.mid", GOOD))
    assert TrainingPiece.objects.count() == 1
    assert len(list(upload_folder().iterdir())) == 1


def test_a_refused_file_may_be_tried_again(send, uploaded):
    first = uploaded()
    record_refusal(piece=first, refused=MidiRefused(Refusal.TOOK_TOO_LONG, "It took too long."))
    assert send(("again.mid", GOOD)).status_code == 302
    assert TrainingPiece.objects.count() == 2


@pytest.mark.parametrize("missing", ["source", "licence"])
def test_source_and_licence_are_required(send, missing):
    answer = send(("tune.mid", GOOD), **{missing: ""})
    assert answer.status_code == 200
    assert missing in answer.context["form"].errors
    assert not TrainingPiece.objects.exists()


@pytest.mark.parametrize("licence", ["CC-BY-NC-4.0", "all rights reserved", "\0"])
def test_a_licence_that_is_not_on_the_list_is_refused(send, licence):
    assert "licence" in send(("tune.mid", GOOD), licence=licence).context["form"].errors
    assert not TrainingPiece.objects.exists()


def test_no_licence_on_the_list_forbids_commerce(curator):
    page = curator.get(reverse("admin:curation_upload")).content.decode()
    licences = re.findall(r"<option[^>]*>([^<]*)</option>", page)
    assert "CC0 1.0" in licences
    assert not any("NC" in licence for licence in licences)


def test_no_file_and_too_many_files_are_refused(send):
    assert "Choose at least one" in send().content.decode()
    many = [(f"{number}.mid", GOOD) for number in range(MOST_FILES + 1)]
    assert f"up to {MOST_FILES}" in send(*many).content.decode()
    assert not TrainingPiece.objects.exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.mid", "passwd.mid"),
        ("..\\..\\windows\\tune.mid", "tune.mid"),
        ("tune\u202edim.exe.mid", "tunedim.exe.mid"),
        ("x" * 250 + ".mid", "x" * 120),
    ],
)
def test_a_file_name_stays_a_plain_name_and_chooses_no_place(send, media, sent, kept):
    upload = SimpleUploadedFile("tune.mid", GOOD)
    upload._name = sent
    send_name = upload.name
    assert send((send_name, GOOD)).status_code == 302
    piece = TrainingPiece.objects.get()
    assert piece.original_name == kept
    assert [path.name for path in (media / "curation").iterdir()] == [f"{piece.id}.mid"]


def test_script_in_a_file_name_is_shown_as_text(send, curator):
    send(("<script>alert(1)</script>.mid", b"no midi"), ("<img src=x onerror=alert(1)>.mid", GOOD))
    answer = send(("<b>bold<b>.mid", b"no midi"))
    pages = [answer.content.decode(), curator.get(reverse("admin:curation_trainingpiece_changelist")).content.decode()]
    for page in pages:
        assert "<img src=x" not in page
        assert "<b>bold" not in page
    assert "&lt;b&gt;bold&lt;b&gt;.mid" in pages[0]
    assert "&lt;img src=x" in pages[1]


def test_without_redis_the_files_wait_and_nothing_is_lost(send, redis_away):
    assert (
        send(*((f"{number}.mid", scale_file(meta(0x03, b"%d" % number))) for number in range(20))).status_code == 302
    )
    assert TrainingPiece.objects.filter(state=State.CHECKING).count() == 20
