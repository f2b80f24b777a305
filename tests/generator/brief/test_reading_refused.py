"""Every kind of broken or hostile file of words, and the name under which it is refused."""

import csv
import io
import random
import re
import resource
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.brief.reading import files, limits, read_file, read_words
from generator.brief.refusal import TEMPLATES, BriefRefused, Refusal
from tests.generator.brief.files import body, cue, docx, run, srt

GOOD = body(run("Once there was a lighthouse."))
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
PDF = b"%PDF-1.7\n"

REFUSED: dict[str, tuple[str, Callable[[], str | bytes], Refusal]] = {
    "nothing at all": ("a.txt", lambda: "", Refusal.EMPTY),
    "only white space": ("a.txt", lambda: " \n\t\n", Refusal.EMPTY),
    "only NULs": ("a.txt", lambda: bytes(3000), Refusal.EMPTY),
    "only emoji": ("a.txt", lambda: "🎉🎉 ❤️ 👨‍👩‍👧", Refusal.ONLY_EMOJI),
    "only a link": ("a.txt", lambda: " https://youtu.be/dQw4w9\n", Refusal.ONLY_LINK),
    "only figures": ("a.txt", lambda: "123 456!", Refusal.NO_WORDS),
    "10 MB of text": ("a.txt", lambda: "a fox ran\n" * 1_000_000, Refusal.TOO_LARGE),
    "over 20 MB": ("a.docx", lambda: bytes(20_000_001), Refusal.TOO_LARGE),
    "1.5 MB of text": ("a.txt", lambda: "a fox ran\n" * 150_000, Refusal.TOO_MANY_CHARACTERS),
    "1.9 MB of opening brackets": ("a.md", lambda: "[" * 1_900_000, Refusal.TOO_MANY_CHARACTERS),
    "random bytes": ("a.txt", lambda: random.Random(7).randbytes(20_000), Refusal.BINARY),
    "a program": ("a.txt", lambda: Path(sys.executable).resolve().read_bytes()[:50_000], Refusal.BINARY),
    "a PDF": ("a.txt", lambda: PDF, Refusal.WRONG_KIND),
    "an old Word document": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Refusal.WRONG_KIND),
    "a video named .txt": ("a.txt", lambda: b"\0\0\0\x20ftypisom" + bytes(100), Refusal.WRONG_KIND),
    "UTF-16 that is none": ("a.txt", lambda: b"\xff\xfe\x00\xd8\x41\x00\x42\x00", Refusal.UNKNOWN_ENCODING),
    "a zip bomb": ("a.docx", lambda: docx(b"<w>" + b" " * 100_000_000), Refusal.DOCUMENT_TOO_LARGE),
    "an external entity": ("a.docx", lambda: docx(ENTITY + body(run("&e;"))), Refusal.UNSAFE_DOCUMENT),
    "entities in entities": ("a.docx", lambda: docx(LAUGHS + body(run("&b;"))), Refusal.UNSAFE_DOCUMENT),
    "10,000 parts": ("a.docx", lambda: docx(GOOD, others=10_000), Refusal.TOO_MANY_PARTS),
    "another archive": ("a.docx", lambda: docx(GOOD, name="content.xml"), Refusal.NOT_A_DOCUMENT),
    "a document broken off": ("a.docx", lambda: docx(GOOD)[:-40], Refusal.TRUNCATED),
    "a document of broken XML": ("a.docx", lambda: docx("<w:p><w:t>never ends"), Refusal.UNREADABLE),
    "a document of a long text": ("a.docx", lambda: docx(body(run("word " * 200_000))), Refusal.TOO_MANY_CHARACTERS),
    "an empty document": ("a.docx", lambda: docx(body("", "")), Refusal.EMPTY),
    "200 KB of digits": ("a.srt", lambda: "1" * 200_000, Refusal.NO_WORDS),
    "subtitles running backwards": (
        "a.srt",
        lambda: srt(*(("00:00:09,000", "00:00:01,000", f"line {n}") for n in range(9))),
        Refusal.TIMES_BACKWARDS,
    ),
    "99,999,999,999 hours": (
        "a.srt",
        lambda: srt(("99999999999:00:00,000", "99999999999:00:01,000", "late")),
        Refusal.TIME_TOO_LATE,
    ),
    "99,999,999,999 hours in a list": ("a.csv", lambda: "start,text\n99999999999:00:00,late\n", Refusal.TIME_TOO_LATE),
    "50,000 cues": ("a.srt", lambda: "0:00:01,00 --> 0:00:02,00\nx\n\n" * 50_000, Refusal.TOO_MANY_PASSAGES),
    "50,000 shots": ("a.csv", lambda: "start,text\n" + "1,sea\n" * 50_000, Refusal.TOO_MANY_PASSAGES),
    "cues that say nothing": ("a.srt", lambda: srt(cue(1, "<i></i>")), Refusal.EMPTY),
    "WebVTT without cues": ("a.vtt", lambda: "WEBVTT\n\nNOTE nothing here\n", Refusal.NO_CUES),
    "a million unclosed tags": (
        "a.srt",
        lambda: srt(cue(1, "<a" * 700_000)),
        Refusal.TOOK_TOO_LONG,
    ),
    "lists nested 100,000 deep": ("a.json", lambda: "[" * 100_000, Refusal.TOO_DEEP),
    "objects nested 100,000 deep": ("a.info.json", lambda: '{"title":' * 100_000, Refusal.TOO_DEEP),
    "JSON broken off": ("a.info.json", lambda: '{"title": "A day at', Refusal.TRUNCATED),
    "JSON that is none": ("a.info.json", lambda: "{title: 5}", Refusal.BROKEN_JSON),
    "a number of a million digits": ("a.info.json", lambda: '{"title": ' + "9" * 1_000_000 + "}", Refusal.BROKEN_JSON),
    "JSON of another kind": ("a.json", lambda: '{"name": "x"}', Refusal.NOT_INFO),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_each_broken_file_is_refused_by_name_and_in_words_within_ten_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: Callable[[], str | bytes], reason: Refusal
) -> None:
    if reason is Refusal.TOOK_TOO_LONG:
        monkeypatch.setattr(files, "WALL_SECONDS", 2)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    made = content()
    path = tmp_path / "upload"
    path.write_bytes(made.encode() if isinstance(made, str) else made)
    started = time.monotonic()
    with pytest.raises(BriefRefused) as refused:
        read_file(path, name)
    assert refused.value.reason is reason
    assert refused.value.message.endswith(".")
    assert time.monotonic() - started < 10
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "temporary", path]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Refusal.EMPTY),
        ("😀", Refusal.ONLY_EMOJI),
        ("www.example.com/watch?v=1", Refusal.ONLY_LINK),
        ("?!", Refusal.NO_WORDS),
        ("word " * 2_000_000, Refusal.TOO_MANY_CHARACTERS),
        ("\u0301" * 100_000, Refusal.NO_WORDS),
    ],
)
def test_typed_words_that_say_nothing_are_refused(text: str, reason: Refusal) -> None:
    with pytest.raises(BriefRefused) as refused:
        read_words(text)
    assert refused.value.reason is reason


def test_a_missing_file_and_a_folder_are_refused_like_any_other(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(BriefRefused) as refused:
            read_file(path, "a.txt")
        assert refused.value.reason is Refusal.MISSING


def test_a_refusal_says_what_the_file_is_and_which_limit_it_passes(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(PDF)
    with pytest.raises(BriefRefused, match="is a PDF") as refused:
        read_file(path, "a.pdf")
    assert refused.value.values == {"found": "PDF"}
    with pytest.raises(BriefRefused, match=str(limits.MOST_CHARACTERS)):
        read_words("word " * 50_000)


def test_every_reason_has_a_sentence_and_none_is_left_over() -> None:
    assert set(TEMPLATES) == set(Refusal)
    for template in TEMPLATES.values():
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
        assert re.search(r"\. [A-Z].*\.$", template), template
        assert all(re.fullmatch("[a-z_]+", name) for name in names)


def test_a_refusal_survives_json() -> None:
    refused = BriefRefused(Refusal.TOO_LARGE, largest_mb=2)
    again = BriefRefused.from_json(refused.to_json())
    assert (again.reason, again.values, again.message) == (refused.reason, refused.values, refused.message)


def test_one_cue_running_backwards_among_good_ones_only_loses_its_end(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(srt(cue(1, "one"), ("00:00:05,000", "00:00:03,000", "two"), cue(7, "three")))
    assert [(cue.start, cue.end) for cue in read_file(path, "a.srt").passages] == [(1, 1.9), (5, None), (7, 7.9)]


@pytest.mark.parametrize("seed", range(3))
def test_no_damage_to_a_good_file_raises_anything_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "upload"
    shots = io.StringIO()
    csv.writer(shots).writerows([["start", "end", "text"], ["0:00", "0:05", "sea"], ["0:05", "0:09", 'a "wide" shot']])
    good = (
        docx(GOOD),
        srt(cue(1, "안녕")).encode("cp949"),
        shots.getvalue().encode(),
        b'{"title": "x", "chapters": []}',
    )
    for content, name in zip(good, ("a.docx", "a.srt", "a.csv", "a.json"), strict=True):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            assert read_file(path, name).passages
        except BriefRefused as refused:
            assert refused.message  # noqa: PT017


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss differs, and only Linux limits memory")
def test_no_file_takes_more_than_512_megabytes(tmp_path: Path) -> None:
    for number, (name, content, reason) in enumerate(REFUSED.values()):
        made = content() if reason is not Refusal.TOOK_TOO_LONG else b""
        if len(made) > 90_000:
            (tmp_path / f"{number}-{name}").write_bytes(made.encode() if isinstance(made, str) else made)
    # A small process asks, since a child's peak includes that of the process it was started from.
    asking = (
        "import resource, sys; from pathlib import Path\n"
        "from generator.brief.reading import read_file\n"
        "from generator.brief.refusal import BriefRefused\n"
        "for path in Path(sys.argv[1]).iterdir():\n"
        "    try: read_file(path, path.name)\n"
        "    except BriefRefused: pass\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", asking, str(tmp_path)], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 512 * 1024 * 1024


def test_the_process_that_asked_keeps_its_own_limits(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    path = tmp_path / "upload"
    path.write_text("the sea")
    read_file(path, "a.txt")
    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before
