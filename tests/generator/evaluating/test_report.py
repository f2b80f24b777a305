"""The report: it replaces what stands between its marks, and its plots are the same for the same figures."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from generator.evaluating.features import FEATURE_COLUMNS
from generator.evaluating.measured import Likeness, MeasuredNetwork, MeasuredPeople, Ruler
from generator.evaluating.plots import draw
from generator.evaluating.report import END, START, ReportRefused, check, redraw, section
from generator.networks.checkpoint import NETWORK_NAMES

RULER = Ruler("ab" * 32, ["validation", "test"])
LIKENESS = Likeness(dict.fromkeys(FEATURE_COLUMNS, 0.9), 0.95, 0.71, 0.02, 0.034)
NETWORK = MeasuredNetwork(
    RULER,
    "lookback_rnn",
    "",
    "lookback_rnn-123456789abc",
    923688,
    17,
    [[1.5 - 0.03 * epoch, 1.4 - 0.02 * epoch] for epoch in range(18)],
    32.4,
    {
        part: {"nats_a_step": loss, "bits_a_note": 3.456, "event_accuracy": 0.7244, "note_accuracy": 0.401}
        for part, loss in (("validation", 0.88), ("test", 0.87))
    },
    {"validation": 0.86, "test": 0.85},
    LIKENESS,
)
PEOPLE = MeasuredPeople(RULER, 479, replace(LIKENESS, auc=0.53, copying=0.31), 0.931)


def other(name: str, loss: float) -> MeasuredNetwork:
    losses = {part: figures | {"nats_a_step": loss} for part, figures in NETWORK.losses.items()}
    return replace(NETWORK, network=name, losses=losses)


def test_only_what_stands_between_the_marks_is_replaced(tmp_path):
    card = tmp_path / "card.md"
    card.write_text(f"# Card\n\nbefore\n\n{START}\nold\n{END}\n\nafter\n")
    redraw(card, "new")
    once = card.read_text()
    assert once == f"# Card\n\nbefore\n\n{START}\n\nnew\n\n{END}\n\nafter\n"
    redraw(card, "new")
    assert card.read_text() == once
    assert [path.name for path in tmp_path.iterdir()] == ["card.md"]


@pytest.mark.parametrize("text", ["no marks", f"{START} alone", f"{END} before {START}", f"{START}{END}{START}{END}"])
def test_a_document_without_the_two_marks_is_refused_and_stays_as_it_is(text, tmp_path):
    card = tmp_path / "card.md"
    card.write_text(text)
    with pytest.raises(ReportRefused, match="must hold"):
        redraw(card, "new")
    assert card.read_text() == text


def test_a_missing_document_is_refused(tmp_path):
    with pytest.raises(ReportRefused, match="cannot be read"):
        check(tmp_path / "nowhere.md")


def test_the_table_lists_the_best_network_first_and_people_last():
    text = section([NETWORK, other("lb_attention", 0.7)], PEOPLE, {"lookback_rnn": 12345.6}, {"A plot": "bench/a.svg"})
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    assert len({len(row) for row in rows}) == 1
    assert [row[0] for row in rows[2:]] == ["`lb_attention`", "`lookback_rnn`", "people"]
    assert rows[3][1:] == [
        "923,688", "17 of 18", "32", "0.8800 / 0.8700", "0.8500", "3.46", "72.4%", "40.1%", "12,346", "0.900",
        "0.710 ± 0.020", "3.4%",
    ]  # fmt: skip
    assert rows[2][9] == "–"
    assert rows[4][-1] == "31.0%"
    assert "![A plot](bench/a.svg)" in text
    assert START not in text
    assert END not in text


def test_what_a_part_is_worth_and_what_was_memorised_stand_in_tables_of_their_own(tmp_path):
    measured = [
        NETWORK,
        replace(other("lookback_rnn", 0.9), variant="without position"),
        replace(other("lookback_rnn", 4.5), variant="100 pieces 200 epochs"),
        replace(other("lookback_rnn", 0.7), variant="served"),
    ]
    bench, without, memorised = section(measured, PEOPLE, {}, {}).split("###")
    names = [
        [line.split("|")[1].strip() for line in part.splitlines() if line[:3] == "| `"] for part in (bench, without)
    ]
    assert names == [
        ["`lookback_rnn` served", "`lookback_rnn`"],
        ["`lookback_rnn`", "`lookback_rnn` without position"],
    ]
    assert "| `lookback_rnn` 100 pieces 200 epochs | 17 of 18 | 1.0200 | 4.5000 / 4.5000 |" in memorised
    assert len(draw(measured, PEOPLE, tmp_path)) == 6
    assert "without position" not in (tmp_path / "auc.svg").read_text()


def test_plots_are_small_valid_and_the_same_for_the_same_figures(tmp_path):
    networks = [other(name, 0.7 + 0.02 * place) for place, name in enumerate(NETWORK_NAMES)]
    first = draw(networks, PEOPLE, tmp_path / "first")
    second = draw(networks, PEOPLE, tmp_path / "second")
    assert len(first) == 5
    for shows, path in first.items():
        drawn = path.read_bytes()
        assert drawn == second[shows].read_bytes()
        assert len(drawn) < 60_000
        assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "lb_attention" in (tmp_path / "first" / "bits_a_note.svg").read_text()


def test_a_single_network_can_be_drawn(tmp_path):
    assert len(draw([NETWORK], PEOPLE, tmp_path)) == 5
