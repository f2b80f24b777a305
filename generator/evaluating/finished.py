"""Finished pieces checked as those who download them meet them: length, loudness, peaks, programs that open them."""

import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import music21
import numpy as np
import pretty_midi
import soundfile

from generator.evaluating.pieces import Piece
from generator.rendering.loudness import TARGET_LUFS
from generator.rendering.midi import PEDAL_RELEASE, score_to_midi
from generator.rendering.render import render
from generator.rendering.sound import SAMPLE_RATE, float_wav_blocks
from generator.rendering.soundfont import find_soundfont
from generator.rendering.stems import stems
from generator.score import Score

try:
    import mutagen
except ModuleNotFoundError:
    # Only development needs it; without it the other programs judge alone.
    mutagen = None  # type: ignore[assignment]

LENGTH_TOLERANCE = 0.05
"""Seconds."""
FRAME_OF_MP3 = 0.03
"""Seconds by which an MP3 file seems longer: it counts whole frames and what its encoder put first."""
LOUDNESS_TOLERANCE = 0.5
HIGHEST_PEAK = -1.0
"""dBTP."""
FULL_SCALE = 32767 / 32768
FAINTEST_PART = -40.0
"""Decibels, of a part's loudest quarter of a second against the whole's, below which nobody hears that it plays."""
QUARTER = SAMPLE_RATE // 4
LONGEST_RING_UNWRITTEN = 3.0
"""Seconds before the end by which a program that counts notes alone, not their ring, may see the piece end."""


@dataclass(frozen=True)
class Finished:
    """What was measured of a piece, ready for JSON, and what is wrong with it, in words."""

    facts: dict[str, Any]
    faults: list[str]


def check_score(piece: Piece, score: Score) -> Finished:
    """What the score and its MIDI file show."""
    midi = score_to_midi(score)
    opened = {"pretty_midi": _pretty_midi_seconds(midi), "music21": _music21_seconds(midi)}
    facts = {
        "name": piece.name, "style": piece.style, "mood": piece.request.mood.name, "seconds": piece.request.seconds,
        "notes": {part.name: len(part.notes) for part in score.parts}, "metre": score.metre.name, "key": score.key,
        "tempo": round(score.tempo, 2),
    }  # fmt: skip
    return Finished(facts, list(_faults_of_score(score, piece.request.seconds, opened)))


def check_sound(piece: Piece, score: Score, folder: Path) -> Finished:
    """What the score and all of its files show; they are written into `folder`.

    Raises:
        SoundfontUnusable, EncodingFailed: it cannot be rendered.
    """
    written = check_score(piece, score)
    midi, seconds = score_to_midi(score), piece.request.seconds
    wav, mp3 = folder / f"{piece.name}.wav", folder / f"{piece.name}.mp3"
    render(midi, seconds=seconds, title=score.title, soundfont=find_soundfont(), wav=wav, mp3=mp3)
    lengths = {
        "wav by soundfile": soundfile.info(wav).duration,
        "wav by ffprobe": _ffprobe_seconds(wav), "mp3 by ffprobe": _ffprobe_seconds(mp3),
    }  # fmt: skip
    if mutagen:
        lengths |= {f"{path.suffix[1:]} by mutagen": _mutagen_seconds(path) for path in (wav, mp3)}
    heard = {path.suffix[1:]: _loudness_and_peak(path) for path in (wav, mp3)}
    highest = max(float(np.abs(block).max()) for block in soundfile.blocks(wav, blocksize=SAMPLE_RATE))
    parts = _levels(stems(midi, seconds=seconds, soundfont=find_soundfont(), folder=folder))
    facts = {
        "lufs": {kind: loudness for kind, (loudness, _) in heard.items()},
        "true_peak_dbtp": {kind: peak for kind, (_, peak) in heard.items()},
        "parts_db": {name: round(level, 1) for name, level in parts.items()},
        "lengths": {name: round(length, 3) for name, length in lengths.items()},
    }
    return Finished(
        written.facts | facts, [*written.faults, *_faults_of_sound(seconds, lengths, heard, highest, parts)]
    )


def _faults_of_score(score: Score, seconds: float, opened: dict[str, float]) -> Iterator[str]:
    if abs(score.seconds - seconds) > LENGTH_TOLERANCE:
        yield f"the score lasts {score.seconds:.3f} s"
    for part in score.parts:
        if not part.notes:
            yield f"{part.name} has no note"
        elif part.notes[-1].end > seconds + LENGTH_TOLERANCE or part.notes[0].start < 0:
            yield f"{part.name} plays outside the piece"
    if abs(opened["pretty_midi"] - seconds) > LENGTH_TOLERANCE + PEDAL_RELEASE:
        yield f"pretty_midi says that the MIDI file lasts {opened['pretty_midi']:.3f} s"
    if not seconds - LONGEST_RING_UNWRITTEN <= opened["music21"] <= seconds + LENGTH_TOLERANCE:
        yield f"music21 says that the notes last {opened['music21']:.3f} s"


def _faults_of_sound(
    seconds: float,
    lengths: dict[str, float],
    heard: dict[str, tuple[float, float]],
    highest: float,
    parts: dict[str, float],
) -> Iterator[str]:
    for name, length in lengths.items():
        if abs(length - seconds) > LENGTH_TOLERANCE + (FRAME_OF_MP3 if name.startswith("mp3") else 0.0):
            yield f"{name} lasts {length:.3f} s"
    for kind, (loudness, peak) in heard.items():
        if abs(loudness - TARGET_LUFS) > LOUDNESS_TOLERANCE:
            yield f"the {kind} file has {loudness:.1f} LUFS"
        if peak > HIGHEST_PEAK:
            yield f"the {kind} file peaks at {peak:.1f} dBTP"
    if highest >= FULL_SCALE:
        yield "a sample is clipped"
    for name, level in parts.items():
        if level < FAINTEST_PART:
            yield f"{name} is {-level:.0f} dB below the whole and not heard"


def _pretty_midi_seconds(midi: bytes) -> float:
    return float(pretty_midi.PrettyMIDI(io.BytesIO(midi)).get_end_time())


def _music21_seconds(midi: bytes) -> float:
    """Where the last note ends by music21's own reckoning of the tempo."""
    read = music21.midi.translate.midiStringToStream(midi, quantizePost=False)  # type: ignore[no-untyped-call]
    ends = (
        entry["endTimeSeconds"]
        for entry in read.flatten().secondsMap
        if isinstance(entry["element"], music21.note.NotRest)
    )
    return float(max(ends))


def _mutagen_seconds(path: Path) -> float:
    return float(mutagen.File(path).info.length)


def _ffprobe_seconds(path: Path) -> float:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", str(path)]
    return float(json.loads(_said(command, lambda done: done.stdout))["format"]["duration"])


def _loudness_and_peak(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP by ffmpeg's meter, which is not ours, to a tenth."""
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    summary = _said(command, lambda done: done.stderr).rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak")]
    loudness, peak = (float(match.group(1)) if match else float("nan") for match in found)
    return loudness, peak


def _said(command: list[str], where: Callable[[subprocess.CompletedProcess[str]], str]) -> str:
    return where(subprocess.run(command, capture_output=True, text=True, check=True, timeout=600))


def _levels(files: dict[str, Path]) -> dict[str, float]:
    """The loudest quarter of a second of each part, in decibels against that of the whole; the files are removed."""
    energies: dict[str, list[float]] = {name: [] for name in files}
    whole = []
    for blocks in zip(*(float_wav_blocks(path, QUARTER) for path in files.values()), strict=True):
        for name, block in zip(files, blocks, strict=True):
            energies[name].append(float(np.square(block).mean()))
        whole.append(float(np.square(sum(blocks)).mean()))
    for path in files.values():
        path.unlink()
    loudest = max(whole)
    return {name: 10 * float(np.log10(max(max(own), 1e-20) / loudest)) for name, own in energies.items()}
