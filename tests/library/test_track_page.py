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
    assert page.count('d="M') == 2 + 2, "two drawn outlines and the button's two icons"


def test_a_track_that_does_not_exist_is_not_found(creator):
    assert creator.get(reverse("library:track", args=[uuid.UUID(int=7)])).status_code == 404


def test_a_track_page_cannot_be_posted_to(creator, track):
    assert creator.post(reverse("library:track", args=[track.id])).status_code == 405
