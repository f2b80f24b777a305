"""The measured figures as the section of a document that stands between two marks."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.evaluating.measured import CANDIDATES, MeasuredNetwork, MeasuredPeople

BENCH = "bench"
START = f"<!-- {BENCH} -->"
END = f"<!-- /{BENCH} -->"

_HEAD = (
    "network",
    "parameters",
    "best epoch",
    "minutes",
    "nats a step",
    "told",
    "bits a note",
    "events right",
    "notes right",
    "steps a second",
    "overlap",
    "AUC",
    "copied",
)
_HEAD_WITHOUT = ("network", "nats a step", "told", "bits a note", "notes right", "overlap", "AUC")
_HEAD_FEW = ("network", "epoch", "training nats a step", "held-out nats a step", "bits a note", "copied")
MEMORISED = """### What a training loss tells

A network that learns from few pieces for long comes to a small loss on them while its loss on all others grows. The
loss on the training pieces, which is all that Munkhbat et al. give (0.0002 after 200 epochs), does not tell that."""
UNKNOWN = "–"
WIDTH = 120
"""Characters a line of prose."""


class ReportRefused(Exception):
    """The document cannot take the report; the message says why."""


def check(document: Path, mark: str = BENCH) -> None:
    """See that `document` can take the report of that mark.

    Raises:
        ReportRefused: it is missing, or has not each mark once, in order.
    """
    _around(_read(document), document, mark)


def redraw(document: Path, section: str, mark: str = BENCH) -> None:
    """Put `section` between the two marks of `document`, at once or not at all; all else stays as it is.

    Raises:
        ReportRefused: as `check`.
    """
    text = _read(document)
    before, after = _around(text, document, mark)
    unfinished = document.with_name(f".{document.name}.tmp")
    unfinished.write_text(f"{before}<!-- {mark} -->\n\n{section.strip()}\n\n<!-- /{mark} -->{after}", encoding="utf-8")
    unfinished.replace(document)


def section(
    networks: Sequence[MeasuredNetwork],
    people: MeasuredPeople,
    speeds: Mapping[str, float],
    plots: Mapping[str, str],
) -> str:
    """The section in Markdown: the bench, what its columns mean, the plots, then what the variants show.

    `speeds` gives steps a second by network where they are known, `plots` the address of each plot by what it shows.
    Networks are listed by their loss on the part that chose nothing, the best first.
    """
    ranked = sorted(networks, key=lambda measured: measured.held_out["nats_a_step"])
    bench = [_row(measured, speeds.get(measured.network)) for measured in ranked if measured.on_bench]
    images = "\n\n".join(f"![{shows}]({address})" for shows, address in plots.items())
    parts = [_table(_HEAD, [*bench, _people_row(people)]), _legend(people), images]
    without = [measured for measured in ranked if measured.ablated]
    if without:
        names = {measured.network for measured in without}
        whole = [measured for measured in ranked if measured.network in names and not measured.variant]
        parts += ["### Without a part of it", _table(_HEAD_WITHOUT, [_row_without(m) for m in [*whole, *without]])]
    few = [measured for measured in ranked if measured.of_few_pieces]
    if few:
        names = {measured.network for measured in few}
        whole = [measured for measured in ranked if measured.network in names and not measured.variant]
        parts += [MEMORISED, _table(_HEAD_FEW, [_row_few(measured) for measured in [*whole, *few]])]
    return "\n\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _row(measured: MeasuredNetwork, speed: float | None) -> tuple[str, ...]:
    figures, likeness = measured.held_out, measured.likeness
    return (
        _named(measured),
        f"{measured.parameters:,}",
        _epochs(measured),
        f"{measured.minutes:.0f}",
        _nats(measured),
        f"{measured.told_nats[measured.ruler.parts[-1]]:.4f}",
        f"{figures['bits_a_note']:.2f}",
        f"{figures['event_accuracy']:.1%}",
        f"{figures['note_accuracy']:.1%}",
        UNKNOWN if speed is None else f"{speed:,.0f}",
        f"{likeness.mean_overlap:.3f}",
        f"{likeness.auc:.3f} ± {likeness.auc_deviation:.3f}",
        f"{likeness.copying:.1%}",
    )


def _row_without(measured: MeasuredNetwork) -> tuple[str, ...]:
    figures, likeness = measured.held_out, measured.likeness
    return (
        _named(measured),
        _nats(measured),
        f"{measured.told_nats[measured.ruler.parts[-1]]:.4f}",
        f"{figures['bits_a_note']:.2f}",
        f"{figures['note_accuracy']:.1%}",
        f"{likeness.mean_overlap:.3f}",
        f"{likeness.auc:.3f} ± {likeness.auc_deviation:.3f}",
    )


def _row_few(measured: MeasuredNetwork) -> tuple[str, ...]:
    return (
        _named(measured),
        _epochs(measured),
        f"{measured.history[measured.best_epoch - 1][0]:.4f}",
        _nats(measured),
        f"{measured.held_out['bits_a_note']:.2f}",
        f"{measured.likeness.copying:.1%}",
    )


def _named(measured: MeasuredNetwork) -> str:
    return f"`{measured.network}` {measured.variant}".strip()


def _epochs(measured: MeasuredNetwork) -> str:
    return f"{measured.best_epoch} of {len(measured.history)}"


def _nats(measured: MeasuredNetwork) -> str:
    return " / ".join(f"{losses['nats_a_step']:.4f}" for losses in measured.losses.values())


def _people_row(people: MeasuredPeople) -> tuple[str, ...]:
    likeness = people.likeness
    return (
        "people",
        *[UNKNOWN] * (len(_HEAD) - 4),
        f"{likeness.mean_overlap:.3f}",
        f"{likeness.auc:.3f} ± {likeness.auc_deviation:.3f}",
        f"{likeness.copying:.1%}",
    )


def _legend(people: MeasuredPeople) -> str:
    parts = people.ruler.parts
    told = (
        "what it takes in of metre, mode, length, attributes and form"
        if people.ruler.told
        else "metre, mode and length alone, if it takes them in"
    )
    losses = (
        f"Nats a step: {' / '.join(parts)}, with no more told than metre, mode and length; *told*: {parts[-1]}, with "
        f"attributes and form told to a network that takes them in; the other losses: {parts[-1]}. *Notes right* are "
        "the onsets whose likeliest pitch is the right one."
    )
    likeness = (
        f"For overlap, AUC and copying each network wrote {people.melodies} melodies, one for each held-out tune, "
        f"told {told}. They are drawn with its own probabilities, and of {CANDIDATES} the one nearest to the tune in "
        "its attributes and close is kept, for every network alike. *Overlap* is the overlapping area of the "
        f"distributions of a feature, mean over {len(people.likeness.overlap)} features. *AUC* is that of a judge who "
        "has learned from half of both; mean and standard deviation over random halves, 0.5 is chance. *Copied* is "
        "the share of the notes that lie in nine or more in a row of a training tune. *People* are as many "
        "training tunes in the network's place and, for copying, the held-out tunes themselves. Two halves of the "
        f"held-out tunes overlap by {people.halves_overlap:.3f}."
    )
    return "\n\n".join(textwrap.fill(text, WIDTH, break_on_hyphens=False) for text in (losses, likeness))


def _read(document: Path) -> str:
    try:
        return document.read_text(encoding="utf-8")
    except OSError as fault:
        raise ReportRefused(f"{document} cannot be read: {fault.strerror}") from fault


def _around(text: str, document: Path, mark: str) -> tuple[str, str]:
    """What stands before the first mark and after the second."""
    first, second = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, start, rest = text.partition(first)
    _, end, after = rest.partition(second)
    if not start or not end or text.count(first) != 1 or text.count(second) != 1:
        raise ReportRefused(f"{document} must hold {first} and then {second}, each once, where the report is to stand")
    return before, after
