"""What was measured, as tables for people."""

from collections.abc import Mapping, Sequence

from generator.benchmarking.devices import BATCHES, RIVAL, SERVED_NETWORK, DeviceSpeeds, Speeds
from generator.benchmarking.playing import StyleSpeed
from generator.benchmarking.windows import WINDOWS

NOTES = {"emogen": "emogen (linear transformer)", "lb_attention": "lb_attention (the served composer)"}
"""What networks are called here, where their name alone does not say it."""
GOAL_TIMES = 10
GOAL_MELODY = (16, 1.0)
"""So many candidates for a minute of melody in less than so many seconds."""
GOAL_DENSEST, GOAL_SOLO = 4.0, 2.0
"""Seconds from melody to MP3 file, of the minute with the most notes or the slowest, and of the melody alone."""
GOAL_RATIO = 1.3
"""Synthesis against FluidSynth's own."""


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


def style_table(speeds: Sequence[StyleSpeed]) -> str:
    """A minute in each style, a row a style; the quickest of some runs, synthesis in seconds by the clock."""
    head = [
        "",
        "parts",
        "notes",
        "seconds",
        "x real time",
        "processor s",
        "MiB",
        "synthesis",
        "FluidSynth",
        "x it",
    ]
    rows = [
        [
            f"  {speed.style}", str(speed.parts), str(speed.notes), f"{speed.seconds:.2f}", f"{speed.real_time:.3f}",
            f"{speed.processor:.2f}", f"{speed.megabytes:.0f}", f"{speed.synthesis:.2f}", f"{speed.fluidsynth:.2f}",
            f"{speed.ratio:.2f}",
        ]
        for speed in speeds
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in (head, *rows))


def style_goals(speeds: Sequence[StyleSpeed]) -> list[str]:
    """Whether the goals of playing are reached, a line each."""
    densest, slowest = (max(speeds, key=key) for key in (lambda speed: speed.notes, lambda speed: speed.seconds))
    farthest = max(speeds, key=lambda speed: speed.ratio)
    judged = [(speed, GOAL_DENSEST) for speed in dict.fromkeys((densest, slowest))]
    judged += [(speed, GOAL_SOLO) for speed in speeds if speed.style == "solo"]
    whose = (
        "its command line" if farthest.own_program else "its library in a plain loop, the program not being installed"
    )
    return [
        *(
            f"a minute in {speed.style}, {speed.notes} notes, from melody to MP3 takes {speed.seconds:.2f} s; goal at "
            f"most {limit:g} s: {_said(speed.seconds <= limit)}"
            for speed, limit in judged
        ),
        f"synthesis takes at most {farthest.ratio:.2f} times as long as FluidSynth, {whose} ({farthest.style}); goal "
        f"at most {GOAL_RATIO:g}: {_said(farthest.ratio <= GOAL_RATIO)}",
    ]


def _said(reached: bool) -> str:
    return "reached" if reached else "missed"
