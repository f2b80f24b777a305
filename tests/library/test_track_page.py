"""The page of one track."""

import uuid

from django.urls import reverse


def test_it_shows_player_downloads_facts_and_what_can_be_done(creator, track):
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    assert f'src="{reverse("library:audio", args=[track.id])}"' in page
    for kind in ("mp3", "wav", "midi"):
        assert f'href="{reverse("library:download", args=[track.id, kind])}"' in page
    for fact in ("D minor", "4/4, 8 bars", "66 quarter notes a minute", "Piano", "lb_attention-test"):
        assert fact in page
    for action in ("library:rename", "library:delete", "sharing:make"):
        assert f'action="{reverse(action, args=[track.id])}"' in page


def test_the_outline_of_the_sound_is_drawn_by_the_server(creator, track):
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    player = page[page.index("<track-player") : page.index("</track-player>")]
    assert player.count('d="M') == 2 + 2, "two drawn outlines and the button's two icons"


def test_the_shape_that_was_asked_for_is_told(creator, track):
    track.facts = {**track.facts, "curve": [[0.0, 0.2], [20.0, 0.9]], "hits": [12.5, 20.0], "ending": "loop"}
    track.save()
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    for fact in ("<dd>0.0:0.2, 20.0:0.9</dd>", "<dd>12.5, 20.0 s</dd>", "<dd>Loop</dd>", f"{track.id}</dd>"):
        assert fact in page


def test_a_blend_of_moods_is_told_in_words(creator, track):
    track.mood = "happy:0.6,peaceful:0.4"
    track.save()
    for address in (reverse("library:track", args=[track.id]), reverse("library:shelf")):
        assert '<span class="badge">Happy 60 %, peaceful 40 %</span>' in creator.get(address).content.decode()


def test_a_track_that_does_not_exist_is_not_found(creator):
    assert creator.get(reverse("library:track", args=[uuid.UUID(int=7)])).status_code == 404


def test_a_track_page_cannot_be_posted_to(creator, track):
    assert creator.post(reverse("library:track", args=[track.id])).status_code == 405
