"""What was read from a video."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from generator.brief.material import Material

CURVES = ("brightness", "saturation", "warmth", "motion")


@dataclass(frozen=True)
class VideoReading:
    """A video's length, its cuts, and how it looks and sounds along time.

    The curves have a value every 1 / `samples_a_second` s from 0 on, as many in each. `cuts` are the seconds at which
    a new shot's first frame is shown, the start excluded, each exact to 1 / `frame_rate` s for hard cuts.

    - `brightness`: mean luma (ITU-R BT.709, gamma-encoded), 0 black to 1 white
    - `saturation`: mean chroma, the largest less the smallest of red, green and blue, 0 grey to 1
    - `warmth`: mean of red less blue, -1 blue to 1 red
    - `motion`: mean speed of the picture's parts, 0 still to 1 at half a picture's width a second or more
    - `loudness`: momentary loudness (EBU Tech 3341: 400 ms) in LUFS, at least -70; None where there is no sound
    - `material`: the subtitles inside the video, None where it has none
    """

    seconds: float
    frame_rate: float
    samples_a_second: float
    cuts: tuple[float, ...]
    brightness: tuple[float, ...]
    saturation: tuple[float, ...]
    warmth: tuple[float, ...]
    motion: tuple[float, ...]
    loudness: tuple[float, ...] | None = None
    material: Material | None = None

    def to_json(self) -> dict[str, Any]:
        """`from_json` makes an equal reading of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "VideoReading":
        """The reading that `to_json` wrote."""
        return cls(
            seconds=written["seconds"],
            frame_rate=written["frame_rate"],
            samples_a_second=written["samples_a_second"],
            cuts=tuple(written["cuts"]),
            **{curve: tuple(written[curve]) for curve in CURVES},
            loudness=None if written["loudness"] is None else tuple(written["loudness"]),
            material=None if written["material"] is None else Material.from_json(written["material"]),
        )
