"""The shelf: all of a creator's tracks."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emotionmusic.library.models import Track
from tests.tracks import kept_track

SHELF = reverse("library:shelf")


def titles(answer) -> list[str]:
    return re.findall(r'class="shelf__title"><a [^>]*>([^<]*)<', answer.content.decode())


def keep(owner, count: int) -> None:
    for number in range(count):
        track = kept_track(owner, f"Number {number}")
        Track.objects.filter(id=track.id).update(created_at=timezone.now() + timedelta(minutes=number))


def test_an_empty_shelf_leads_to_the_studio(creator):
    page = creator.get(SHELF).content.decode()
    assert "Nothing here yet" in page
    assert f'<a class="button" href="{reverse("studio:wish")}">' in page


def test_the_newest_track_stands_first(creator, owner):
    keep(owner, 3)
    assert titles(creator.get(SHELF)) == ["Number 2", "Number 1", "Number 0"]


def test_a_track_is_shown_with_mood_length_date_and_player(creator, track):
    page = creator.get(SHELF).content.decode()
    assert ">Sad</span>" in page
    assert "0:30" in page
    assert track.created_at.strftime("%B %Y") in page
    assert f'src="{reverse("library:audio", args=[track.id])}"' in page


def test_a_stranger_s_and_a_deleted_track_are_not_on_it(creator, owner, stranger):
    kept_track(stranger, "Not mine")
    kept_track(owner, "Mine")
    Track.objects.filter(id=kept_track(owner, "Gone").id).update(deleted_at=timezone.now())
    assert titles(creator.get(SHELF)) == ["Mine"]


@pytest.mark.parametrize("path", ["library:shelf", "library:deleted"])
def test_a_list_makes_as_many_queries_for_twelve_tracks_as_for_one(
    creator, owner, path, django_assert_num_queries, django_assert_max_num_queries
):
    def keep_here(count: int) -> None:
        keep(owner, count)
        if path == "library:deleted":
            Track.objects.update(deleted_at=timezone.now())

    keep_here(1)
    with django_assert_max_num_queries(8) as asked:
        creator.get(reverse(path))
    keep_here(11)
    with django_assert_num_queries(len(asked.captured_queries)):
        assert creator.get(reverse(path)).content.decode().count('<li class="card') == 12


def test_the_thirteenth_track_stands_on_a_second_page(creator, owner):
    keep(owner, 13)
    first = creator.get(SHELF)
    assert titles(first) == [f"Number {number}" for number in range(12, 0, -1)]
    assert 'rel="next" href="?page=2"' in first.content.decode()
    second = creator.get(SHELF, {"page": 2})
    assert titles(second) == ["Number 0"]
    assert 'rel="prev" href="?page=1"' in second.content.decode()


@pytest.mark.parametrize(("asked", "shown"), [("0", "Number 0"), ("99", "Number 0"), ("abc", "Number 12")])
def test_a_page_that_does_not_exist_is_the_nearest_one(creator, owner, asked, shown):
    keep(owner, 13)
    assert titles(creator.get(SHELF, {"page": asked}))[0] == shown


def test_a_title_is_text_never_markup(creator, owner):
    kept_track(owner, "<script>alert(1)</script>")
    page = creator.get(SHELF).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_shelf_cannot_be_posted_to(creator):
    assert creator.post(SHELF).status_code == 405
