"""The licence: a page for everybody, and its address in what is handed out."""

from django.urls import reverse


def test_everybody_can_read_what_may_be_done_with_the_music(client):
    page = client.get("/licence/").content.decode()
    for words in ("all over the world", "for as long as you like", "No royalties are due", "earn money with it",
                  "You need not name us", "Content ID", "made by a machine"):  # fmt: skip
        assert words in page


def test_it_is_linked_from_every_page_and_from_the_downloads(client, creator, track):
    link = f'href="{reverse("licence")}"'
    assert link in client.get("/").content.decode()
    assert creator.get(reverse("library:track", args=[track.id])).content.decode().count(link) == 2
