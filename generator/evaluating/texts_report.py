"""The figures of the reader of texts as a table of its card."""

from collections.abc import Sequence

from generator.evaluating.texts import TextFigure

MARK = "texts"


def section(figures: Sequence[TextFigure]) -> str:
    """The table in Markdown, in the order of the figures."""
    rows = [
        ("data", "network", "measure", "held-out texts", "figure"),
        ("---",) * 5,
        *((one.data, one.network, one.measure, f"{one.texts:,}", _shown(one)) for one in figures),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _shown(figure: TextFigure) -> str:
    if figure.measure == "accuracy":
        return f"{figure.value:.2%}"
    return f"{figure.value:,.0f}" if "second" in figure.measure else f"{figure.value:.3f}"
