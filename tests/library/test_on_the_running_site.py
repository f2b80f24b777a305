"""Files as the running site sends them, through its real server."""

import io
import wave
from itertools import pairwise

import pytest

from tests.visitor import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def visitor(site):
    return Visitor(site).sign_up()


@pytest.fixture(scope="module")
def track(visitor):
    """The id of a track that the site has made."""
    return visitor.finished_track(seconds="10")


def test_parts_put_together_are_the_whole(visitor, track):
    path = f"/library/{track}/audio.mp3"
    whole = visitor.get(path)
    size = len(whole.body)
    assert whole.status == 200
    assert int(whole.headers["Content-Length"]) == size > 50_000
    cuts = [0, 1, 1000, size // 2, size]
    parts = [visitor.get(path, Range=f"bytes={a}-{b - 1}") for a, b in pairwise(cuts)]
    assert {part.status for part in parts} == {206}
    assert b"".join(part.body for part in parts) == whole.body
    last = visitor.get(path, Range="bytes=-10")
    assert (last.status, last.body) == (206, whole.body[-10:])
    assert last.headers["Content-Range"] == f"bytes {size - 10}-{size - 1}/{size}"


def test_wrong_old_and_nonsense_ranges_are_answered_as_they_should_be(visitor, track):
    path = f"/library/{track}/audio.mp3"
    whole = visitor.get(path)
    assert visitor.get(path, Range=f"bytes={len(whole.body)}-").status == 416
    assert visitor.get(path, Range="bytes=5-2").body == whole.body
    assert visitor.get(path, Range="bytes=0-9", If_Range='"old"').body == whole.body
    assert visitor.get(path, If_None_Match=whole.headers["ETag"]).status == 304
    assert visitor.get(path, Range="bytes=0-9", If_Range=whole.headers["ETag"]).status == 206


def test_head_has_the_length_and_no_body(visitor, track):
    for path in (f"/library/{track}/audio.mp3", f"/library/{track}/download/wav/"):
        head = visitor.ask("HEAD", path)
        assert (head.status, head.body) == (200, b"")
        assert int(head.headers["Content-Length"]) == len(visitor.get(path).body)


def test_the_downloads_are_what_they_say(visitor, track):
    wav = visitor.get(f"/library/{track}/download/wav/").body
    with wave.open(io.BytesIO(wav)) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (2, 44_100)
        assert sound.getnframes() / sound.getframerate() == pytest.approx(10, abs=0.1)
    assert visitor.get(f"/library/{track}/download/mp3/").body[:3] in (b"ID3", b"\xff\xfb\x90")
    midi = visitor.get(f"/library/{track}/download/midi/")
    assert midi.body[:4] == b"MThd"
    assert midi.headers["Content-Disposition"].endswith('-10s.mid"')


def test_neither_strangers_nor_the_anonymous_get_a_byte(visitor, site, track):
    stranger = Visitor(site).sign_up()
    for path in (f"/library/{track}/audio.mp3", f"/library/{track}/download/wav/"):
        assert stranger.get(path, Range="bytes=0-9").status == 404
        assert Visitor(site).get(path, Range="bytes=0-9").status == 302
