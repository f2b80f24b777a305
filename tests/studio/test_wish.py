"""Asking for a track: what a good form does, and what is said about a bad one."""

import re
import threading
import uuid

import django_rq
import pytest
from django.db import connection
from django.urls import reverse

from emotionmusic.studio import services
from emotionmusic.studio.models import Generation, State
from generator.mood import MOODS
from generator.request import LARGEST_SEED
from tests.stack import PATIENCE
from tests.studio.conftest import queued

STUDIO = reverse("studio:wish")
GOOD = {"mood": "sad", "intensity": "0.8", "seconds": "30", "seed": ""}
BAD = [
    ("mood", None, "Choose a mood."),
    ("mood", "", "Choose a mood."),
    ("mood", "hangry", "There is no such mood."),
    ("mood", "<script>", "There is no such mood."),
    ("intensity", None, "from 0 to 1"),
    ("intensity", "-0.1", "Intensity is at least 0."),
    ("intensity", "1.1", "Intensity is at most 1."),
    ("intensity", "nan", "Intensity is a number from 0 to 1."),
    ("intensity", "inf", "Intensity is a number from 0 to 1."),
    ("intensity", "abc", "Intensity is a number from 0 to 1."),
    ("seconds", None, "10 to 180 seconds."),
    ("seconds", "0", "A track is at least 10 seconds long."),
    ("seconds", "9.99", "A track is at least 10 seconds long."),
    ("seconds", "-5", "A track is at least 10 seconds long."),
    ("seconds", "180.01", "A track is at most 180 seconds long."),
    ("seconds", "1e9", "A track is at most 180 seconds long."),
    ("seconds", "abc", "Length is a number"),
    ("seconds", "nan", "Length is a number"),
    ("seconds", "inf", "Length is a number"),
    ("seconds", "1" * 5000, "Length is a number"),
    ("seed", str(LARGEST_SEED + 1), "A seed is at most"),
    ("seed", "9" * 5000, "A seed is a whole number"),
    ("seed", "-1", "A seed is at least 0."),
    ("seed", "1.5", "A seed is a whole number"),
    ("seed", "abc", "A seed is a whole number"),
]


def complaints(page: str) -> dict[str, str]:
    """What the page says beside each field."""
    found = re.findall(r'<div class="field__error" id="(?:id_)?(\w+)[_-]error"[^>]*>(.*?)</div>', page, re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", said) for name, said in found}


def test_the_page_offers_sixteen_moods_and_the_numbers(creator):
    page = creator.get(STUDIO).content.decode()
    assert re.findall(r'type="radio" name="mood" value="(\w+)"', page) == list(MOODS)
    assert len(MOODS) == 16
    for name in ("intensity", "seconds", "seed", "submission"):
        assert page.count(f'name="{name}"') == 1
    assert complaints(page) == {}


def test_a_mood_can_be_chosen_by_the_address(creator):
    page = creator.get(STUDIO, {"mood": "dreamy"}).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["dreamy"]
    assert "checked" not in creator.get(STUDIO, {"mood": '"><script>'}).content.decode()


def test_every_form_has_a_number_of_its_own_and_is_not_kept_by_the_browser(creator):
    numbers = {re.search(r'name="submission" value="([^"]+)"', creator.get(STUDIO).content.decode())[1] for _ in "ab"}
    assert len(numbers) == 2
    assert "no-store" in creator.get(STUDIO)["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_a_good_wish_is_noted_and_only_its_id_is_queued(creator, owner):
    answer = creator.post(STUDIO, {**GOOD, "seed": "42"})
    generation = Generation.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("studio:generation", args=[generation.id]))
    assert generation.owner == owner
    assert (generation.mood, generation.intensity, generation.seconds, generation.seed) == ("sad", 0.8, 30.0, 42)
    assert generation.state == State.QUEUED
    (job_id,) = queued("compose")
    assert job_id == generation.job_id
    job = django_rq.get_queue("compose").fetch_job(job_id)
    assert (job.args, job.kwargs) == ([str(generation.id)], {})
    assert queued("render") == []


def test_without_a_seed_each_wish_has_a_new_one(creator, settings):
    settings.GENERATIONS_AT_ONCE = 5
    for _ in range(5):
        creator.post(STUDIO, GOOD)
    seeds = set(Generation.objects.values_list("seed", flat=True))
    assert len(seeds) == 5
    assert all(0 <= seed <= LARGEST_SEED for seed in seeds)


@pytest.mark.parametrize(
    ("field", "value"),
    [("intensity", "0"), ("intensity", "1"), ("seconds", "10"), ("seconds", "180"), ("seconds", "12.5"),
     ("seed", "0"), ("seed", str(LARGEST_SEED))],
)  # fmt: skip
def test_the_ends_of_each_range_belong_to_it(creator, field, value):
    assert creator.post(STUDIO, {**GOOD, field: value}).status_code == 302
    assert getattr(Generation.objects.get(), field) == float(value)


@pytest.mark.parametrize(("field", "value", "said"), BAD)
def test_a_bad_wish_is_refused_beside_its_field_and_nothing_is_stored(creator, field, value, said):
    data = {**GOOD, field: value}
    answer = creator.post(STUDIO, {name: value for name, value in data.items() if value is not None})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(complaints(page)) == {field}
    assert said in complaints(page)[field]
    assert not Generation.objects.exists()
    assert queued("compose") == []


def test_all_that_is_wrong_is_said_at_once_and_what_was_right_is_kept(creator):
    answer = creator.post(STUDIO, {"mood": "x", "intensity": "2", "seconds": "33", "seed": "-1"})
    page = answer.content.decode()
    assert set(complaints(page)) == {"mood", "intensity", "seed"}
    assert re.search(r'name="seconds" value="33"', page)
    assert '<details class="wish__more" open>' in page


def test_a_form_number_that_is_none_is_no_fault_of_the_creator(creator):
    assert creator.post(STUDIO, {**GOOD, "submission": "abc"}).status_code == 302
    assert Generation.objects.count() == 1


def test_the_same_form_sent_twice_is_one_wish(creator):
    form = {**GOOD, "submission": str(uuid.uuid4())}
    first, second = creator.post(STUDIO, form), creator.post(STUDIO, form)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Generation.objects.count() == 1


def test_two_creators_may_send_the_same_number(creator, client_of, stranger):
    form = {**GOOD, "submission": str(uuid.uuid4())}
    assert creator.post(STUDIO, form).url != client_of(stranger).post(STUDIO, form).url
    assert Generation.objects.count() == 2


def test_the_studio_shows_what_is_under_way_and_only_one_s_own(creator, generation, stranger):
    mine = generation(State.COMPOSING)
    generation(State.DONE)
    theirs = generation(State.QUEUED, owner=stranger)
    page = creator.get(STUDIO).content.decode()
    assert reverse("studio:generation", args=[mine.id]) in page
    assert reverse("studio:generation", args=[theirs.id]) not in page
    assert page.count('class="badge"') == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("same", "at_once", "rows"), [(True, 10, 1), (False, 3, 3)])
def test_many_forms_at_the_very_same_moment_keep_to_number_and_quota(owner, settings, same, at_once, rows):
    settings.GENERATIONS_AT_ONCE = at_once
    number, together, refused = uuid.uuid4(), threading.Barrier(6), []

    def send() -> None:
        try:
            together.wait(PATIENCE)
            services.request_generation(
                owner=owner, submission=number if same else uuid.uuid4(), mood="sad", intensity=0.8, seconds=30, seed=1
            )
        except services.TooManyUnderWay as fault:
            refused.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert Generation.objects.count() == len(queued("compose")) == rows
    assert len(refused) == (0 if same else 3)
