"""`draw`: a picture of one of our own MIDI files and of its sound."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import soundfile

from generator.evaluating.piece_plot import draw_piece
from generator.rendering.reading import score_of
from generator.rendering.render import render_master
from generator.rendering.sound import SAMPLE_RATE, Audio
from generator.rendering.soundfont import SoundfontUnusable, find_soundfont
from generator.rendering.written import NotOurs
from generator.request import BadRequest
from generator.score import Score


def add_to(commands: Any) -> None:
    """Add the command's words."""
    parser: argparse.ArgumentParser = commands.add_parser("draw", help="draw a composed piece and its sound as a PNG")
    parser.add_argument("midi", type=Path, metavar="FILE.mid", help="a MIDI file that `compose` wrote")
    parser.add_argument("--out", type=Path, metavar="FILE.png", help="the picture; beside the MIDI file if not named")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Draw the file with the WAV file beside it or, where there is none, with what is rendered of it."""
    midi: Path = options.midi
    out: Path = options.out or midi.with_suffix(".png")
    try:
        content = midi.read_bytes()
        score = score_of(content)
    except OSError as fault:
        raise BadRequest(f"{midi} cannot be read: {fault.strerror}") from fault
    except NotOurs as fault:
        raise BadRequest(f"{midi}: {fault}") from fault
    try:
        draw_piece(score, _sound(midi.with_suffix(".wav"), content, score), out)
    except (SoundfontUnusable, OSError) as fault:
        print(f"draw: {fault}", file=sys.stderr)
        return 1
    print(out)
    return 0


def _sound(wav: Path, midi: bytes, score: Score) -> Audio:
    """The samples of the WAV file, if it is there and ours, else of the piece rendered anew."""
    if wav.is_file() and soundfile.info(wav).samplerate == SAMPLE_RATE:
        return _read(wav)
    with tempfile.TemporaryDirectory() as folder:
        master = Path(folder) / "master.wav"
        return _read(render_master(midi, seconds=score.seconds, soundfont=find_soundfont(), master=master).path)


def _read(path: Path) -> Audio:
    sound: Audio = soundfile.read(path, dtype="float32", always_2d=True)[0]
    return sound
