"""What the moods ask of each attribute against what was composed, as one small SVG file."""

from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from generator.evaluating.moods import MeasuredMoods
from generator.evaluating.plots import BLUE, INK, ORANGE, STYLE, WIDTH, write
from generator.melody.attributes import ATTRIBUTE_NAMES
from generator.melody.melody import Mode
from generator.mood import MOODS

COLUMNS = 7
_COLOURS = {Mode.MAJOR: BLUE, Mode.MINOR: ORANGE}


def draw_moods(measured: MeasuredMoods, path: Path) -> None:
    """Write a field for every attribute that a mood asks for, with a dot a mood: asked across, median upwards."""
    asked = [
        name
        for name in ATTRIBUTE_NAMES
        if any(mood.attributes[name].asked is not None for mood in measured.moods.values())
    ]
    rows = -(-len(asked) // COLUMNS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 1.25 * rows + 0.5), layout="constrained")
        grid = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False).flatten()
        for axes, name in zip(grid, asked, strict=False):
            _field(axes, measured, name)
        for axes in grid[len(asked) :]:
            axes.set_visible(False)
        figure.supxlabel("standing asked (blue: major moods, orange: minor)", fontsize=9)
        figure.supylabel("standing composed", fontsize=9)
        write(figure, path)


def _field(axes: Axes, measured: MeasuredMoods, name: str) -> None:
    axes.plot((-1, 1), (-1, 1), color=INK, linewidth=0.6)
    for mode, colour in _COLOURS.items():
        dots = [
            (found.asked, found.standing.median)
            for mood, figures in measured.moods.items()
            if MOODS[mood].mode is mode and (found := figures.attributes[name]).asked is not None
        ]
        axes.plot([asked for asked, _ in dots], [median for _, median in dots], "o", markersize=2.5, color=colour)
    axes.set_title(name.replace("_", " "), fontsize=8)
    axes.set_xlim(-1, 1)
    axes.set_ylim(-1, 1)
    axes.set_xticks((-1, 0, 1))
    axes.set_yticks((-1, 0, 1))
    axes.grid()
