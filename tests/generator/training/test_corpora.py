"""The corpus: read once, every refusal named, variants kept together."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from generator.training import corpora
from generator.training.corpora import Corpus, CorpusPiece, Source, known_sources, load_corpus, read_curated
from generator.training.dataset import part_of
from generator.training.pieces import Piece, piece_from_json, piece_to_json
from generator.training.reading import read_abc
from generator.training.variants import find_variants
from tests.generator.tunes import tune, wandering_tune

GOOD = """X:1
T:A good reel
M:4/4
L:1/8
K:D
|:d2fd Adfd|e2ge Bege|d2fd Adfd|gece d2z2:|a2fa dafa|b2gb ebgb|a2fa dafa|gece d4|]
"""
PICK_UP = """X:2
T:With a pick-up
M:6/8
L:1/8
K:Edor
B|"Em"E>GE {a}GEG|~B>AB (e2f)|gfe dgB|AGA B2E|EGE GEG|BAB e2f|gfe dcB|AGF E2:|
"""
BAD = {
    "too few notes": "X:3\nT:short\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|\n",
    "metre not known to the composer": "X:4\nT:odd\nM:5/4\nL:1/4\nK:C\n" + "CDEFG|" * 8 + "\n",
    "range too wide": "X:5\nT:wide\nM:4/4\nL:1/4\nK:C\n" + "C,,Gc'g'|" * 8 + "\n",
    "no metre": "X:6\nT:none\nL:1/4\nK:C\n",
}


@pytest.fixture
def book(tmp_path) -> Path:
    folder = tmp_path / "books"
    folder.mkdir()
    (folder / "book.abc").write_text(GOOD + "\n" + PICK_UP + "\n" + "\n".join(BAD.values()))
    return folder


def source(folder: Path, read=read_abc) -> Source:
    return Source("book", "CC0 1.0", "a test", folder, "*.abc", read)


def test_good_tunes_are_kept_and_every_other_is_counted_under_its_reason(book, tmp_path):
    corpus = load_corpus([source(book)], tmp_path / "cache")
    assert [entry.piece.title for entry in corpus.pieces] == ["A good reel", "With a pick-up"]
    assert corpus.counts == {"book": 2}
    assert corpus.licences == {"book": "CC0 1.0"}
    named = {reason: count for reason, count in corpus.dropped.items() if count}
    assert sum(named.values()) == len(BAD)
    assert {"too few notes", "metre not known to the composer", "range too wide"} <= named.keys()


def test_a_pick_up_stands_at_the_end_of_the_first_bar_and_ornaments_are_left_out(book, tmp_path):
    melody = load_corpus([source(book)], tmp_path / "cache").pieces[1].piece.melody
    assert melody.metre.name == "6/8"
    assert melody.mode == "minor"
    assert melody.notes[0].onset == 10
    assert melody.notes[1].onset == 12
    assert melody.bars == 9


def test_a_source_is_read_again_only_when_a_file_has_changed(book, tmp_path, monkeypatch):
    load_corpus([source(book)], tmp_path / "cache")
    monkeypatch.setattr(corpora, "_read_file", lambda *_: pytest.fail("read again"))
    assert len(load_corpus([source(book)], tmp_path / "cache").pieces) == 2
    monkeypatch.undo()
    (book / "book.abc").write_text(GOOD)
    assert len(load_corpus([source(book)], tmp_path / "cache").pieces) == 1


def test_a_broken_compact_file_is_read_anew(book, tmp_path):
    load_corpus([source(book)], tmp_path / "cache")
    (tmp_path / "cache" / "book.jsonl.gz").write_bytes(b"not gzip at all")
    assert len(load_corpus([source(book)], tmp_path / "cache").pieces) == 2


def test_pieces_come_back_from_their_line():
    for metre in ("2/4", "3/4", "4/4", "6/8"):
        piece = Piece(f"a/{metre}", "Ünïcode “title”", "a", wandering_tune(1, metre))
        assert piece_from_json(piece_to_json(piece)) == piece


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"notes": 3}', json.dumps({"notes": [[0, 1]], "metre": "4/4"})])
def test_a_line_that_is_no_piece_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        piece_from_json(line)


def test_a_transposed_copy_in_other_note_values_is_a_copy():
    short = tune([60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 62, 60], [2] * 12)
    long = tune([67, 69, 71, 72, 74, 76, 78, 79, 74, 71, 69, 67], [4] * 12, tonic=7)
    groups, copies = find_variants([Piece("a", "", "x", short), Piece("b", "", "x", long)])
    assert copies == {"b"}
    assert groups["a"] == groups["b"]


def test_variants_share_a_group_and_strangers_do_not():
    pitches = [60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62, 60, 67, 64, 67, 62, 60]
    variant = [*pitches[:14], 64, 65, 62, 59, 60, 60]
    pieces = [
        Piece("a", "", "x", tune(pitches, [2] * 20)),
        Piece("b", "", "x", tune(variant, [2] * 20)),
        Piece("c", "", "x", wandering_tune(9)),
    ]
    groups, copies = find_variants(pieces)
    assert not copies
    assert groups["a"] == groups["b"] != groups["c"]


def test_all_variants_of_a_tune_stand_in_one_part_of_the_split(tmp_path, monkeypatch):
    monkeypatch.delenv("EMOTIONMUSIC_DATA", raising=False)
    corpus = load_corpus(known_sources()[:1], tmp_path, limit=150)
    parts: dict[str, set[str]] = {}
    for entry in corpus.pieces:
        parts.setdefault(entry.group, set()).add(part_of(entry))
    assert all(len(found) == 1 for found in parts.values())
    counts = Counter(part_of(entry) for entry in corpus.pieces)
    assert counts["train"] > 8 * counts["validation"] > 0
    assert counts["test"] > 0


def test_the_non_commercial_collection_is_never_a_source():
    assert not any("essen" in str(source.folder).lower() for source in known_sources())


def test_labels_do_not_change_the_fingerprint_of_a_corpus():
    plain = Piece("a", "", "x", wandering_tune(1))
    corpora_of = [Corpus((CorpusPiece(piece, "a"),), {}, {}, {}) for piece in (plain, replace(plain, mood="sad"))]
    assert corpora_of[0].fingerprint == corpora_of[1].fingerprint


def test_a_mood_comes_back_from_its_line_and_is_not_written_where_there_is_none():
    piece = Piece("a/1", "A tune", "a", wandering_tune(1), "sad")
    assert piece_from_json(piece_to_json(piece)) == piece
    assert "mood" not in json.loads(piece_to_json(replace(piece, mood=None)))


def test_the_mood_of_a_curated_file_is_carried_into_the_corpus_and_its_compact_file(tmp_path):
    folder = tmp_path / "curated"
    folder.mkdir()
    tune = wandering_tune(3).transposed(2)
    (folder / "one.json").write_text(piece_to_json(Piece("curated/one", "One", "curated", tune, "dreamy")))
    curated = Source("curated", "as stated", "curators", folder, "*.json", read_curated)
    for _ in range(2):
        [entry] = load_corpus([curated], tmp_path / "cache").pieces
        assert entry.piece.mood == "dreamy"
        assert entry.piece.melody.tonic == 0


@pytest.mark.parametrize("mood", ["bored", "", 7, ["sad"], None])
def test_a_piece_with_an_unknown_mood_is_dropped_under_that_reason(tmp_path, mood):
    fields = json.loads(piece_to_json(Piece("curated/one", "One", "curated", wandering_tune(3))))
    (tmp_path / "one.json").write_text(json.dumps({**fields, "mood": mood}))
    [dropped] = read_curated(tmp_path / "one.json", "curated")
    assert (dropped.identity, dropped.reason) == ("curated/one", "mood not known to the composer")
