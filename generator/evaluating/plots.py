"""The measured figures as small SVG files: the same bytes for the same figures, readable on light and on dark."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from generator.evaluating.measured import MeasuredNetwork, MeasuredPeople

INK, BLUE, ORANGE = "#7d7d7d", "#3f87cf", "#d9792b"
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "emotionmusic",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    # One name: the whole list of families would stand beside every word of the file.
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "axes.axisbelow": True,
    "grid.color": INK,
    "grid.alpha": 0.25,
}
WIDTH = 7.5
"""Inches, as of all plots."""
CHANCE = 0.5
SHOWN_FEATURES_OF = "lb_attention served"


def draw(networks: Sequence[MeasuredNetwork], people: MeasuredPeople, folder: Path) -> dict[str, Path]:
    """Write the plots of at least one network of the bench into `folder`; their paths by what they show."""
    folder.mkdir(parents=True, exist_ok=True)
    by_loss = sorted(networks, key=lambda measured: measured.held_out["nats_a_step"])
    ranked = [measured for measured in by_loss if measured.on_bench]
    few = [measured for measured in by_loss if measured.of_few_pieces]
    shown = next((measured for measured in ranked if measured.name == SHOWN_FEATURES_OF), ranked[0])
    with matplotlib.rc_context(STYLE):
        figures = {
            "Held-out bits a note by network": ("bits_a_note", _bits_a_note(ranked)),
            "Training and held-out loss by epoch": ("learning", _learning(ranked)),
            "How well a judge tells each network from people": ("auc", _auc(ranked, people)),
            f"Overlap with people's tunes by feature, {shown.name}": ("overlap", _overlap(shown, people)),
            "Copied notes against held-out loss": ("copying", _copying([*ranked, *few], people)),
        }
        if few:
            figures["Training and held-out loss by epoch, from few pieces"] = ("memorising", _learning(few))
        return {shows: write(figure, folder / f"{name}.svg") for shows, (name, figure) in figures.items()}


def _bits_a_note(ranked: Sequence[MeasuredNetwork]) -> Figure:
    axes = _bars(
        [measured.name for measured in ranked],
        [measured.held_out["bits_a_note"] for measured in ranked],
        "{:.2f}",
    )
    axes.set_xlabel(f"bits a note, {ranked[0].ruler.parts[-1]} part (fewer is better)")
    return _figure_of(axes)


def _auc(ranked: Sequence[MeasuredNetwork], people: MeasuredPeople) -> Figure:
    likenesses = [*(measured.likeness for measured in ranked), people.likeness]
    axes = _bars(
        [*(measured.name for measured in ranked), "people"],
        [likeness.auc for likeness in likenesses],
        "{:.3f}",
        [likeness.auc_deviation for likeness in likenesses],
        start=CHANCE,
    )
    axes.set_xlim(min(0.45, *(likeness.auc for likeness in likenesses)), 1.06)
    axes.axvline(CHANCE, color=INK, linewidth=0.8)
    axes.set_xlabel("area under the judge's ROC curve (0.5 is chance)")
    return _figure_of(axes)


def _learning(ranked: Sequence[MeasuredNetwork]) -> Figure:
    columns = 4
    rows = -(-len(ranked) // columns)
    figure = Figure(figsize=(WIDTH, 1.7 * rows + 0.4), layout="constrained")
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).flatten()
    for axes, measured in zip(grid, ranked, strict=False):
        epochs = range(1, len(measured.history) + 1)
        axes.plot(epochs, [losses[0] for losses in measured.history], color=BLUE, label="training")
        axes.plot(epochs, [losses[1] for losses in measured.history], color=ORANGE, label="validation")
        axes.set_title(measured.name, fontsize=9)
        axes.locator_params(nbins=4)
        axes.grid(axis="y")
    for axes in grid[len(ranked) :]:
        axes.set_visible(False)
    grid[0].legend(fontsize=8)
    figure.supxlabel("epoch", fontsize=9)
    figure.supylabel("nats a step", fontsize=9)
    return figure


def _overlap(shown: MeasuredNetwork, people: MeasuredPeople) -> Figure:
    ordered = sorted(shown.likeness.overlap.items(), key=lambda feature: feature[1])
    names = [name.replace("_", " ") for name, _ in ordered]
    axes = _bars(names, [area for _, area in ordered])
    reached = [people.likeness.overlap[name] for name, _ in ordered]
    axes.plot(reached, range(len(ordered)), "o", markersize=3, color=ORANGE, label="training tunes")
    axes.set_xlim(0, 1.02)
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1))
    axes.set_xlabel(f"overlapping area with people's tunes, {shown.name}")
    return _figure_of(axes)


def _copying(ranked: Sequence[MeasuredNetwork], people: MeasuredPeople) -> Figure:
    figure = Figure(figsize=(WIDTH, 3.6), layout="constrained")
    axes = figure.subplots()
    losses = [measured.held_out["nats_a_step"] for measured in ranked]
    rates = [100 * measured.likeness.copying for measured in ranked]
    axes.scatter(losses, rates, color=BLUE, s=18)
    for measured, loss, rate in zip(ranked, losses, rates, strict=True):
        axes.annotate(measured.name, (loss, rate), (4, 3), textcoords="offset points", fontsize=8)
    axes.axhline(100 * people.likeness.copying, color=ORANGE, linestyle="--")
    axes.annotate(
        "held-out tunes", (1, 100 * people.likeness.copying), (0, 3), ("axes fraction", "data"), "offset points",
        color=ORANGE, ha="right", fontsize=8,
    )  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.margins(x=0.12)
    axes.set_xlabel(f"nats a step, {ranked[0].ruler.parts[-1]} part")
    axes.set_ylabel("notes copied, %")
    axes.grid()
    return figure


def _bars(
    names: Sequence[str],
    values: Sequence[float],
    form: str = "",
    spread: Sequence[float] | None = None,
    start: float = 0.0,
) -> Axes:
    """Lying bars from `start` on, the first on top, each with its value in figures if there is a form for them."""
    figure = Figure(figsize=(WIDTH, 0.21 * len(names) + 0.8), layout="constrained")
    axes = figure.subplots()
    widths = [value - start for value in values]
    bars = axes.barh(range(len(names)), widths, 0.66, start, color=BLUE, xerr=spread, ecolor=INK)
    if form:
        axes.bar_label(bars, [form.format(value) for value in values], padding=4, fontsize=8)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    return axes


def _figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    return figure


def write(figure: Figure, path: Path) -> Path:
    """Write a figure as an SVG file, the same bytes for the same figure; its path."""
    drawn = BytesIO()
    figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    path.write_bytes(b"\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + b"\n")
    return path
