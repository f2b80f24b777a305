"""Renaming a track."""

import pytest
from django.urls import reverse


@pytest.fixture
def rename(creator, track):
    """`rename(title)` sends the form and brings the row up to date."""

    def send(title: str):
        answer = creator.post(reverse("library:rename", args=[track.id]), {"title": title})
        track.refresh_from_db()
        return answer

    return send


def test_a_track_has_its_new_title(rename, creator, track):
    answer = rename("Regen über Köln 🌧")
    assert answer.status_code == 302
    assert answer.url == reverse("library:track", args=[track.id])
    assert track.title == "Regen über Köln 🌧"
    assert "<h1>Regen über Köln 🌧</h1>" in creator.get(answer.url).content.decode()


def test_the_longest_title_is_120_characters(rename, track):
    assert rename("x" * 120).status_code == 302
    assert track.title == "x" * 120


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "Give the track a title."),
        ("   ", "Give the track a title."),
        ("\t\r\n", "Give the track a title."),
        ("\u202e\u200b", "Give the track a title."),
        ("x" * 121, "A title has at most 120 characters."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_title_that_is_none_is_refused_beside_the_field(rename, track, title, said):
    answer = rename(title)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.index('name="title"') < page.index("field__error") < page.index("Rename</button>")
    assert said in page
    assert track.title == "Sad in D minor"
    assert "<h1>Sad in D minor</h1>" in page


def test_control_characters_become_spaces(rename, track):
    rename("One\r\nSet-Cookie:\ttwo\x1b[31m \u202ethree")
    assert track.title == "One Set-Cookie: two [31m three"


def test_markup_in_a_title_is_shown_as_text(rename, creator, track):
    page = creator.get(rename('"><script>alert(1)</script>').url).content.decode()
    assert "<script>alert" not in page


def test_a_title_is_not_changed_by_looking(creator, track):
    assert creator.get(reverse("library:rename", args=[track.id]), {"title": "New"}).status_code == 405


def test_a_form_without_a_title_is_refused(creator, track):
    assert creator.post(reverse("library:rename", args=[track.id])).status_code == 422
