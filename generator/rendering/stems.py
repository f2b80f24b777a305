"""Every part of a piece as a sound of its own, which together are the piece."""

import io
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import mido
import numpy as np

from generator.rendering.sound import SAMPLE_RATE, FloatWav, edge_gain
from generator.rendering.synthesis import load_synthesizer
from generator.rendering.written import goes_round


def stems(
    midi: bytes,
    *,
    seconds: float,
    soundfont: Path,
    folder: Path,
    gain_db: float = 0.0,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, Path]:
    """Play every part into a WAV file of floats in `folder`, all `seconds` long and beginning together.

    Each has its own share of the room and the chorus, so their sum is what a master plays before its peaks are limited
    when `gain_db` is the master's. Floats do not clip, wherever they peak; whole numbers would, so ask for less gain
    before encoding stems that peak above 1. Memory hangs on the number of parts, not on the length.

    Returns:
        The file of each part by its name, in the order of the MIDI file's channels; the files are numbered so too.

    Raises:
        SoundfontUnusable.
        Whatever `progress`, told the share that is done, raises to stop; then nothing is left behind.
    """
    frames, names = round(seconds * SAMPLE_RATE), part_names(midi)
    gain, here, ends = 10 ** (gain_db / 20), 0, not goes_round(midi)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".stems-") as unfinished, ExitStack() as files:
        paths = {channel: Path(unfinished) / f"stem-{place:02}.wav" for place, channel in enumerate(names, 1)}
        open_files = {channel: files.enter_context(FloatWav(path, frames)) for channel, path in paths.items()}
        blocks = load_synthesizer(soundfont).blocks_by_channel(midi, seconds, lead=False)
        with closing(blocks):
            for block in blocks:
                for channel, sound in block.items():
                    edges = edge_gain(here, len(sound), frames) if ends else 1.0
                    open_files[channel].append(sound * np.float32(gain) * edges)
                here += len(next(iter(block.values()), []))
                progress(here / frames)
        files.close()
        for path in paths.values():
            os.replace(path, folder / path.name)
    return {name: folder / paths[channel].name for channel, name in names.items()}


def part_names(midi: bytes) -> dict[int, str]:
    """The sounding channels, in order, with the names of the tracks that play them, no two alike."""
    found: dict[int, str] = {}
    for track in mido.MidiFile(file=io.BytesIO(midi), charset="utf-8").tracks:
        channels = {message.channel for message in track if message.type == "note_on"}
        for channel in channels - set(found):
            found[channel] = track.name.strip() or f"Part {channel + 1}"
    names: dict[int, str] = {}
    for channel, name in sorted(found.items()):
        same = sum(earlier == name for before, earlier in found.items() if before < channel)
        names[channel] = f"{name} {same + 1}" if same else name
    return names
