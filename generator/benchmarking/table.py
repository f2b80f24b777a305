"""What was measured, as tables for people."""

from collections.abc import Mapping, Sequence

from generator.benchmarking.devices import BATCHES, RIVAL, SERVED_NETWORK, DeviceSpeeds, Speeds
from generator.benchmarking.windows import WINDOWS

NOTES = {"emogen": "emogen (linear transformer)", "lb_attention": "lb_attention (the served composer)"}
"""What networks are called here, where their name alone does not say it."""
GOAL_TIMES = 10
GOAL_MELODY = (16, 1.0)
"""So many candidates for a minute of melody in less than so many seconds."""


def speed_table(measured: Sequence[DeviceSpeeds]) -> str:
    """Steps a second, a column for each device and number of melodies."""
    first = measured[0]
    head = ["steps a second", *(f"{speeds.device}, {batch}" for speeds in measured for batch in BATCHES)]
    rows = [
        head,
        *_rows({NOTES.get(name, name): [speeds.carried[name] for speeds in measured] for name in first.carried}),
        ["the window read again for every event"],
        *_rows(
            {
                f"{name}, window of {window}": [speeds.windowed[name, window] for speeds in measured]
                for name, window in first.windowed
            }
        ),
        [f"{SERVED_NETWORK}, how many times as quick as"],
        *_rows(
            {
                f"{RIVAL}, window of {window}": [speeds.times_the_rival(window) for speeds in measured]
                for window in WINDOWS
            },
            "{:.1f}",
        ),
        [f"{SERVED_NETWORK}, weights read once a step"],
        *_rows({"bound": [speeds.bound for speeds in measured]}),
        *_rows({"share of the bound": [speeds.share_of_bound for speeds in measured]}, "{:.1%}"),
    ]
    widths = [max(len(row[column]) for row in rows if column < len(row)) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in rows)


def _rows(rows: Mapping[str, Sequence[Speeds]], form: str = "{:,.0f}") -> list[list[str]]:
    return [
        [f"  {name}", *(form.format(speeds[batch]) for speeds in columns for batch in BATCHES)]
        for name, columns in rows.items()
    ]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures = row
    return "  ".join([name.ljust(widths[0]), *map(str.rjust, figures, widths[1:])]).rstrip()


def goals(speeds: DeviceSpeeds, melodies: Mapping[int, float]) -> list[str]:
    """Whether the goals are reached, a line each."""
    times, window = speeds.times_the_rival(WINDOWS[0])[1], WINDOWS[0]
    count, limit = GOAL_MELODY
    return [
        f"{SERVED_NETWORK} is {times:.1f} times as quick as {RIVAL} with a window of {window}, one melody at a time "
        f"on the {speeds.device}; goal {GOAL_TIMES}: {_said(times >= GOAL_TIMES)}",
        f"a minute of melody with {count} candidates takes {melodies[count]:.2f} s; goal less than {limit:g} s: "
        f"{_said(melodies[count] < limit)}",
    ]


def _said(reached: bool) -> str:
    return "reached" if reached else "missed"
