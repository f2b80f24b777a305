"""The index of runs that training writes beside its checkpoint."""

from generator.cli.train import index_of
from generator.training.corpora import Corpus, CorpusPiece, Source
from generator.training.dataset import part_of
from generator.training.pieces import Piece
from generator.training.reading import read_abc
from tests.generator.tunes import wandering_tune


def test_it_knows_every_tune_by_title_and_collection_and_holds_the_held_out_against_the_others(tmp_path):
    pieces = [Piece(f"book/{seed}", f"Tune {seed}", "book", wandering_tune(seed)) for seed in range(100)]
    entries = tuple(CorpusPiece(piece, piece.identity) for piece in pieces)
    held_out = [entry for entry in entries if part_of(entry) != "train"]
    assert held_out
    corpus = Corpus(entries, {}, {}, {})
    index = index_of(corpus, [Source("book", "CC0 1.0", "A book, 1801", tmp_path, "*.abc", read_abc)])
    assert index.dataset == corpus.fingerprint
    for piece in pieces[::9]:
        shared = index.longest_shared(piece.melody)
        assert (shared.title, shared.source, shared.notes) == (piece.title, "A book, 1801", len(piece.melody.notes))
    assert index.people[0].tunes == len(held_out)
