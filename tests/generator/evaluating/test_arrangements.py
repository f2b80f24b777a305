"""Arrangements made, checked and measured: what is right passes, and every fault is named."""

import json
from dataclasses import replace

import numpy as np
import pytest

from generator.cli import arrangements as command
from generator.cli.main import main
from generator.evaluating.accompanying import Accompaniment
from generator.evaluating.arrangements import Size, Variety, measure, told_apart
from generator.evaluating.arrangements_report import LEAST_DIFFERING, MARK, faults, lines, section
from generator.evaluating.composed import Shelf, compose_missing
from generator.evaluating.finished import check_score, check_sound
from generator.evaluating.pieces import Piece, pieces, request_of, score_of_piece
from generator.evaluating.score_features import FEATURES, articulation, score_features
from generator.networks.checkpoint import SERVED
from generator.score import PlayedNote
from generator.styles import STYLES

pytestmark = pytest.mark.slow
SECONDS = 10.0
SMALL = Size(
    seeds=2, seconds=SECONDS, steps=(1.0,), step_seeds=2, arrangements=3, arranged_seconds=SECONDS
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("arrangements")


@pytest.fixture(scope="module")
def shelf(folder):
    found = Shelf(folder / command.MELODIES)
    compose_missing(SMALL.requests, SERVED, found)
    return found


@pytest.fixture(scope="module")
def measured(shelf):
    return measure(shelf, SMALL, ("solo", "piano", "folk band"))


@pytest.fixture
def kept(folder, shelf, monkeypatch):
    """The command finds the melodies of this module, and measures as little."""
    monkeypatch.setattr(command, "KEPT", folder)
    monkeypatch.setattr(command, "Size", lambda seeds=2: replace(SMALL, seeds=seeds))


def piece_of(style, mood="happy"):
    return Piece(style, request_of(mood, SECONDS, 0))


def run(capsys, *words):
    code = main(["arrangements", *words])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


@pytest.mark.usefixtures("kept")
def test_every_style_mood_and_length_of_a_sample_is_made_and_found_right(capsys):
    words = ["--styles", "solo,lo-fi", "--moods", "happy,scary", "--lengths", "10", "--jobs", "1"]
    code, found, err = run(capsys, *words)
    assert code == 0, err
    assert [(piece["style"], piece["mood"]) for piece in found] == [
        ("solo", "happy"), ("lo-fi", "happy"), ("solo", "scary"), ("lo-fi", "scary"),
    ]  # fmt: skip
    for piece in found:
        assert piece["faults"] == []
        assert piece["notes"].keys() == piece["parts_db"].keys()
        assert all(length == pytest.approx(SECONDS, abs=0.05) for length in piece["lengths"].values())
    code, again, _ = run(capsys, *words, "--resume")
    assert (code, again) == (0, [])


@pytest.mark.usefixtures("kept")
def test_without_audio_scores_and_midi_files_alone_are_checked(capsys):
    code, found, _ = run(capsys, "--moods", "happy", "--lengths", "10", "--jobs", "1", "--no-audio")
    assert code == 0
    assert [piece["style"] for piece in found] == list(STYLES)
    assert not any("lufs" in piece for piece in found)


def test_a_part_that_cannot_be_heard_is_named(shelf, tmp_path):
    piece = piece_of("piano")
    score = score_of_piece(piece, shelf)
    melody, hand, *others = score.parts
    found = check_sound(piece, replace(score, parts=(melody, replace(hand, volume=1), *others)), tmp_path)
    assert len(found.faults) == 1
    assert found.faults[0].startswith("Piano, left hand is ")
    assert found.faults[0].endswith("not heard")


def test_a_part_without_notes_and_one_that_plays_on_are_named(shelf):
    piece = piece_of("piano")
    score = score_of_piece(piece, shelf)
    melody, hand, *others = score.parts
    late = replace(hand, notes=(*hand.notes, PlayedNote(SECONDS - 1, SECONDS + 1, 60, 80)))
    assert check_score(piece, replace(score, parts=(melody, replace(hand, notes=()), *others))).faults == [
        "Piano, left hand has no note"
    ]
    assert (
        "Piano, left hand plays outside the piece"
        in check_score(piece, replace(score, parts=(melody, late, *others))).faults
    )


def test_a_piece_of_another_length_than_asked_is_named(shelf):
    score = score_of_piece(piece_of("solo"), shelf)
    longer = Piece("solo", request_of("happy", SECONDS + 5, 0))
    assert f"the score lasts {SECONDS:.3f} s" in check_score(longer, score).faults


@pytest.mark.parametrize("words", [["--styles", "polka"], ["--moods", "bored"], ["--jobs", "0"], ["--lengths", "a"]])
def test_wrong_words_end_with_two_and_one_line(words, capsys):
    try:
        code = main(["arrangements", *words])
    except SystemExit as ended:
        code = ended.code
    assert code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_pieces_are_every_style_with_every_mood_at_every_length():
    found = pieces(["solo", "piano"], ["sad", "happy"], [20.0, 10.0])
    assert len({piece.name for piece in found}) == 8
    assert [piece.request.seconds for piece in found] == [10.0] * 4 + [20.0] * 4


def accompaniment(shelf, style, seed=None):
    return Accompaniment.of(score_of_piece(piece_of(style), shelf, seed), STYLES[style])


def test_one_accompaniment_is_like_itself_and_unlike_that_of_another_style(shelf):
    folk, piano = accompaniment(shelf, "folk band"), accompaniment(shelf, "piano")
    assert set(folk.distances(folk).values()) == {0.0}
    assert all(0 < distance <= 1 for distance in folk.distances(piano).values())


def test_the_same_seed_arranges_the_same_and_another_differently(shelf):
    one, same, other = (accompaniment(shelf, "folk band", seed) for seed in (0, 0, 1))
    assert set(one.distances(same).values()) == {0.0}
    assert max(one.distances(other).values()) > 0


def test_moods_that_lie_apart_are_told_apart_and_those_that_do_not_are_not():
    requests = [request_of(mood, SECONDS, seed) for mood in ("happy", "sad") for seed in range(4)]
    apart = np.array([[request.mood.valence, float(request.seed)] for request in requests])
    assert told_apart(apart, requests) == 1.0
    # Each seed's pieces stand where those of the other mood stand for all other seeds.
    swapped = np.array([[request.mood.valence * (-1) ** request.seed] for request in requests])
    assert told_apart(swapped, requests) < 0.5


def test_features_are_what_the_score_says(shelf):
    score = score_of_piece(piece_of("solo"), shelf)
    features = dict(zip(FEATURES, score_features(score), strict=True))
    notes = score.parts[0].notes
    assert features["mode"] == 1.0
    assert features["tempo"] == score.tempo
    assert features["notes a second"] == len(notes) / SECONDS
    assert min(note.pitch for note in notes) < features["register"] < max(note.pitch for note in notes)
    assert 0.5 < features["parts playing"] <= 1.0


def test_articulation_is_the_share_of_the_time_that_sounds():
    assert articulation([PlayedNote(0, 0.5, 60, 80), PlayedNote(1, 3, 62, 80), PlayedNote(2, 3, 64, 80)]) == 0.75


def test_a_style_of_which_little_differs_is_named(measured):
    pairs = [{"pattern": pattern, "voicing": 0.5, "texture": 0.0} for pattern in (0.0, 0.4)]
    alike = Variety.of(pairs)
    assert alike.differing == {"pattern": 0.5, "voicing": 1.0, "texture": 0.0}
    style = replace(measured.styles["folk band"], variety=alike, told_apart=0.5)
    found = faults(replace(measured, styles={"folk band": style}))
    assert any("0% differ in texture" in fault for fault in found)
    assert any("told apart in 50%" in fault for fault in found)
    assert LEAST_DIFFERING > 0


def test_a_terminal_and_the_page_are_told_of_every_style(measured):
    shown = list(lines(measured))
    assert [line.get("style") for line in shown] == ["solo", "piano", "folk band", None]
    assert "distance" not in shown[0]
    text = section(measured)
    assert text.count("| folk band |") == text.count("| solo |") == 2
    assert measured.styles["solo"].variety is None


@pytest.mark.usefixtures("kept")
def test_the_page_is_renewed_between_its_marks(tmp_path, capsys):
    page = tmp_path / "arrangements.md"
    page.write_text(f"before\n<!-- {MARK} -->\nold\n<!-- /{MARK} -->after\n")
    run(capsys, "--report", str(page), "--styles", "solo", "--seeds", "2", "--jobs", "1")
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "\nold\n" not in text
    assert "| solo |" in text


@pytest.mark.usefixtures("kept")
def test_a_page_without_marks_is_refused_before_anything_is_measured(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "measure", None)
    page = tmp_path / "arrangements.md"
    page.write_text("nothing\n")
    code, _, err = run(capsys, "--report", str(page))
    assert (code, page.read_text()) == (2, "nothing\n")
    assert f"<!-- {MARK} -->" in err
