"""Files to keep: what is in them and what they are called."""

import email.message
import io
import re

import mido
import pytest
from django.urls import reverse

from emotionmusic.library.queries import melody_of
from generator.compose import rearrange_track
from generator.request import Request
from tests.tracks import FILES, kept_track


def suggested_name(answer) -> str:
    """The name a browser saves the file under."""
    message = email.message.Message()
    message["Content-Disposition"] = answer["Content-Disposition"]
    assert message.get_content_disposition() == "attachment"
    return message.get_filename()


@pytest.fixture
def download(creator, owner):
    """`download(kind, title)` is the answer for a track of that title."""

    def fetch(kind: str, title: str = "Sad in D minor"):
        return creator.get(reverse("library:download", args=[kept_track(owner, title).id, kind]))

    return fetch


@pytest.mark.parametrize(
    ("kind", "content_type", "file", "name"),
    [
        ("mp3", "audio/mpeg", "track.mp3", "sad-in-d-minor-30s.mp3"),
        ("wav", "audio/wav", "track.wav", "sad-in-d-minor-30s.wav"),
        ("midi", "audio/midi", "track.mid", "sad-in-d-minor-30s.mid"),
    ],
)
def test_each_kind_is_the_track_s_own_file_under_a_sensible_name(download, kind, content_type, file, name):
    answer = download(kind)
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    if kind != "midi":
        assert b"".join(answer.streaming_content) == FILES[file]
    assert suggested_name(answer) == name
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Trauer über Köln", "trauer-über-köln-30s.mp3"),
        ("海の歌", "海の歌-30s.mp3"),
        ('He said "run"', "he-said-run-30s.mp3"),
        ("../../etc/passwd", "etcpasswd-30s.mp3"),
        ("..\\..\\boot.ini", "bootini-30s.mp3"),
        ("x\r\nSet-Cookie: a=b", "x-set-cookie-ab-30s.mp3"),
        ("; filename=evil.exe", "filenameevilexe-30s.mp3"),
        ("🌧🌧🌧", "sad-30s.mp3"),
        ("CON", "con-30s.mp3"),
    ],
)
def test_no_title_makes_a_strange_name_or_header(download, title, name):
    answer = download("mp3", title)
    assert suggested_name(answer) == name
    assert not re.search(r"[\r\n]", answer["Content-Disposition"])
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("letter", ["x", "ü", "海", "𠀀"])
def test_the_longest_title_makes_a_name_that_file_systems_take(download, letter):
    assert len(suggested_name(download("wav", letter * 120)).encode()) <= 255


@pytest.mark.parametrize("kind", ["exe", "json", "track.wav", ".."])
def test_another_kind_is_not_found(creator, track, kind):
    assert creator.get(f"/library/{track.id}/download/{kind}/").status_code == 404


def test_a_file_that_is_gone_is_not_found(creator, track):
    track.wav.unlink()
    assert creator.get(reverse("library:download", args=[track.id, "wav"])).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_files_can_only_be_read(creator, track, method):
    assert getattr(creator, method)(reverse("library:download", args=[track.id, "mp3"])).status_code == 405
    assert getattr(creator, method)(reverse("library:audio", args=[track.id])).status_code == 405


def test_the_midi_file_carries_the_licence_and_the_number_and_all_its_notes(creator, track, settings):
    settings.SITE_ADDRESS = "https://music.example.com"
    content = creator.get(reverse("library:download", args=[track.id, "midi"])).content
    texts = [message.text for message in mido.MidiFile(file=io.BytesIO(content)).tracks[0] if message.type == "text"]
    assert "license: https://music.example.com/licence/" in texts
    assert any(str(track.id) in text for text in texts)
    assert any("AI-generated music" in text for text in texts)
    notes = [
        [message for message in mido.MidiFile(file=io.BytesIO(file)) if message.type == "note_on"]
        for file in (content, FILES["track.mid"])
    ]
    assert notes[0] == notes[1]


def test_the_table_of_markers_has_bars_and_chords_by_the_second(creator, track):
    request = Request.of("sad", 0.8, 30.0, 7, style="strings")
    track.midi.write_bytes(rearrange_track(melody_of(track), request).midi)
    answer = creator.get(reverse("library:download", args=[track.id, "markers"]))
    assert suggested_name(answer) == "sad-in-d-minor-30s-markers.csv"
    header, *rows = answer.content.decode().splitlines()
    assert header == "seconds,kind,label"
    assert [row.split(",")[2] for row in rows if ",bar," in row] == [str(bar) for bar in range(1, 9)]
    assert any(",chord," in row for row in rows)


def test_a_track_too_old_for_a_table_of_markers_is_told_so(creator, track):
    answer = creator.get(reverse("library:download", args=[track.id, "markers"]), follow=True)
    assert "was made before its notes were kept" in answer.content.decode()
