"""How many tracks a creator may have under way at once."""

import uuid

import pytest
from django.urls import reverse

from emotionmusic.studio.models import Generation, State
from tests.studio.conftest import queued

STUDIO = reverse("studio:wish")
GOOD = {"mood": "sad", "intensity": "0.8", "seconds": "30"}


@pytest.fixture(autouse=True)
def two_at_once(settings):
    settings.GENERATIONS_AT_ONCE = 2


@pytest.mark.django_db(transaction=True)
def test_one_too_many_is_refused_with_a_clear_word_and_nothing_is_stored(creator):
    number = str(uuid.uuid4())
    for _ in range(2):
        assert creator.post(STUDIO, GOOD).status_code == 302
    answer = creator.post(STUDIO, {**GOOD, "submission": number})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "2 of your tracks are still under way. Wait for one to finish, or cancel it." in page
    assert f'value="{number}"' in page, "the same form may be sent again later"
    assert Generation.objects.count() == 2
    assert len(queued("compose")) == 2


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_what_is_finished_does_not_count(creator, generation, state):
    generation(state), generation(state), generation(State.RENDERING)
    assert creator.post(STUDIO, GOOD).status_code == 302


@pytest.mark.parametrize("state", Generation.UNDER_WAY)
def test_everything_under_way_counts(creator, generation, state):
    generation(state), generation(state)
    assert creator.post(STUDIO, GOOD).status_code == 429


def test_another_creator_is_not_held_up(generation, client_of, stranger):
    generation(), generation()
    assert client_of(stranger).post(STUDIO, GOOD).status_code == 302


def test_the_last_form_sent_twice_is_no_second_wish(creator, generation):
    generation()
    form = {**GOOD, "submission": str(uuid.uuid4())}
    assert [creator.post(STUDIO, form).status_code for _ in range(2)] == [302, 302]
    assert Generation.objects.count() == 2
