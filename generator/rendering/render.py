"""A MIDI file to finished audio in a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.rendering.encoding import write_mp3, write_wav
from generator.rendering.loudness import Loudness, normalised
from generator.rendering.synthesis import SAMPLE_RATE, load_synthesizer
from generator.rendering.waveform import outline

SYNTHESIS_SHARE = 0.6
LEVELLED_SHARE = 0.8
DISCLOSURE = "AI-generated music"


@dataclass(frozen=True)
class RenderedAudio:
    """What was written.

    Attributes:
        wav, mp3: the files.
        seconds: the length measured from the samples.
        loudness: measured on the samples.
        peaks: the outline for drawing, each 0..1.
    """

    wav: Path
    mp3: Path
    seconds: float
    loudness: Loudness
    peaks: list[float]


def render(
    midi: bytes,
    *,
    seconds: float,
    title: str,
    soundfont: Path,
    wav: Path,
    mp3: Path,
    progress: Callable[[float], None] = lambda share: None,
) -> RenderedAudio:
    """Play, level and write a piece, exactly `seconds` long.

    `progress` is told the share that is done, 0..1, and may raise to stop; then no MP3 is written.

    Raises:
        SoundfontUnusable, EncodingFailed.
    """
    played = load_synthesizer(soundfont).play(midi, seconds, lambda share: progress(share * SYNTHESIS_SHARE))
    audio, loudness = normalised(played)
    progress(LEVELLED_SHARE)
    write_wav(audio, wav)
    write_mp3(wav, mp3, title=title, comment=DISCLOSURE)
    progress(1.0)
    return RenderedAudio(wav, mp3, len(audio) / SAMPLE_RATE, loudness, outline(audio))
