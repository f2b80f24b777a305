"""The moods measured: what the network that ships composes is kept, measured against what was asked, and reported."""

import argparse
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from generator.cli import moods as command
from generator.evaluating import composed as composing
from generator.evaluating.composed import Shelf, compose, compose_missing
from generator.evaluating.mood_plot import draw_moods
from generator.evaluating.mood_report import goals, lines, section
from generator.evaluating.moods import Middle, in_quadrant, measure_moods, rank_correlation
from generator.evaluating.survey import Survey
from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.melody import Mode
from generator.mood import MOODS
from generator.networks.checkpoint import SERVED, load_checkpoint
from generator.request import BadRequest, Request

SMALL = Survey(
    count=2, intensity=0.8, seconds=10.0, candidates=1, steps=(0.2, 1.0), step_seeds=1, levels=(0.1, 0.9),
    level_seeds=1, counts=(1, 2), count_seeds=1,
)  # fmt: skip
MIDDLE = dict.fromkeys(ATTRIBUTE_NAMES, 0.0)
MARKS = "before\n<!-- moods -->\nold\n<!-- /moods -->\nafter\n"


class BrokenOff(Exception):
    """Stops a run in its midst."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def measured(folder):
    return measure_moods(load_checkpoint(), SERVED, SMALL, folder / "moods")


def requests(count: int) -> list[Request]:
    return [Request.of("sad", 0.8, 10, seed, candidates=1) for seed in range(count)]


@pytest.mark.parametrize(
    ("mood", "mode", "density", "hit"),
    [
        ("happy", Mode.MAJOR, 0.5, True),
        ("happy", Mode.MAJOR, -0.5, False),
        ("happy", Mode.MINOR, 0.5, False),
        ("peaceful", Mode.MAJOR, -0.5, True),
        ("sad", Mode.MINOR, -0.5, True),
        ("sad", Mode.MINOR, 0.5, False),
        ("scary", Mode.MINOR, 0.5, True),
        ("scary", Mode.MAJOR, 0.5, False),
    ],
)
def test_a_melody_is_in_the_quadrant_of_its_mood_by_mode_and_density(mood, mode, density, hit):
    assert in_quadrant(MIDDLE | {"density": density}, mode, MOODS[mood]) == hit


def test_a_melody_that_is_neutral_in_arousal_is_in_no_quadrant():
    assert not in_quadrant(MIDDLE, Mode.MAJOR, MOODS["happy"])


def test_the_rank_correlation_is_1_for_what_rises_and_unknown_for_what_stays():
    assert rank_correlation([0.1, 0.2, 0.3, 0.4], [1, 2, 4, 80]) == pytest.approx(1)
    assert rank_correlation([0.1, 0.2, 0.3, 0.4], [80, 4, 2, 1]) == pytest.approx(-1)
    assert rank_correlation([0.1, 0.2], [3, 3]) != rank_correlation([0.1, 0.2], [3, 3])


def test_the_middle_lies_between_the_lowest_and_the_highest_tenth():
    assert Middle.of(range(11)) == Middle(1, 5, 9)


def test_a_melody_is_kept_to_the_note(tmp_path):
    (request,) = requests(1)
    fresh = compose(request, SERVED)
    Shelf(tmp_path / "shelf").add(composing.key_of(request), fresh)
    assert Shelf(tmp_path / "shelf")[request] == fresh
    assert fresh.melody.tonic == 0


def test_a_run_that_broke_off_goes_on_where_it_stopped(tmp_path, monkeypatch):
    asked, path = requests(4), tmp_path / "shelf"

    def until_half(share: float) -> None:
        if share >= 0.5:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        compose_missing(asked, SERVED, Shelf(path), progress=until_half)
    path.write_text(path.read_text() + '["sad 0.8 10s seed')
    again = []
    monkeypatch.setattr(composing, "compose", lambda request, _: again.append(request) or compose(request, SERVED))
    compose_missing(asked, SERVED, Shelf(path))
    assert again == asked[2:]
    assert all(request in Shelf(path) for request in asked)


def test_what_was_asked_for_otherwise_is_composed_anew(tmp_path):
    (request,) = requests(1)
    shelf = Shelf(tmp_path / "shelf")
    compose_missing([request], SERVED, shelf)
    assert request in shelf
    for other in ({"intensity": 0.7}, {"candidates": 2}, {"attributes": {"density": 0.5}}, {"seconds": 11.0}):
        assert replace(request, **other) not in shelf


@pytest.mark.slow
def test_two_processes_compose_what_one_does(tmp_path):
    alone, together = Shelf(tmp_path / "alone"), Shelf(tmp_path / "together")
    compose_missing(requests(2), SERVED, alone)
    compose_missing(requests(2), SERVED, together, workers=2)
    assert [alone[request].melody for request in requests(2)] == [together[request].melody for request in requests(2)]


def test_what_is_kept_is_not_composed_again(folder, measured, monkeypatch):
    monkeypatch.setattr(composing, "compose", None)
    assert measure_moods(load_checkpoint(), SERVED, SMALL, folder / "moods").moods == measured.moods


def test_the_report_names_every_mood_attribute_and_goal(measured):
    text = section(measured, "bench/emotion.svg")
    for mood in MOODS:
        (table,) = (part for part in text.split("#### ")[1:] if part.startswith(f"{mood}\n"))
        assert all(f"| {name.replace('_', ' ')} |" in table for name in ATTRIBUTE_NAMES)
    assert all(goal.what in text for goal in goals(measured))
    assert len(goals(measured)) == 9
    assert "](bench/emotion.svg)" in text
    assert measured.checkpoint in text


def test_a_terminal_is_shown_every_figure_that_was_aimed_at(measured):
    shown = list(lines(measured))
    assert sum("goal" in line for line in shown) == 9
    assert [line["attribute"] for line in shown if "attribute" in line] == list(ATTRIBUTE_NAMES)
    assert [line["candidates"] for line in shown if "candidates" in line] == [1, 2]


def test_the_plot_is_the_same_for_the_same_figures(measured, tmp_path):
    draw_moods(measured, tmp_path / "one.svg")
    draw_moods(measured, tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    ElementTree.parse(tmp_path / "one.svg")
    assert (tmp_path / "one.svg").stat().st_size < 150_000


def test_the_survey_grows_with_the_melodies_a_mood():
    usual, small = Survey.of_size(200, 0.8, 30.0), Survey.of_size(2, 0.8, 30.0)
    assert usual == Survey()
    assert (small.count, small.step_seeds, small.level_seeds, small.count_seeds) == (2, 1, 1, 1)


@pytest.fixture
def small_survey(folder, measured, monkeypatch):
    """The command makes the survey of this module, from what it has kept."""
    monkeypatch.setattr(Survey, "of_size", lambda *size: SMALL)
    monkeypatch.setattr(command, "KEPT", folder)


def run(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    command.add_to(parser.add_subparsers())
    options = parser.parse_args(["moods", *words])
    return options.run(options)


@pytest.mark.usefixtures("small_survey")
def test_the_page_is_renewed_between_its_marks_and_its_plot_drawn(tmp_path, capsys):
    page = tmp_path / "emotion.md"
    page.write_text(MARKS)
    assert run(["--report", str(page)]) == 0
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "\nold\n" not in text
    assert (tmp_path / "bench" / "emotion.svg").is_file()
    assert '"goal"' in capsys.readouterr().out


def test_a_page_without_marks_is_refused_before_anything_is_composed(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "measure_moods", None)
    page = tmp_path / "emotion.md"
    page.write_text("nothing\n")
    assert run(["--report", str(page)]) == 2
    assert "<!-- moods -->" in capsys.readouterr().err
    assert page.read_text() == "nothing\n"


def test_too_few_melodies_or_processes_are_refused():
    with pytest.raises(BadRequest, match="--count must be 2 or more"):
        run(["--count", "1"])
    with pytest.raises(BadRequest, match="--jobs must be 1 or more"):
        run(["--jobs", "0"])
