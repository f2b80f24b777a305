"""What a page is told of a generation under way."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emotionmusic.library.services import delete_track
from emotionmusic.studio.models import Generation, State
from emotionmusic.studio.progress import progress_of
from emotionmusic.studio.queries import USUAL_SECONDS
from tests.tracks import kept_track


def at(generation: Generation, seconds: float) -> Generation:
    """The row as if it had been made so many seconds from now."""
    Generation.objects.filter(id=generation.id).update(created_at=timezone.now() + timedelta(seconds=seconds))
    generation.refresh_from_db()
    return generation


def test_the_place_in_the_queue_counts_who_came_earlier(generation, stranger):
    first = at(generation(owner=stranger), -30)
    second = at(generation(), -20)
    third = at(generation(), -10)
    assert [progress_of(row)["position"] for row in (first, second, third)] == [0, 1, 2]
    Generation.objects.filter(id=first.id).update(state=State.CANCELLED)
    assert [progress_of(row)["position"] for row in (second, third)] == [0, 1]


def test_who_is_being_composed_stands_before_and_who_is_rendered_does_not(generation):
    at(generation(State.COMPOSING), -30)
    at(generation(State.RENDERING), -20)
    assert progress_of(at(generation(), -10))["position"] == 1


def test_the_time_left_shrinks_with_the_percents_and_grows_with_the_queue(generation):
    assert progress_of(generation(State.COMPOSING, percent=0))["seconds_left"] == round(USUAL_SECONDS)
    assert progress_of(generation(State.RENDERING, percent=60))["seconds_left"] == round(USUAL_SECONDS * 0.4)
    assert progress_of(generation(State.RENDERING, percent=99))["seconds_left"] == 1
    Generation.objects.all().delete()
    at(generation(), -10)
    assert progress_of(at(generation(), -5))["seconds_left"] == round(USUAL_SECONDS * 2)


def test_the_time_left_is_learned_from_the_latest_tracks(generation):
    now = timezone.now()
    for took in (10, 30):
        generation(State.DONE, started_at=now, finished_at=now + timedelta(seconds=took))
    generation(State.FAILED, started_at=now, finished_at=now + timedelta(seconds=900))
    assert progress_of(generation(State.COMPOSING, percent=0))["seconds_left"] == 20


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_what_is_over_is_over(generation, state):
    progress = progress_of(generation(state))
    assert (progress["finished"], progress["position"], progress["seconds_left"]) == (True, 0, 0)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State.QUEUED, ("Waiting for a free composer", "You are next", "0 %", "about 5 s left", "Cancel</button>")),
        (State.COMPOSING, ("Composing the melody", "30 %", "about 4 s left", "Cancel</button>")),
        (State.RENDERING, ("Recording the performance", "Cancel</button>")),
        (State.FAILED, ("This one did not work out", "Too loud.", "Try again")),
        (State.CANCELLED, ("Cancelled", "Nothing was added to your library.", "Back to the studio")),
    ],
)
def test_the_page_says_how_it_stands(creator, generation, state, says):
    row = generation(
        state, percent=30 if state == State.COMPOSING else 0, reason="Too loud." if state == State.FAILED else ""
    )
    for name in ("studio:generation", "studio:progress"):
        page = creator.get(reverse(name, args=[row.id])).content.decode()
        assert f'data-state="{state.value}"' in page
        for words in says:
            assert words in page


@pytest.mark.parametrize("state", list(State))
def test_without_scripts_the_page_refreshes_itself_until_it_is_over(creator, generation, state):
    page = creator.get(reverse("studio:generation", args=[generation(state).id])).content.decode()
    over = state not in Generation.UNDER_WAY
    assert ('<noscript><meta http-equiv="refresh" content="2"></noscript>' in page) is not over
    assert (re.search(r"<generation-progress [^>]*finished>", page) is not None) is over


def test_the_finished_page_has_the_player(creator, generation, owner):
    track = kept_track(owner)
    row = generation(State.DONE, track=track)
    page = creator.get(reverse("studio:generation", args=[row.id])).content.decode()
    assert f'src="{reverse("library:audio", args=[track.id])}"' in page
    assert f'href="{reverse("library:track", args=[track.id])}"' in page


def test_the_page_of_a_deleted_track_leads_to_the_trash(creator, generation, owner):
    track = kept_track(owner)
    row = generation(State.DONE, track=track)
    delete_track(track=track)
    page = creator.get(reverse("studio:generation", args=[row.id])).content.decode()
    assert "This track was deleted" in page
    assert reverse("library:deleted") in page
    assert "<audio" not in page


def test_a_page_under_way_is_never_kept_by_the_browser(creator, generation):
    for name in ("studio:generation", "studio:progress"):
        assert "no-store" in creator.get(reverse(name, args=[generation().id]))["Cache-Control"]


def test_cancelling_leads_back_to_the_page(creator, generation):
    row = generation()
    answer = creator.post(reverse("studio:cancel", args=[row.id]))
    assert (answer.status_code, answer.url) == (302, reverse("studio:generation", args=[row.id]))
    row.refresh_from_db()
    assert row.state == State.CANCELLED


def test_cancelling_what_is_over_is_told(creator, generation):
    row = generation(State.FAILED)
    page = creator.post(reverse("studio:cancel", args=[row.id]), follow=True).content.decode()
    assert "It was finished already." in page


def test_nothing_is_cancelled_by_looking(creator, generation):
    row = generation()
    assert creator.get(reverse("studio:cancel", args=[row.id])).status_code == 405
    row.refresh_from_db()
    assert row.state == State.QUEUED


def test_an_unknown_generation_is_not_found(creator):
    for name in ("studio:generation", "studio:progress"):
        assert creator.get(reverse(name, args=[uuid.UUID(int=7)])).status_code == 404
