"""The understood timeline: shown, changed, and composed to."""

import re

import pytest
from django.urls import reverse

from emotionmusic.studio.brief_models import Brief
from emotionmusic.studio.models import Generation
from generator.request import MOST_HITS
from tests.studio.briefs import kept_brief, segment, timeline
from tests.studio.conftest import queued

GOOD = {"mood_0": "peaceful", "intensity_0": "0.8", "mood_1": "tense", "intensity_1": "0.8", "seconds": "40"}
TIMED = {name: value for name, value in GOOD.items() if name != "seconds"}


def page_of(brief: Brief) -> str:
    return reverse("studio:brief", args=[brief.id])


@pytest.fixture
def brief(owner) -> Brief:
    return kept_brief(owner)


def composed(creator, brief: Brief, **form: object) -> Generation:
    answer = creator.post(page_of(brief), form)
    assert answer.status_code == 302, re.findall(r'class="f[^"]*error[^>]*>(.*?)</div>', answer.content.decode(), re.S)
    return Generation.objects.get(id=answer.url.split("/")[2])


def test_the_page_says_in_words_what_was_understood_and_why(creator, brief):
    page = creator.get(page_of(brief)).content.decode()
    assert "On the whole it feels tense, going by “storm”. It goes peaceful → tense." in page
    assert "Then a &lt;storm&gt; breaks loose." in page
    assert page.count("data-block=") == page.count("data-row=") == 2
    assert re.findall(r'<option value="(\w+)" selected>', page)[:2] == ["peaceful", "tense"]


def test_the_page_needs_neither_script_nor_style_in_its_text(creator, brief):
    page = creator.get(page_of(brief)).content.decode()
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]*src=)", page) == []


@pytest.mark.django_db(transaction=True)
def test_two_moods_are_composed_as_two_sections(creator, brief):
    made = composed(creator, brief, **GOOD | {"mood_1": "happy", "intensity_1": "0.5"})
    assert (made.mood, made.intensity, made.seconds, made.brief) == ("peaceful", 0.8, 40.0, brief)
    assert made.sections == [
        {"start": 0.0, "end": 20.0, "mood": "peaceful", "intensity": 0.8},
        {"start": 20.0, "end": 40.0, "mood": "happy", "intensity": 0.5},
    ]
    assert queued("compose") == [made.job_id]


def test_the_mood_read_of_the_whole_names_it_while_a_section_has_it(creator, brief):
    made = composed(creator, brief, **GOOD)
    assert (made.mood, made.intensity) == ("tense", 0.8)


def test_one_mood_all_through_is_a_usual_track(creator, brief):
    made = composed(creator, brief, **GOOD | {"mood_1": "peaceful"})
    assert (made.mood, made.sections) == ("peaceful", [])


def test_another_length_moves_the_stretches_with_it(creator, brief):
    made = composed(creator, brief, **GOOD | {"seconds": "60"})
    assert made.seconds == 60.0
    assert [section["end"] for section in made.sections] == [30.0, 60.0]


def test_stretches_too_short_for_music_join_a_neighbour_and_the_page_says_so(creator, brief):
    made = composed(creator, brief, **GOOD | {"seconds": "15"})
    assert (made.sections, made.seconds) == ([], 15.0)
    refused = creator.post(page_of(brief), GOOD | {"seconds": "15", "mood_0": "none"})
    assert refused.content.decode().count("Shorter than ten seconds") == 2


def test_times_of_a_video_stay_and_its_cuts_can_be_landed_on(creator, owner):
    video = kept_brief(owner, timeline=timeline(cuts=[5.04, 20.0, 31.5], seconds=40.0), timed=True)
    page = creator.get(page_of(video)).content.decode()
    assert 'name="seconds"' not in page
    assert re.findall(r'name="cuts" value="([\d.]+)"', page) == ["5.04", "20", "31.5"]
    assert "0:31.50" in page
    made = composed(creator, video, **TIMED, cuts=["5.04", "20"], hits="31.5")
    assert made.seconds == 40.0
    assert made.shape["hits"] == [5.04, 31.5], "where a section begins, a bar does anyway"


def test_more_hits_than_can_be_are_refused(creator, owner):
    cuts = [round(1 + 0.9 * number, 1) for number in range(MOST_HITS + 2)]
    video = kept_brief(owner, timeline=timeline(cuts=cuts), timed=True)
    answer = creator.post(page_of(video), {**TIMED, "cuts": [f"{cut:g}" for cut in cuts]})
    assert answer.status_code == 422
    assert f"There can be at most {MOST_HITS} hits." in answer.content.decode()


def test_hits_no_bars_can_begin_at_are_named_by_their_section(creator, brief):
    answer = creator.post(page_of(brief), GOOD | {"hits": "21.1, 21.4, 21.9", "tempo": "60"})
    assert answer.status_code == 422
    assert "Between 0:20 and 0:40 no bars can begin at all of the hits." in answer.content.decode()


@pytest.mark.parametrize(
    ("read", "length", "said"), [(300.0, 180.0, "Your video is longer than"), (6.0, 10.0, "0:10")]
)
def test_music_lasts_no_longer_and_no_shorter_than_it_can(creator, owner, read, length, said):
    half = [segment(0.0, read / 2, "sad", -0.5, -0.3, "", []), segment(read / 2, read, "happy", 0.6, 0.3, "", [])]
    video = kept_brief(owner, timeline=timeline(seconds=read, segments=half), timed=True)
    assert said in creator.get(page_of(video)).content.decode()
    made = composed(creator, video, **TIMED)
    assert made.seconds == length
    if made.sections:
        assert made.sections[-1]["end"] == length


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("mood_1", "hangry", "Choose one of the moods."),
        ("intensity_0", "2", "Intensity is a number from 0 to 1."),
        ("seconds", "5", "10 to 180 seconds."),
        ("seconds", "", "10 to 180 seconds."),
        ("hits", "99", "The track ends at 40 s"),
        ("tempo", "fast", "Tempo is a number"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_composed(creator, brief, field, value, said):
    answer = creator.post(page_of(brief), GOOD | {field: value})
    assert answer.status_code == 422
    found = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</div>', answer.content.decode(), re.S)
    assert found is not None
    assert said in found[1]
    assert not Generation.objects.exists()


def test_the_same_form_sent_twice_is_one_track(creator, brief):
    number = re.search(r'name="submission" value="([^"]+)"', creator.get(page_of(brief)).content.decode())[1]
    assert composed(creator, brief, **GOOD, submission=number) == composed(creator, brief, **GOOD, submission=number)


def test_too_many_under_way_is_said_and_the_choices_stay(creator, brief, settings):
    settings.GENERATIONS_AT_ONCE = 1
    composed(creator, brief, **GOOD)
    answer = creator.post(page_of(brief), GOOD | {"mood_1": "angry"})
    assert answer.status_code == 429
    assert '<option value="angry" selected>' in answer.content.decode()


def test_a_brief_that_goes_leaves_its_tracks(creator, brief):
    made = composed(creator, brief, **GOOD)
    creator.post(reverse("studio:brief-delete", args=[brief.id]))
    made.refresh_from_db()
    assert made.brief is None
