"""The process in which a video is read: `python -m generator.brief.video.child PARENT PATH`.

It prints JSON objects, a line each: `{"probed": SECONDS}`, then `{"share": …}` as it goes on, and at last
`{"reading": …}` or `{"refused": {"reason": …, "values": …}}`.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path

from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.video import limits
from generator.brief.video.probe import Probe, probe, refusal_of
from generator.brief.video.programs import ProgramFailed
from generator.brief.video.reading import VideoReading
from generator.curating.confined import OUT_OF_MEMORY

_PR_SET_PDEATHSIG = 1
_PICTURE_SHARE = 0.9


def main() -> None:
    """Confines this process and those that it starts, then reads the video."""
    _confine_self(int(sys.argv[1]))
    try:
        head = probe(Path(sys.argv[2]))
        _say(probed=head.announced or limits.LONGEST_VIDEO_SECONDS)
        _say(reading=_read(head).to_json())
    except BriefRefused as refused:
        _say(refused=refused.to_json())
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _read(head: Probe) -> VideoReading:
    # numpy and OpenCV come with these imports: after the probe, which refuses most of what is refused.
    from generator.brief.video.picture import read_picture
    from generator.brief.video.sound import read_inner_subtitles, read_loudness

    length = head.announced or limits.LONGEST_VIDEO_SECONDS
    done = 0.0

    def told(seconds: float) -> None:
        nonlocal done
        done = seconds
        _say(share=round(_PICTURE_SHARE * min(1.0, seconds / length), 3))

    try:
        picture = read_picture(head, told)
    except ProgramFailed as failed:
        announced = round(length, 1)
        raise refusal_of(failed, Refusal.VIDEO_TRUNCATED, seconds=round(done, 1), announced=announced) from failed
    seconds = round(picture.frames / float(head.frame_rate), 3)
    if seconds > limits.LONGEST_VIDEO_SECONDS:
        raise BriefRefused(Refusal.VIDEO_TOO_LONG, minutes=limits.LONGEST_VIDEO_SECONDS // 60)
    if not picture.frames:
        raise BriefRefused(Refusal.VIDEO_UNREADABLE)
    if seconds < limits.SHORTEST_SECONDS:
        raise BriefRefused(Refusal.NO_LENGTH)
    _say(share=_PICTURE_SHARE)
    return VideoReading(
        seconds=seconds,
        frame_rate=float(head.frame_rate),
        samples_a_second=limits.SAMPLES_A_SECOND,
        cuts=tuple(round(cut / float(head.frame_rate), 4) for cut in picture.cuts),
        brightness=tuple(picture.brightness),
        saturation=tuple(picture.saturation),
        warmth=tuple(picture.warmth),
        motion=tuple(picture.motion),
        loudness=read_loudness(head, len(picture.brightness)),
        material=read_inner_subtitles(head, seconds),
    )


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def _confine_self(parent: int) -> None:
    """Limits that ffmpeg inherits; time is limited by the process that asked."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.LARGEST_COMPLAINT, limits.LARGEST_COMPLAINT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that asked is gone")


if __name__ == "__main__":
    main()
