"""What moods ask for, learned from the pieces that curators labelled."""

import json
from pathlib import Path

import numpy as np
import pytest

from generator.cli import targets as command
from generator.cli.main import main
from generator.melody.attributes import AttributeScale
from generator.mood import MOODS
from generator.targets import ASKED_ATTRIBUTES, PUBLISHED, MoodTargets, load_targets, save_targets
from generator.training.corpora import Corpus, CorpusPiece, Source, read_curated
from generator.training.dataset import melodies_of, part_of
from generator.training.labelled import PUBLISHED_COUNTS_AS, learn_targets, renew_targets, targets_of
from generator.training.pieces import Piece, piece_to_json
from tests.generator.tunes import wandering_tune

MIDDLE = np.linspace(-0.6, 0.6, len(ASKED_ATTRIBUTES))


def cluster(pieces: int) -> np.ndarray:
    """Standings about MIDDLE, a row a piece."""
    return MIDDLE + np.random.default_rng(1).uniform(-0.05, 0.05, (pieces, len(ASKED_ATTRIBUTES)))


def distance(learned: MoodTargets, aim: dict[str, float]) -> float:
    """The widest gap between what was learned and `aim`."""
    return max(abs(standing - aim[name]) for name, standing in learned.standings.items())


def corpus_of(labels: dict[int, str]) -> Corpus:
    """Sixty tunes, of which some are labelled."""
    pieces = [Piece(f"book/{n}", f"Tune {n}", "book", wandering_tune(n), labels.get(n)) for n in range(60)]
    return Corpus(tuple(CorpusPiece(piece, piece.identity) for piece in pieces), {}, {}, {})


def test_the_target_goes_to_the_pieces_median_as_they_grow_in_number():
    aim = dict(zip(ASKED_ATTRIBUTES, MIDDLE, strict=True))
    gaps = [distance(targets_of("happy", cluster(pieces)), aim) for pieces in (20, 100, 1000, 10_000)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.01


def test_few_pieces_hardly_move_what_is_published():
    for pieces in (1, 2):
        assert distance(targets_of("scary", cluster(pieces)), PUBLISHED["scary"]) < 0.2


def test_as_many_pieces_as_the_table_counts_for_meet_it_half_way():
    learned = targets_of("tense", np.tile(MIDDLE, (PUBLISHED_COUNTS_AS, 1)))
    for name, middle in zip(ASKED_ATTRIBUTES, MIDDLE, strict=True):
        assert learned.standings[name] == pytest.approx((middle + PUBLISHED["tense"][name]) / 2, abs=1e-4)


def test_outliers_do_not_move_the_target():
    pieces = np.tile(MIDDLE, (40, 1)) + np.linspace(-0.01, 0.01, 40)[:, None]
    unlike = pieces.copy()
    unlike[:8] = 1.0
    others = targets_of("sad", unlike)
    assert distance(others, targets_of("sad", pieces).standings) < 0.01


def test_an_attribute_that_is_free_stays_free_until_there_are_enough_pieces():
    assert "repeated_notes" not in PUBLISHED["happy"]
    few = targets_of("happy", cluster(PUBLISHED_COUNTS_AS - 1))
    enough = targets_of("happy", np.tile(MIDDLE, (PUBLISHED_COUNTS_AS, 1)))
    assert "repeated_notes" not in few.standings
    middle = MIDDLE[ASKED_ATTRIBUTES.index("repeated_notes")]
    assert enough.standings["repeated_notes"] == pytest.approx(middle / 2, abs=1e-4)


def test_every_standing_that_is_learned_lies_between_the_ends_of_the_corpus():
    for mood in MOODS:
        for corner in (-1.0, 1.0):
            learned = targets_of(mood, np.full((50, len(ASKED_ATTRIBUTES)), corner))
            assert all(-1 <= standing <= 1 for standing in learned.standings.values())


def test_only_labelled_pieces_of_the_training_part_are_learned_from():
    whole = corpus_of(dict.fromkeys(range(60), "sad"))
    training = [n for n, entry in enumerate(whole.pieces) if part_of(entry) == "train"]
    held_out = {n: "sad" for n in range(60) if n not in training}
    assert held_out
    assert learn_targets(whole)["sad"].pieces == len(training)
    assert learn_targets(corpus_of(held_out)) == {}


def test_pieces_are_placed_among_the_training_part():
    one = next(n for n, entry in enumerate(corpus_of({}).pieces) if part_of(entry) == "train")
    corpus = corpus_of({one: "peaceful"})
    placed = AttributeScale.of(melodies_of(corpus, "train")).place(corpus.pieces[one].piece.melody)
    learned = learn_targets(corpus)
    assert learned.keys() == {"peaceful"}
    for name, published in PUBLISHED["peaceful"].items():
        assert learned["peaceful"].standings[name] == pytest.approx((placed[name] + 20 * published) / 21, abs=1e-4)


def test_the_file_can_be_read_by_people(tmp_path):
    path = tmp_path / "targets.json"
    corpus = corpus_of(dict.fromkeys(range(20), "angry"))
    renew_targets(corpus, print, path)
    told = json.loads(path.read_text())
    assert told["dataset"] == corpus.fingerprint
    assert told["moods"]["angry"]["pieces"] == load_targets(path)["angry"].pieces
    assert told["moods"]["angry"]["targets"].keys() >= PUBLISHED["angry"].keys()


@pytest.fixture
def at_hand(monkeypatch, tmp_path) -> Path:
    """A folder of curated pieces, the only source at hand."""
    folder = tmp_path / "curated"
    folder.mkdir()
    source = Source("curated", "as stated", "curators", folder, "*.json", read_curated)
    monkeypatch.setattr(command, "known_sources", lambda: [source])
    monkeypatch.setattr(command, "CACHE", tmp_path / "cache")
    return folder


def put(folder: Path, moods: dict[int, str]) -> None:
    for n in range(12):
        piece = Piece(f"curated/{n}", f"Tune {n}", "curated", wandering_tune(n), moods.get(n))
        (folder / f"{n}.json").write_text(piece_to_json(piece))


def test_the_command_writes_what_it_learned_and_says_a_line_a_mood(at_hand, tmp_path, capsys):
    out = tmp_path / "targets.json"
    put(at_hand, dict.fromkeys(range(12), "scary"))
    assert main(["targets", "--out", str(out)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"scary: {load_targets(out)['scary'].pieces} pieces, moved most: ")


def test_without_labels_the_command_says_so_in_a_line_and_leaves_no_file_behind(at_hand, tmp_path, capsys):
    out = tmp_path / "targets.json"
    save_targets({"sad": MoodTargets(1, {})}, "of labels long gone", out)
    put(at_hand, {})
    for _ in range(2):
        assert main(["targets", "--out", str(out)]) == 0
        assert not out.exists()
        [line] = capsys.readouterr().out.splitlines()
        assert "no training piece at hand is labelled" in line
