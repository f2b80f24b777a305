"""A MIDI file to finished audio in a folder."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.rendering.beside import Progress, beside
from generator.rendering.encoding import encode
from generator.rendering.formats import LISTENING_MP3, WAV
from generator.rendering.levelling import Levelled, level
from generator.rendering.loudness import Loudness, LoudnessMeter
from generator.rendering.sound import SAMPLE_RATE, Audio, FloatWav, edge_gain, float_wav_blocks, float_wav_frames
from generator.rendering.synthesis import load_synthesizer
from generator.rendering.tags import Tags
from generator.rendering.true_peak import TruePeakMeter, highest_true_peak
from generator.rendering.waveform import outline
from generator.rendering.written import goes_round

SYNTHESIS_SHARE = 0.5
LEVELLED_SHARE = 0.8
ENCODED_SHARE = 0.9


@dataclass(frozen=True)
class Master:
    """Finished sound from which every format is encoded.

    Attributes:
        path: a WAV file of 32-bit floats.
        seconds: the length measured from the samples.
        loudness: measured on the samples.
        gain_db: what the sound was amplified by before its peaks were limited.
        peaks: the outline for drawing, each 0..1.
    """

    path: Path
    seconds: float
    loudness: Loudness
    gain_db: float
    peaks: list[float]


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
    gain_db: float
    peaks: list[float]


def render(
    midi: bytes,
    *,
    seconds: float,
    title: str,
    soundfont: Path,
    wav: Path,
    mp3: Path,
    progress: Progress = lambda share: None,
    tags: Tags | None = None,
) -> RenderedAudio:
    """Play, level and write a piece, exactly `seconds` long, with `tags` or its title and the disclosure alone.

    `progress` is told the share that is done, 0..1, and may raise to stop; then neither file is written.

    Raises:
        SoundfontUnusable, EncodingFailed.
    """
    tags = tags or Tags(title)
    with tempfile.TemporaryDirectory(dir=wav.parent, prefix=".rendering-") as folder:
        sound, finished_wav, finished_mp3 = (Path(folder) / name for name in ("sound.wav", "track.wav", "track.mp3"))
        levelled = _play_and_level(midi, seconds, soundfont, sound, between(progress, 0, LEVELLED_SHARE))
        to_mp3 = partial(encode, sound, LISTENING_MP3, finished_mp3, tags)
        with beside(to_mp3, between(progress, ENCODED_SHARE, 1)):
            encode(sound, WAV, finished_wav, tags, between(progress, LEVELLED_SHARE, ENCODED_SHARE))
            master = _measured(sound, levelled)
        os.replace(finished_wav, wav)
        os.replace(finished_mp3, mp3)
    return RenderedAudio(wav, mp3, master.seconds, master.loudness, master.gain_db, master.peaks)


def render_master(
    midi: bytes, *, seconds: float, soundfont: Path, master: Path, progress: Progress = lambda share: None
) -> Master:
    """Play and level a piece, exactly `seconds` long, into a WAV file of floats, in memory that is the same for all.

    A first pass plays, measures and keeps the sound on disk beside `master`; further ones level it.
    `progress` is told the share that is done, 0..1, and may raise to stop; then nothing is left behind.

    Raises:
        SoundfontUnusable.
    """
    return _measured(master, _play_and_level(midi, seconds, soundfont, master, progress))


def _play_and_level(midi: bytes, seconds: float, soundfont: Path, master: Path, progress: Progress) -> Levelled:
    """Write the sound to `master`, whole or not at all."""
    frames = round(seconds * SAMPLE_RATE)
    meter, peaks = LoudnessMeter(), TruePeakMeter()
    share = SYNTHESIS_SHARE / LEVELLED_SHARE
    with tempfile.TemporaryDirectory(dir=master.parent, prefix=".playing-") as folder:
        played, unfinished = Path(folder) / "played.wav", Path(folder) / "levelled.wav"
        with FloatWav(played, frames) as file:
            for block in play(midi, seconds, soundfont, between(progress, 0, share)):
                file.append(block)
                meter.add(block)
                peaks.add(block)
        levelled = level(
            played, unfinished, loudness=meter.integrated(), peaks=peaks.finish(), goes_round=goes_round(midi),
            progress=between(progress, share, 1),
        )  # fmt: skip
        os.replace(unfinished, master)
    return levelled


def _measured(master: Path, levelled: Levelled) -> Master:
    frames = float_wav_frames(master)
    loudness = Loudness(levelled.integrated, highest_true_peak(float_wav_blocks(master)))
    drawn = outline(float_wav_blocks(master), frames)
    return Master(master, frames / SAMPLE_RATE, loudness, levelled.gain_db, drawn)


def play(midi: bytes, seconds: float, soundfont: Path, progress: Progress) -> Iterator[Audio]:
    """The sound of a piece before it is levelled, block by block: from its first note on, without a click at its ends.

    What goes round has no ends.

    Raises:
        SoundfontUnusable.
    """
    frames, here, ends = round(seconds * SAMPLE_RATE), 0, not goes_round(midi)
    with closing(load_synthesizer(soundfont).blocks(midi, seconds, lead=False)) as blocks:
        for block in blocks:
            yield block * edge_gain(here, len(block), frames) if ends else block
            here += len(block)
            progress(here / frames)


def between(progress: Progress, first: float, last: float) -> Progress:
    """A progress whose 0..1 is `first`..`last` of another's."""
    return lambda share: progress(first + (last - first) * share)
