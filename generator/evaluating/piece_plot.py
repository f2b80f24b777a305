"""A piece as a picture: what every part plays under its chords and bars, and what of it is heard."""

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from generator.chords import Chord
from generator.evaluating.spectrogram import FLOOR, HOP, LOWEST_PITCH, ROWS_A_SEMITONE, levels, spectrogram
from generator.rendering.markers import bar_seconds
from generator.rendering.sound import SAMPLE_RATE, Audio
from generator.score import Part, PlayedNote, Score

COLOURS = tuple(matplotlib.colormaps["tab10"].colors)  # type: ignore[attr-defined]
ODD = "#ff0000"
INCHES_A_SECOND = 0.8
NARROWEST, WIDEST = 12.0, 100.0
"""Inches."""
HEIGHT = 15.0
DPI = 100
LINGERING = 0.12
"""Seconds that a note may reach into a chord that does not hold it before it is marked."""
STYLE: dict[Any, Any] = {"font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 9}


def draw_piece(score: Score, sound: Audio, path: Path) -> Path:
    """Write a PNG of the score over its sound, shape (samples, 2); its path.

    From the top: chord symbols, a piano roll of the pitched parts in a colour each, drums by their General MIDI
    numbers, the waveform with its level over time, and the spectrogram. Notes of the accompaniment that sound on
    in a chord without them, or begin in one, are edged in red.
    """
    width = min(WIDEST, max(NARROWEST, INCHES_A_SECOND * score.seconds))
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width, HEIGHT), layout="constrained")
        roll, drums, wave, heard = figure.subplots(4, 1, sharex=True, height_ratios=[6, 1.2, 1.6, 4])
        _roll(roll, score)
        _drums(drums, score)
        _wave(wave, sound)
        _spectrum(heard, sound)
        for axes in (roll, drums, wave, heard):
            for second in bar_seconds(score):
                axes.axvline(second, color="#888888", linewidth=0.6, zorder=0.5)
            axes.set_xlim(0, score.seconds)
        heard.set_xlabel("seconds")
        figure.suptitle(f"{score.title}, {score.metre.name}, {score.tempo:.0f} quarters a minute, {score.seconds:g} s")
        figure.savefig(path, format="png", dpi=DPI, metadata={"Software": None})
    return path


def odd_notes(score: Score) -> list[tuple[Part, PlayedNote, Chord]]:
    """The accompaniment's pitched notes that sound for LINGERING or more in a chord without them, with that chord."""
    spans = [(score.timing.at(chord.onset), score.timing.at(chord.end), chord) for chord in score.chords]
    return [
        (part, note, chord)
        for part in score.parts[1:]
        if not part.drums
        for note in part.notes
        for start, end, chord in spans
        if min(end, note.end) - max(start, note.start) > LINGERING and note.pitch % 12 not in chord.pitch_classes
    ]


def _roll(axes: Axes, score: Score) -> None:
    odd = {(part.name, note) for part, note, _ in odd_notes(score)}
    pitched = [part for part in score.parts if not part.drums]
    # The melody is drawn last, on top.
    for number, part in reversed(list(enumerate(pitched))):
        axes.add_collection(
            PolyCollection(
                [_box(note) for note in part.notes],
                facecolors=[
                    (*COLOURS[number % len(COLOURS)], 0.35 + 0.65 * note.velocity / 127) for note in part.notes
                ],
                edgecolors=[ODD if (part.name, note) in odd else "#00000060" for note in part.notes],
                linewidths=[1.6 if (part.name, note) in odd else 0.4 for note in part.notes],
            )
        )
        axes.plot([], [], color=COLOURS[number % len(COLOURS)], linewidth=5, label=part.name)
    found = [note.pitch for part in pitched for note in part.notes]
    axes.set_ylim(min(found) - 2, max(found) + 4)
    axes.set_yticks(range(min(found) // 12 * 12, max(found) + 4, 12))
    axes.grid(axis="y", alpha=0.4)
    axes.set_ylabel("MIDI pitch")
    axes.legend(loc="lower right", ncols=len(pitched), fontsize=8)
    bars = bar_seconds(score)
    for number, second in enumerate(bars, 1):
        axes.annotate(str(number), (second, min(found) - 1.8), fontsize=7, color="#666666")
    for second, symbol in score.chord_symbols:
        axes.annotate(symbol, (second, max(found) + 1.2), fontsize=8, rotation=45)


def _box(note: PlayedNote) -> list[tuple[float, float]]:
    low, high = note.pitch - 0.42, note.pitch + 0.42
    return [(note.start, low), (note.end, low), (note.end, high), (note.start, high)]


def _drums(axes: Axes, score: Score) -> None:
    notes = [note for part in score.parts if part.drums for note in part.notes]
    rows = {pitch: row for row, pitch in enumerate(sorted({note.pitch for note in notes}))}
    axes.scatter(
        [note.start for note in notes],
        [rows[note.pitch] for note in notes],
        s=[note.velocity / 2 for note in notes],
        marker="|",
        color="black",
    )
    axes.set_yticks(list(rows.values()), [str(pitch) for pitch in rows])
    axes.set_ylim(-0.6, max(1, len(rows)) - 0.4)
    axes.set_ylabel("drums")


def _wave(axes: Axes, sound: Audio) -> None:
    peaks, means = levels(sound)
    seconds = [(column + 0.5) * HOP / SAMPLE_RATE for column in range(len(peaks))]
    amplitudes = 10 ** (peaks / 20)
    axes.fill_between(seconds, -amplitudes, amplitudes, color="#3f87cf", linewidth=0)
    axes.set_ylim(-1, 1)
    axes.set_ylabel("waveform")
    level = axes.twinx()
    level.plot(seconds, means, color="#d9792b", linewidth=0.8)
    level.set_ylim(FLOOR, 0)
    level.set_ylabel("dB of full scale, 10 ms")


def _spectrum(axes: Axes, sound: Audio) -> None:
    drawn = spectrogram(sound)
    rows, columns = drawn.shape
    top = LOWEST_PITCH + rows / ROWS_A_SEMITONE
    axes.imshow(
        drawn,
        origin="lower",
        aspect="auto",
        extent=(0, columns * HOP / SAMPLE_RATE, LOWEST_PITCH, top),
        cmap="magma",
        vmin=FLOOR,
        vmax=-12,
        interpolation="nearest",
    )
    octaves = list(range(24, int(top), 12))
    axes.set_yticks(octaves, [f"{440 * 2 ** ((pitch - 69) / 12):.0f}" for pitch in octaves])
    axes.set_ylabel("hertz")
