"""Making a new track from a finished one: the forms on its page, and what becomes of them."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from emotionmusic.library import services as library
from emotionmusic.library.models import Track
from emotionmusic.library.queries import melody_of
from emotionmusic.studio import services
from emotionmusic.studio.jobs import compose
from emotionmusic.studio.jobs.asking import SourceGone, asked_of
from emotionmusic.studio.jobs.compose import compose_generation
from emotionmusic.studio.jobs.render import render_generation
from emotionmusic.studio.models import EditKind, Generation, State
from generator.melody.melody import Key, Mode
from generator.mood import MOODS
from tests.studio.conftest import queued
from tests.studio.test_wish import complaints
from tests.tracks import MELODY, kept_track

ANOTHER, MOOD, BARS, STYLE = "studio:another", "studio:other-mood", "studio:other-bars", "studio:arrangement"
GOOD = {
    ANOTHER: {},
    MOOD: {"mood": "melancholic", "intensity": "0.6"},
    BARS: {"first_bar": "5", "last_bar": "8"},
    STYLE: {"style": "lo-fi", "tempo": ""},
}
KINDS = {ANOTHER: EditKind.ANOTHER, MOOD: EditKind.MOOD, BARS: EditKind.BARS, STYLE: EditKind.ARRANGEMENT}


@pytest.fixture
def track(owner) -> Track:
    return kept_track(owner, "Rain over Köln")


@pytest.fixture
def ask(creator, track):
    """`ask(name, **fields)` sends a form of the track's page."""
    return lambda name, **fields: creator.post(reverse(name, args=[track.id]), {**GOOD[name], **fields})


def test_the_page_of_a_track_offers_all_four_and_says_how_many_bars_there_are(creator, track):
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    for name in GOOD:
        assert f'action="{reverse(name, args=[track.id])}"' in page
    assert "It has 8 bars" in page
    assert '<option value="sad" selected>' in page
    assert 'name="last_bar" value="4"' in page
    assert page.count('name="csrfmiddlewaretoken"') >= 3
    ids = [word.split('"')[1] for word in page.split() if word.startswith("id=")]
    assert len(ids) == len(set(ids))


def test_a_track_from_before_melodies_were_kept_offers_none(creator, owner):
    old = kept_track(owner, melody=None)
    page = creator.get(reverse("library:track", args=[old.id])).content.decode()
    for name in GOOD:
        address = reverse(name, args=[old.id])
        assert address not in page
        assert creator.post(address, GOOD[name]).status_code == 404
    assert not Generation.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", GOOD)
def test_each_form_is_a_wish_of_its_own_that_points_to_its_source(ask, track, owner, name):
    answer = ask(name)
    wish = Generation.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("studio:generation", args=[wish.id]))
    assert (wish.owner, wish.source, wish.edit, wish.state) == (owner, track, KINDS[name], State.QUEUED)
    assert wish.seconds == track.facts["seconds_asked"]
    assert queued("compose") == [wish.job_id]
    if name == MOOD:
        assert (wish.mood, wish.intensity) == ("melancholic", 0.6)
    else:
        assert (wish.mood, wish.intensity) == (track.mood, track.intensity)
    assert (wish.first_bar, wish.last_bar) == ((5, 8) if name == BARS else (None, None))


def test_every_time_it_has_another_seed(ask, settings):
    settings.GENERATIONS_AT_ONCE = 5
    for _ in range(4):
        ask(ANOTHER)
    assert len(set(Generation.objects.values_list("seed", flat=True))) == 4


@pytest.mark.parametrize("name", GOOD)
def test_the_same_form_sent_twice_is_one_wish(ask, name):
    number = str(uuid.uuid4())
    assert ask(name, submission=number).url == ask(name, submission=number).url
    assert Generation.objects.count() == 1


@pytest.mark.parametrize("name", GOOD)
def test_with_too_many_under_way_it_is_told_and_nothing_is_stored(ask, generation, settings, name):
    settings.GENERATIONS_AT_ONCE = 1
    generation()
    answer = ask(name)
    assert answer.status_code == 429
    assert "still under way" in answer.content.decode()
    assert Generation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "where", "said"),
    [
        ({"first_bar": ""}, {"first_bar"}, "Name a bar from 1 to 8"),
        ({"first_bar": "0"}, {"first_bar"}, "Name a bar from 1 to 8"),
        ({"first_bar": "-3"}, {"first_bar"}, "Name a bar from 1 to 8"),
        ({"first_bar": "1.5"}, {"first_bar"}, "Name a bar from 1 to 8"),
        ({"first_bar": "five"}, {"first_bar"}, "Name a bar from 1 to 8"),
        ({"last_bar": "9"}, {"last_bar"}, "Name a bar from 1 to 8"),
        ({"last_bar": "9" * 5000}, {"last_bar"}, "Name a bar from 1 to 8"),
        ({"last_bar": "4"}, {"last_bar"}, "The last bar cannot come before the first."),
        ({"first_bar": "x", "last_bar": "y"}, {"first_bar", "last_bar"}, "Name a bar from 1 to 8"),
    ],
)
def test_bars_that_are_not_there_are_told_beside_their_field(ask, track, fields, where, said):
    answer = ask(BARS, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    told = {name.removeprefix("bars-"): words for name, words in complaints(page.replace("bars-", "")).items()}
    assert set(told) == where
    assert all(said in words for words in told.values())
    assert reverse("library:track", args=[track.id]) in page
    assert not Generation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mood": "hangry"}, "There is no such mood."),
        ({"mood": ""}, "Choose a mood."),
        ({"intensity": "2"}, "Intensity is at most 1."),
        ({"intensity": "nan"}, "Intensity is a number"),
    ],
)
def test_a_bad_mood_is_told_and_nothing_is_stored(ask, fields, said):
    answer = ask(MOOD, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Generation.objects.exists()


def test_a_form_that_names_other_fields_changes_nothing_else(ask, track, stranger):
    ask(ANOTHER, mood="happy", seconds="180", owner=stranger.id, source="x", edit="bars", seed="1")
    wish = Generation.objects.get()
    assert (wish.mood, wish.seconds, wish.owner, wish.edit) == (track.mood, 30.0, track.owner, "another")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("visitor", ["stranger", "admin"])
def test_nobody_else_makes_anything_of_it(client_of, track, request, name, visitor):
    client = client_of(request.getfixturevalue(visitor))
    assert client.post(reverse(name, args=[track.id]), GOOD[name]).status_code == 404
    assert not Generation.objects.exists()


@pytest.mark.parametrize("name", GOOD)
def test_a_deleted_track_and_none_at_all_are_not_found(ask, creator, track, name):
    assert creator.post(reverse(name, args=[uuid.uuid4()]), GOOD[name]).status_code == 404
    library.delete_track(track=track)
    assert ask(name).status_code == 404
    assert not Generation.objects.exists()


def asked(owner, track, **fields) -> Generation:
    usual = {"mood": "sad", "intensity": 0.8, "seconds": 30.0, "seed": 7, "source": track, "edit": EditKind.ANOTHER}
    return Generation.objects.create(owner=owner, **usual | fields)


def test_another_like_it_is_asked_for_in_the_same_frame(owner, track):
    request, edit = asked_of(asked(owner, track))
    assert (request.mood.name, request.seconds, request.seed) == ("sad", 30.0, 7)
    assert (edit.kept, edit.varied, edit.instrument) == (set(), set(), "Piano")
    assert (edit.source.tonic, edit.source.bars) == (2, 8)


def test_the_same_in_another_mood_is_asked_for_in_its_mode(owner, track):
    request, edit = asked_of(asked(owner, track, edit=EditKind.MOOD, mood="happy"))
    assert request.key == Key(2, Mode.MAJOR)
    assert request.tempo == pytest.approx(MOODS["happy"].tempo_at(0.8), rel=0.15)
    assert len(edit.varied) == 4


def test_bars_to_be_redone_are_the_only_ones_that_are_not_kept(owner, track):
    _, edit = asked_of(asked(owner, track, edit=EditKind.BARS, first_bar=5, last_bar=6))
    assert edit.kept == {0, 1, 2, 3, 6, 7}


def test_a_wish_from_nothing_has_no_edit(generation):
    request, edit = asked_of(generation())
    assert (request.mood.name, edit) == ("sad", None)


@pytest.mark.django_db(transaction=True)
def test_a_source_deleted_while_the_wish_waits_is_told_plainly(owner, track, creator):
    waiting = asked(owner, track)
    library.delete_track(track=track)
    compose_generation(str(waiting.id))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason, waiting.lease) == (State.FAILED, compose.SOURCE_GONE, None)
    assert queued("render") == []
    assert "was deleted" in creator.get(reverse("studio:generation", args=[waiting.id])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_source_removed_for_good_is_told_just_as_plainly(owner, track, settings):
    settings.TRASH_DAYS = 0
    waiting = asked(owner, track)
    library.delete_track(track=track)
    assert library.purge_deleted() == 1
    compose_generation(str(waiting.id))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.source, waiting.reason) == (State.FAILED, None, compose.SOURCE_GONE)


def test_a_source_without_a_melody_counts_as_gone(owner):
    with pytest.raises(SourceGone):
        asked_of(asked(owner, kept_track(owner, melody=None)))


@pytest.mark.django_db(transaction=True)
def test_what_the_composer_cannot_make_is_told_in_its_words(owner, track):
    waiting = asked(owner, track, edit=EditKind.BARS, first_bar=5, last_bar=20)
    compose_generation(str(waiting.id))
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED
    assert waiting.reason.startswith("This cannot be made: bars must lie between 1 and 8")


@pytest.mark.parametrize(
    "wrong",
    [
        {"edit": "remix"}, {"edit": "", "source": True}, {"edit": EditKind.BARS},
        {"edit": EditKind.BARS, "first_bar": 3}, {"edit": EditKind.BARS, "first_bar": 0, "last_bar": 2},
        {"edit": EditKind.BARS, "first_bar": 3, "last_bar": 2}, {"edit": EditKind.MOOD, "first_bar": 1, "last_bar": 2},
        {"edit": "", "first_bar": 1},
    ],
)  # fmt: skip
def test_rows_that_make_no_sense_are_refused_by_the_database(owner, track, wrong):
    fields = {**wrong, "source": track if wrong.get("source") or wrong["edit"] else None}
    with pytest.raises(IntegrityError), transaction.atomic():
        Generation.objects.create(owner=owner, mood="sad", intensity=0.8, seconds=30.0, seed=7, **fields)


def test_the_progress_page_names_the_source_and_leads_back_to_it(creator, owner, track):
    waiting = asked(owner, track)
    address = reverse("studio:generation", args=[waiting.id])
    page = creator.get(address).content.decode()
    assert f'<a href="{reverse("library:track", args=[track.id])}">Rain over Köln</a>' in page
    library.delete_track(track=track)
    assert "Rain over Köln" not in creator.get(address).content.decode()


def test_a_finished_edit_is_a_track_of_its_own_that_names_where_it_came_from(creator, owner, track):
    rendering = asked(owner, track, state=State.RENDERING, lease=uuid.uuid4(), melody=MELODY)
    made = kept_track(owner, "Made from it")
    Generation.objects.filter(id=rendering.id).update(state=State.DONE, track=made, lease=None)
    page = creator.get(reverse("library:track", args=[made.id])).content.decode()
    assert f'made from <a href="{reverse("library:track", args=[track.id])}">Rain over Köln</a>' in page
    track.refresh_from_db()
    assert track.deleted_at is None


def test_the_melody_goes_into_the_track_and_out_of_the_generation(owner, track):
    rendering = asked(owner, track, state=State.RENDERING, lease=uuid.uuid4(), melody=MELODY)
    piece = library.FinishedPiece("Sad", track.facts, [0.5], 30.0, MELODY)
    assert services.finish(generation=rendering, lease=rendering.lease, track_id=uuid.uuid4(), piece=piece)
    rendering.refresh_from_db()
    assert (rendering.melody, rendering.track.melody, rendering.source) == (None, MELODY, track)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_redone_track_is_a_new_one_with_all_other_bars_to_the_note(generation, creator, owner):
    first = generation(seconds=16.0)
    compose_generation(str(first.id))
    render_generation(str(first.id))
    source = Track.objects.get()
    bars = source.facts["bars"]
    before = melody_of(source)
    creator.post(reverse(BARS, args=[source.id]), {"first_bar": str(bars - 1), "last_bar": str(bars)})
    redone = Generation.objects.get(source=source)
    compose_generation(str(redone.id))
    render_generation(str(redone.id))
    redone.refresh_from_db()
    assert (redone.state, redone.melody) == (State.DONE, None)
    after = melody_of(redone.track)
    assert after.bar_contents()[:-2] == before.bar_contents()[:-2]
    assert after.bar_contents()[-2:] != before.bar_contents()[-2:]
    assert redone.track.facts["edit"]["new_bars"] == f"{bars - 1}-{bars}"
    assert redone.track.facts["instrument"] == source.facts["instrument"]
    assert redone.track.seconds == pytest.approx(source.seconds, abs=0.01)
    source.refresh_from_db()
    assert melody_of(source) == before
