"""Choosing the style and the shape of a track in the studio."""

import re

import pytest
from django.urls import reverse

from emotionmusic.studio.jobs.asking import asked_of
from emotionmusic.studio.models import Generation
from emotionmusic.studio.shape import Shape
from generator.melody.melody import Key, Mode
from generator.request import Ending
from generator.styles import STYLES
from tests.studio.test_wish import GOOD, STUDIO, complaints
from tests.tracks import kept_track

SHAPED = {
    "style": "lo-fi", "tempo": "92.5", "tonic": "D#", "mode": "minor", "metre": "4/4", "ending": "fade",
    "curve": "20:0.9, 0:0.2 30:0.4", "hits": "12.5; 5",
}  # fmt: skip
FOLDED = '<details class="wish__more wish__shape">'
UNFOLDED = '<details class="wish__more wish__shape" open>'


@pytest.fixture
def wish(creator):
    """`wish(**fields)` sends the studio's form."""
    return lambda **fields: creator.post(STUDIO, {**GOOD, **fields})


def test_the_style_is_in_sight_with_a_sentence_each_and_the_rest_folded_away(creator):
    page = creator.get(STUDIO).content.decode()
    styles = re.search(r'<select name="style".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'<option value="([^"]*)"', styles) == ["", *STYLES]
    assert "The mood&#x27;s own</option>" in styles
    assert all(style.sentence in styles for style in STYLES.values())
    folded = page[page.index(FOLDED) :]
    for name in ("tempo", "tonic", "mode", "metre", "curve", "hits", "ending"):
        assert folded.count(f'name="{name}"') == 1
    assert page.index('name="style"') < page.index(FOLDED)


def test_whoever_chooses_nothing_has_it_all_chosen_by_the_mood(wish):
    assert wish().status_code == 302
    generation = Generation.objects.get()
    assert generation.shape == {}
    request, _ = asked_of(generation)
    assert (request.style, request.tempo, request.key, request.metre) == (None, None, None, None)
    assert (request.curve, request.hits, request.ending) == ((), (), Ending.RING)


def test_what_was_chosen_is_what_the_composer_is_asked_for(wish):
    assert wish(**{**SHAPED, "hits": ""}).status_code == 302
    request, edit = asked_of(Generation.objects.get())
    assert edit is None
    assert (request.style, request.tempo, request.metre, request.ending) == ("lo-fi", 92.5, "4/4", Ending.FADE)
    assert request.key == Key(3, Mode.MINOR)
    assert request.curve == ((0.0, 0.2), (20.0, 0.9), (30.0, 0.4))


def test_hits_that_can_be_met_are_asked_for_in_order(wish):
    assert wish(hits="20, 10.5").status_code == 302
    assert asked_of(Generation.objects.get())[0].hits == (10.5, 20.0)


def test_a_key_without_a_mode_has_the_mood_s(wish):
    wish(mood="sad", tonic="A")
    wish(mood="happy", tonic="A")
    assert set(Generation.objects.values_list("shape__key", flat=True)) == {"A minor", "A major"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("style", "polka", "There is no such style."),
        ("style", "<script>", "There is no such style."),
        ("tempo", "39.9", "Tempo is a number: 40 to 220"),
        ("tempo", "221", "Tempo is a number: 40 to 220"),
        ("tempo", "nan", "Tempo is a number"),
        ("tempo", "fast", "Tempo is a number"),
        ("tonic", "H", "There is no such key."),
        ("mode", "dorian", "Choose major or minor."),
        ("metre", "5/4", "There is no such metre."),
        ("ending", "bang", "Choose one of the three endings."),
        ("hits", "soon", "Write the seconds with commas between them"),
        ("hits", "-3", "Write the seconds with commas between them"),
        ("hits", "1e1", "Write the seconds with commas between them"),
        ("hits", "nan", "Write the seconds with commas between them"),
        ("hits", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,1.5,2.5,3.5,4.5",
         "at most 32 hits"),
        ("hits", "9" * 100_000, "Write the seconds with commas between them"),
        ("hits", "10, 31", "The track ends at 30 s, but this goes to 31 s."),
        ("curve", "loud", "Write seconds and energy with a colon"),
        ("curve", "5", "Write seconds and energy with a colon"),
        ("curve", "5:2", "Energy goes from 0 to 1."),
        ("curve", "5:-1", "Energy goes from 0 to 1."),
        ("curve", "5:0.5:0.5", "Write seconds and energy with a colon"),
        ("curve", "5:0.5, 5:0.6", "Two points of the curve stand at 5 s."),
        ("curve", "0:0.2, 40:0.9", "The track ends at 30 s, but this goes to 40 s."),
        ("curve", ",".join(f"{number / 10}:1" for number in range(65)), "at most 64 points"),
        ("curve", "0:1," * 100_000, "Write seconds and energy with a colon"),
    ],
)  # fmt: skip
def test_a_bad_choice_is_told_beside_its_field_which_is_in_sight(wish, field, value, said):
    answer = wish(**{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(complaints(page)) == {field}
    assert said in complaints(page)[field]
    assert field == "style" or UNFOLDED in page
    assert not Generation.objects.exists()


def test_a_mode_without_a_key_is_told_what_is_missing(wish):
    answer = wish(mode="minor")
    assert answer.status_code == 422
    assert "Choose a key to go with it" in complaints(answer.content.decode())["tonic"]


def test_a_hit_where_no_bar_can_begin_is_told_with_the_nearest_that_can_be(wish):
    answer = wish(hits="0.4", seed="7")
    assert answer.status_code == 422
    said = complaints(answer.content.decode())
    assert set(said) == {"hits"}
    assert re.search(r"No bar can begin at 0\.4 s; (the nearest that can be is \d|leave this hit out)", said["hits"])
    assert not Generation.objects.exists()


def test_what_was_chosen_is_still_there_beside_a_mistake_elsewhere(wish):
    page = wish(**{**SHAPED, "seconds": "5"}).content.decode()
    assert '<option value="lo-fi" selected>' in page
    assert 'name="tempo" value="92.5"' in page
    assert 'name="hits" value="12.5; 5"' in page
    assert UNFOLDED in page


@pytest.mark.parametrize(
    "fields", [{}, {"style": "solo"}, {"curve": [[0, 0.5], [3, 1]], "hits": [2.5], "ending": "loop"}]
)
def test_a_shape_is_the_same_after_the_database(fields):
    assert Shape.of_fields(fields).fields() == {
        name: tuple(tuple(point) if isinstance(point, list) else point for point in value)
        if isinstance(value, list) else value
        for name, value in fields.items()
    }  # fmt: skip


def test_a_stretched_shape_keeps_its_moments_in_the_music_and_drops_what_lies_behind_the_end():
    shape = Shape(curve=((0.0, 0.2), (10.0, 0.9), (30.0, 0.4)), hits=(12.5, 29.9)).stretched(2, 58)
    assert shape.curve == ((0.0, 0.2), (20.0, 0.9))
    assert shape.hits == (25.0,)


@pytest.mark.parametrize("name", ["studio:another", "studio:other-mood", "studio:other-bars"])
def test_what_is_made_from_a_track_keeps_its_style_energy_hits_and_ending(creator, owner, name):
    track = kept_track(owner)
    kept = {"style": "strings", "curve": [[0, 0.3], [30, 0.9]], "hits": [], "ending": "fade"}
    track.facts = {**track.facts, **kept}
    track.save()
    form = {"mood": "happy", "intensity": "0.5", "first_bar": "1", "last_bar": "2"}
    assert creator.post(reverse(name, args=[track.id]), form).status_code == 302
    request, edit = asked_of(Generation.objects.get())
    assert (request.style, request.ending, request.curve) == ("strings", Ending.FADE, ((0, 0.3), (30, 0.9)))
    assert edit.instrument == "Piano"
