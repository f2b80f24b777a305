"""The checked melody as sound, for the curator; the uploaded file itself is never played."""

import tempfile
from pathlib import Path

import numpy as np

from emotionmusic.curation.files import write_whole
from generator.melody.melody import Melody
from generator.melody.metre import STEPS_PER_QUARTER
from generator.rendering.encoding import write_mp3, write_wav
from generator.rendering.midi import score_to_midi
from generator.rendering.synthesis import load_synthesizer
from generator.score import Part, PlayedNote, Score
from generator.timing import TempoMap, Timing

LONGEST_SECONDS = 120
"""Of a longer melody only the beginning is rendered: memory and time stay small."""
RING = 1.5
"""Seconds after the last note."""
_VELOCITY, _STRONG_VELOCITY = 80, 92
_PIANO = 0
_PEAK = 0.7


def render_preview(melody: Melody, tempo: float, path: Path, *, title: str, soundfont: Path) -> None:
    """Writes the melody, plainly played on a piano at `tempo`, as an MP3 at `path`.

    Raises:
        SoundfontUnusable, EncodingFailed.
    """
    score = plain_score(melody, tempo, title)
    audio = load_synthesizer(soundfont).play(score_to_midi(score), score.seconds, lambda share: None)
    audio *= np.float32(_PEAK / max(float(np.abs(audio).max()), 1e-6))
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "preview.wav"
        write_wav(audio, wav)
        write_whole(path, lambda part: write_mp3(wav, part, title=title, comment="a curator's preview"))


def plain_score(melody: Melody, tempo: float, title: str) -> Score:
    """The notes as they are written, `tempo` in quarter notes a minute, up to LONGEST_SECONDS."""
    step = 60 / tempo / STEPS_PER_QUARTER
    notes = tuple(
        PlayedNote(
            note.onset * step,
            note.end * step,
            note.pitch,
            _STRONG_VELOCITY if melody.metre.is_strong(note.onset) else _VELOCITY,
        )
        for note in melody.notes
        if note.end * step <= LONGEST_SECONDS
    )
    seconds = (notes[-1].end if notes else 0) + RING
    return Score(
        title, (Part("Piano", _PIANO, notes),), Timing(TempoMap.even(tempo)), melody.metre, melody.key_name, seconds
    )
