"""The formats that finished music is handed out in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AudioFormat:
    """One way to write sound.

    Attributes:
        name: for people.
        extension: of its files, with the dot.
        arguments: what ffmpeg is told of the sound and of the file around it.
        media_type: for a web server's header.
    """

    name: str
    extension: str
    arguments: tuple[str, ...]
    media_type: str


def _wav(bits: int, rate: int) -> AudioFormat:
    # 16 bits are dithered with triangular noise of a fixed seed, which keeps quiet endings free of a grainy tone.
    samples = {16: "osf=s16:dither_method=triangular", 24: "osf=s32"}[bits]
    arguments = ("-af", f"{_at(rate)}:{samples}", "-codec:a", f"pcm_s{bits}le", "-f", "wav")
    return AudioFormat(f"WAV, {bits} bit, {rate / 1000:g} kHz", ".wav", arguments, "audio/wav")


def _mp3(name: str, *quality: str) -> AudioFormat:
    arguments = ("-codec:a", "libmp3lame", *quality, "-id3v2_version", "3", "-f", "mp3")
    return AudioFormat(name, ".mp3", arguments, "audio/mpeg")


def _at(rate: int) -> str:
    """A resampler that passes all that can be heard and mirrors nothing."""
    return f"aresample=osr={rate}:filter_size=128:cutoff=0.97"


FORMATS: dict[str, AudioFormat] = {
    "wav-16-44": _wav(16, 44_100),
    "wav-16-48": _wav(16, 48_000),
    "wav-24-44": _wav(24, 44_100),
    "wav-24-48": _wav(24, 48_000),
    "flac": AudioFormat(
        "FLAC, 24 bit",
        ".flac",
        ("-codec:a", "flac", "-sample_fmt", "s32", "-bits_per_raw_sample", "24", "-f", "flac"),
        "audio/flac",
    ),
    "mp3-v0": _mp3("MP3, best variable rate", "-q:a", "0"),
    "mp3-320": _mp3("MP3, 320 kbit/s", "-b:a", "320k"),
    "opus": AudioFormat(
        "Opus, 160 kbit/s",
        ".opus",
        ("-af", _at(48_000), "-codec:a", "libopus", "-b:a", "160k", "-f", "opus"),
        "audio/ogg; codecs=opus",
    ),
}
"""By the short name that addresses and forms use."""

WAV = FORMATS["wav-16-44"]
LISTENING_MP3 = _mp3("MP3, about 190 kbit/s", "-q:a", "2")
"""What a page plays: half the size of the best, and hard to tell from it."""
