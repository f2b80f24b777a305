"""A video's picture: its cuts, and how bright, colourful, warm and moved it is along time."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray
from scenedetect import FrameTimecode  # type: ignore[import-untyped]
from scenedetect.detectors import AdaptiveDetector  # type: ignore[import-untyped]

from generator.brief.video.limits import LONG_SIDE, LONGEST_VIDEO_SECONDS, SAMPLES_A_SECOND, SHORT_SIDE
from generator.brief.video.probe import Probe
from generator.brief.video.programs import input_words, running

_FRAMES_BETWEEN = 50
"""Frames from one word on the progress to the next."""
Frame = NDArray[np.uint8]

_SHORTEST_SHOT = 0.2
"""Seconds; flashes of light make no shorter ones."""
_STEP = 1 / 12
"""Seconds between the two frames that are compared for motion: enough for slow moves, not too much for fast ones."""
_FULL_SPEED = 0.5
"""Picture widths a second that count as full motion."""


@dataclass
class PictureReading:
    """The curves of VideoReading, still as lists; `frames` is how many frames there were."""

    frames: int = 0
    cuts: list[int] = field(default_factory=list)
    brightness: list[float] = field(default_factory=list)
    saturation: list[float] = field(default_factory=list)
    warmth: list[float] = field(default_factory=list)
    motion: list[float] = field(default_factory=list)


def read_picture(probe: Probe, told: Callable[[float], None]) -> PictureReading:
    """Decodes the picture once, at 160 by 90, with a steady number of frames a second.

    `told` is called with the seconds that are done, now and then and at the end. Cuts are found by PySceneDetect's
    AdaptiveDetector: a frame that differs from the one before (in hue, saturation and brightness) three times as much
    as its neighbours do. Motion is the mean length of the optical flow (Kroeger et al. 2016, dense inverse search).

    Raises:
        ProgramFailed: it could not be decoded to its end.
    """
    width, height = (SHORT_SIDE, LONG_SIDE) if probe.upright else (LONG_SIDE, SHORT_SIDE)
    watching = _Watching(probe.frame_rate, width)
    # Rotation is left out: the picture is only measured.
    command = [
        "ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-noautorotate", "-threads", "2",
        *input_words(probe.path, probe.container), "-map", f"0:{probe.picture}", "-t", str(LONGEST_VIDEO_SECONDS + 1),
        "-vf", f"fps={probe.frame_rate}:start_time=0,scale={width}:{height}:flags=area,format=bgr24",
        "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip
    size = width * height * 3
    with running(command) as raw:
        while len(data := raw.read(size)) == size:
            watching.see(np.frombuffer(data, np.uint8).reshape(height, width, 3))
            if watching.reading.frames % _FRAMES_BETWEEN == 0:
                told(watching.reading.frames / float(probe.frame_rate))
        told(watching.reading.frames / float(probe.frame_rate))
    return watching.finished()


class _Watching:
    def __init__(self, rate: Fraction, width: int) -> None:
        self.reading = PictureReading()
        self._rate = float(rate)
        self._width = width
        self._detector = AdaptiveDetector(min_scene_len=max(1, round(_SHORTEST_SHOT * self._rate)))
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._step = max(1, round(_STEP * self._rate))
        self._earlier: deque[Frame] = deque(maxlen=self._step)
        self._compared: list[int] = []
        """The frame of each sample, as its motion was measured there and `_step` frames before."""

    def see(self, frame: Frame) -> None:
        reading, number = self.reading, self.reading.frames
        reading.cuts += [
            cut.frame_num for cut in self._detector.process_frame(FrameTimecode(number, self._rate), frame)
        ]
        if number / self._rate * SAMPLES_A_SECOND >= len(reading.brightness) - 1e-9:
            self._measure(frame, number)
        self._earlier.append(frame)
        reading.frames += 1

    def _measure(self, frame: Frame, number: int) -> None:
        blue, green, red = (float(mean) for mean in frame.reshape(-1, 3).mean(axis=0))
        reading = self.reading
        reading.brightness.append(_rounded((0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255))
        reading.saturation.append(_rounded(float((frame.max(axis=2) - frame.min(axis=2)).mean()) / 255))
        reading.warmth.append(_rounded((red - blue) / 255))
        reading.motion.append(self._speed(frame) if len(self._earlier) == self._step else 0.0)
        self._compared.append(number)

    def _speed(self, frame: Frame) -> float:
        before, now = (cv2.cvtColor(each, cv2.COLOR_BGR2GRAY) for each in (self._earlier[0], frame))
        flow = self._flow.calc(before, now, np.zeros((*before.shape, 2), np.float32))
        widths_a_second = float(np.hypot(flow[..., 0], flow[..., 1]).mean()) / self._width / (self._step / self._rate)
        return _rounded(min(1.0, widths_a_second / _FULL_SPEED))

    def finished(self) -> PictureReading:
        """The reading, with the motion across a cut, and before there was a frame to compare, taken from beside it."""
        cuts, motion = self.reading.cuts, self.reading.motion
        known = [
            frame >= self._step and bisect_right(cuts, frame) == bisect_right(cuts, frame - self._step)
            for frame in self._compared
        ]
        for number in range(len(motion)):
            if not known[number]:
                after = number + 1 if number + 1 < len(motion) and known[number + 1] else None
                source = after if after is not None else number - 1
                motion[number] = motion[source] if source >= 0 else 0.0
        return self.reading


def _rounded(value: float) -> float:
    return round(value, 4)
