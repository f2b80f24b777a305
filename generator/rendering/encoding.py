"""Sound to files: WAV by libsndfile, MP3 by ffmpeg."""

import subprocess
from pathlib import Path

import soundfile

from generator.rendering.synthesis import SAMPLE_RATE, Audio

MP3_QUALITY = "2"
"""LAME's variable bit rate V2, about 190 kbit/s."""
LONGEST_ENCODING = 60
"""Seconds after which ffmpeg is given up."""


class EncodingFailed(Exception):
    """ffmpeg could not write the file; the message is its last line."""


def write_wav(audio: Audio, path: Path) -> None:
    """Write 16-bit PCM at SAMPLE_RATE."""
    soundfile.write(path, audio, SAMPLE_RATE, subtype="PCM_16", format="WAV")


def write_mp3(wav: Path, path: Path, *, title: str, comment: str) -> None:
    """Encode a WAV file as MP3 with its title and a comment in the ID3 tags.

    Raises:
        EncodingFailed: ffmpeg is missing, failed or took too long.
    """
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "wav", "-i", "pipe:0",
        "-codec:a", "libmp3lame", "-q:a", MP3_QUALITY, "-map_metadata", "-1",
        "-metadata", f"title={title}", "-metadata", f"comment={comment}", "-f", "mp3", str(path),
    ]  # fmt: skip
    try:
        # Fed through a pipe, ffmpeg ends with the process that feeds it, however that one dies.
        subprocess.run(command, input=wav.read_bytes(), capture_output=True, check=True, timeout=LONGEST_ENCODING)
    except FileNotFoundError as fault:
        raise EncodingFailed("ffmpeg is not installed") from fault
    except subprocess.TimeoutExpired as fault:
        raise EncodingFailed(f"ffmpeg took longer than {LONGEST_ENCODING} s") from fault
    except subprocess.CalledProcessError as fault:
        lines = fault.stderr.decode(errors="replace").strip().splitlines()
        raise EncodingFailed(lines[-1] if lines else "ffmpeg failed") from fault
