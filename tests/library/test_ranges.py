"""Parts of a file, so that a player can seek (RFC 9110, 13 and 14)."""

import pytest
from django.urls import reverse

from tests.tracks import FILES

SOUND = FILES["track.mp3"]
SIZE = len(SOUND)
PARTS = [
    ("bytes=0-99", 0, 99),
    ("bytes=0-0", 0, 0),
    ("bytes=100-199", 100, 199),
    ("bytes=1000-", 1000, SIZE - 1),
    ("bytes=0-", 0, SIZE - 1),
    ("bytes=-24", SIZE - 24, SIZE - 1),
    ("bytes=-999999", 0, SIZE - 1),
    ("bytes=1000-999999", 1000, SIZE - 1),
    (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
]
NONSENSE = [
    "bytes=", "bytes=-", "bytes=abc", "bytes=5-2", "bytes=1-2-3", "bytes=--5", "items=0-5", "0-5", "bytes 0-5",
    "bytes=0-1,5-9", "bytes=1.5-3", "bytes=0x1-5", "bytes=" + "9" * 400 + "-", "bytes=²-5",
]  # fmt: skip


@pytest.fixture
def ask(creator, track):
    """`ask(Range=…)` is the answer for the track's sound."""

    def send(method: str = "get", **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(creator, method)(reverse("library:audio", args=[track.id]), headers=named)

    return send


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_whole_file_says_that_parts_can_be_had(ask):
    answer = ask()
    assert answer.status_code == 200
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Length"] == str(SIZE)
    assert "Content-Range" not in answer
    assert body(answer) == SOUND


@pytest.mark.parametrize(("asked", "first", "last"), PARTS)
def test_a_part_is_exactly_the_bytes_asked_for(ask, asked, first, last):
    answer = ask(Range=asked)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer["Content-Type"] == "audio/mpeg"
    assert body(answer) == SOUND[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0", "bytes=999999-"])
def test_a_part_beyond_the_end_cannot_be_had(ask, asked):
    answer = ask(Range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("asked", NONSENSE)
def test_nonsense_is_answered_with_the_whole(ask, asked):
    answer = ask(Range=asked)
    assert answer.status_code == 200
    assert body(answer) == SOUND


def test_a_part_of_another_version_is_answered_with_the_whole(ask):
    answer = ask(Range="bytes=0-9", If_Range='"another"')
    assert answer.status_code == 200
    assert body(answer) == SOUND


def test_a_part_of_this_version_is_given(ask):
    answer = ask(Range="bytes=0-9", If_Range=ask()["ETag"])
    assert answer.status_code == 206
    assert body(answer) == SOUND[:10]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_browser_has_already_is_not_sent_again(ask, form):
    etag = ask()["ETag"]
    answer = ask(If_None_Match=form.format(etag))
    assert answer.status_code == 304
    assert answer["ETag"] == etag
    assert answer.content == b""


def test_another_version_is_sent(ask, track):
    old = ask()["ETag"]
    track.mp3.write_bytes(b"new sound")
    answer = ask(If_None_Match=old)
    assert answer.status_code == 200
    assert body(answer) == b"new sound"


def test_head_tells_the_length_and_sends_nothing(ask):
    answer = ask("head")
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(SIZE)
    assert answer.content == b""


def test_head_knows_no_parts(ask):
    answer = ask("head", Range="bytes=0-9")
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(SIZE)


def test_a_download_can_be_resumed(creator, track):
    answer = creator.get(reverse("library:download", args=[track.id, "wav"]), headers={"Range": "bytes=4-7"})
    assert answer.status_code == 206
    assert body(answer) == FILES["track.wav"][4:8]
    assert "attachment" in answer["Content-Disposition"]


def test_an_empty_file_has_no_parts(ask, track):
    track.mp3.write_bytes(b"")
    assert ask(Range="bytes=0-").status_code == 416
    assert body(ask()) == b""
