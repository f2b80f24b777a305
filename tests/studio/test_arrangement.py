"""The same melody in another style or at another tempo."""

import pytest
from django.urls import reverse

from emotionmusic.library.models import MelodyRun, Track
from emotionmusic.library.queries import melody_of
from emotionmusic.studio.jobs.compose import compose_generation
from emotionmusic.studio.jobs.render import render_generation
from emotionmusic.studio.models import EditKind, Generation, State
from generator.composing.editing import seconds_of
from tests.studio.test_wish import complaints
from tests.tracks import kept_track


@pytest.fixture
def track(owner) -> Track:
    return kept_track(owner, "Rain over Köln")


@pytest.fixture
def arrange(creator, track):
    """`arrange(**fields)` sends the form of the track's page."""
    return lambda **fields: creator.post(
        reverse("studio:arrangement", args=[track.id]), {"style": "lo-fi", "tempo": "", **fields}
    )


def told(page: str) -> dict[str, str]:
    return complaints(page.replace("arrange-", ""))


def test_the_page_offers_the_styles_with_the_track_s_own_chosen(creator, track):
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    assert '<option value="piano" selected>' in page
    assert '<option value="chiptune">' in page
    assert "66 quarter notes a minute now" in page


def test_without_a_tempo_the_length_stays(arrange, track):
    assert arrange().status_code == 302
    wish = Generation.objects.get()
    assert (wish.edit, wish.source, wish.seconds) == (EditKind.ARRANGEMENT, track, 30.0)
    assert wish.shape == {"style": "lo-fi", "tempo": 66.0}


def test_at_another_tempo_the_length_goes_with_it_and_so_do_the_moments(arrange, track):
    track.facts = {**track.facts, "curve": [[0, 0.2], [14, 0.9]], "hits": [14.545]}
    track.save()
    assert arrange(tempo="132").status_code == 302
    wish = Generation.objects.get()
    assert wish.seconds == seconds_of(melody_of(track), 132)
    assert wish.seconds < 18
    assert wish.shape["curve"] == [[0.0, 0.2], [7.0, 0.9]]
    assert wish.shape["hits"] == [pytest.approx(7.2725, abs=0.001)]


@pytest.mark.parametrize(
    ("fields", "where", "said"),
    [
        ({"style": ""}, "style", "Choose one of the styles."),
        ({"style": "polka"}, "style", "Choose one of the styles."),
        ({"tempo": "30"}, "tempo", "Tempo is a number"),
        ({"tempo": "inf"}, "tempo", "Tempo is a number"),
        ({"tempo": "215"}, "tempo", "At that tempo the melody lasts 9.7 seconds"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(arrange, fields, where, said):
    answer = arrange(**fields)
    assert answer.status_code == 422
    assert said in told(answer.content.decode())[where]
    assert not Generation.objects.exists()


def test_a_tempo_at_which_it_would_be_too_long_is_told_with_one_that_will_do(creator, owner):
    long = kept_track(owner, seconds=170.0, melody={
        "metre": "4/4", "tonic": 2, "mode": "minor", "steps": 1024, "notes": [[8 * n, 8, 62] for n in range(128)],
    })  # fmt: skip
    address = reverse("studio:arrangement", args=[long.id])
    answer = creator.post(address, {"style": "solo", "tempo": "60"})
    said = told(answer.content.decode())["tempo"]
    assert "lasts 258.0 seconds, but a track has 10 to 180 seconds" in said
    enough = said.split("Choose ")[1].split(" ")[0]
    assert creator.post(address, {"style": "solo", "tempo": enough}).status_code == 302


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_melody_is_arranged_to_the_note_without_any_composer(arrange, track, settings, tmp_path):
    settings.CHECKPOINT = tmp_path / "none.safetensors"
    arrange(style="strings", tempo="110")
    wish = Generation.objects.get()
    compose_generation(str(wish.id))
    render_generation(str(wish.id))
    wish.refresh_from_db()
    assert (wish.state, wish.reason) == (State.DONE, "")
    made = wish.track
    assert melody_of(made) == melody_of(track)
    assert (made.facts["style"], made.facts["tempo"]) == ("strings", pytest.approx(110, rel=0.05))
    assert made.facts["checkpoint"] == track.facts["checkpoint"], "who composed the melody is still told"
    assert made.seconds == pytest.approx(wish.seconds, abs=0.01)
    assert "Strings" in made.facts["parts"]
    assert not MelodyRun.objects.exists(), "the melody is no new one"
    track.refresh_from_db()
    assert (track.title, track.facts["style"]) == ("Rain over Köln", "piano")
