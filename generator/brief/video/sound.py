"""A video's sound and subtitles, through ffmpeg."""

from generator.brief.material import Material
from generator.brief.reading.cleaning import material
from generator.brief.reading.subtitles import read_subtitles
from generator.brief.refusal import BriefRefused
from generator.brief.video.limits import LARGEST_SUBTITLES, LONGEST_VIDEO_SECONDS, QUIETEST, SAMPLES_A_SECOND
from generator.brief.video.probe import Probe
from generator.brief.video.programs import ProgramFailed, answer_of, input_words

_LARGEST_LIST = 8_000_000
_MIDDLE = 0.1
"""Seconds: ffmpeg tells the loudness of the 400 ms that end 0.1 s after the time that it names."""


def read_loudness(probe: Probe, samples: int) -> tuple[float, ...] | None:
    """The momentary loudness (EBU Tech 3341) around each of `samples` times, LUFS; None where there is no sound.

    Sound that cannot be decoded is none.
    """
    if probe.sound is None:
        return None
    command = [
        "ffmpeg", "-nostdin", "-hide_banner", "-v", "error", *input_words(probe.path, probe.container),
        "-map", f"0:{probe.sound}", "-t", str(LONGEST_VIDEO_SECONDS + 1), "-af",
        "aresample=48000,aformat=channel_layouts=stereo,ebur128=metadata=1,"
        "ametadata=mode=print:key=lavfi.r128.M:file=pipe\\\\:1", "-f", "null", "/dev/null",
    ]  # fmt: skip
    try:
        written = answer_of(command, _LARGEST_LIST).decode("ascii", "replace")
    except ProgramFailed:
        return None
    told: dict[int, float] = {}
    now = 0.0
    for line in written.splitlines():
        name, _, value = line.rpartition("=" if line.startswith("lavfi") else ":")
        try:
            if name.endswith("pts_time"):
                now = float(value)
            elif name == "lavfi.r128.M":
                loudness = float(value)
                told[round(10 * now)] = max(QUIETEST, loudness) if loudness == loudness else QUIETEST
        except ValueError:
            continue
    times = (round(10 * (number / SAMPLES_A_SECOND + _MIDDLE)) for number in range(samples))
    return tuple(round(told.get(time, QUIETEST), 2) for time in times)


def read_inner_subtitles(probe: Probe, seconds: float) -> Material | None:
    """The words of the first text subtitles inside the video; None where there are none to be read."""
    if probe.subtitles is None:
        return None
    command = [
        "ffmpeg", "-nostdin", "-hide_banner", "-v", "error", *input_words(probe.path, probe.container),
        "-map", f"0:{probe.subtitles}", "-t", str(LONGEST_VIDEO_SECONDS + 1), "-c:s", "srt", "-f", "srt", "pipe:1",
    ]  # fmt: skip
    try:
        found = read_subtitles(answer_of(command, LARGEST_SUBTITLES).decode("utf-8", "replace"))
        return material("video", found.passages, seconds, probe.title)
    except (ProgramFailed, BriefRefused):
        return None
