"""The player as templates include it."""

from typing import Any

from django import template
from django.utils.translation import gettext

from emotionmusic.library.models import Track

WIDTH, HEIGHT = 240, 48
SMALLEST = 0.04

register = template.Library()


@register.inclusion_tag("library/_player.html")
def player(track: Track, audio: str, preload: str = "metadata") -> dict[str, Any]:
    """A player of `audio` (an address) with the track's outline drawn by the server."""
    return {
        "track": track,
        "audio": audio,
        "preload": preload,
        "outline": outline_path(track.peaks),
        "width": WIDTH,
        "height": HEIGHT,
        "wave_id": f"wave-{track.id}",
    }


@register.filter
def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 0:37."""
    return f"{round(seconds) // 60}:{round(seconds) % 60:02d}"


@register.filter
def feeling(mood: str) -> str:
    """A mood in the page's words: Happy; or a blend, as the generator spells it: Happy 60 %, peaceful 40 %."""
    parts = ((gettext(name), share) for name, _, share in (part.partition(":") for part in mood.split(",")))
    words = ", ".join(f"{name} {float(share):.0%}".replace("%", " %") if share else name for name, share in parts)
    return words[:1].upper() + words[1:]


@register.filter
def symbols(chords: list[tuple[float, str]]) -> str:
    """The different chords, (seconds, symbol) each, in the order in which they first come."""
    return ", ".join(dict.fromkeys(symbol for _, symbol in chords))


def outline_path(peaks: list[float]) -> str:
    """Peaks (each 0 to 1) as the path of an SVG, WIDTH by HEIGHT: a bar for every other peak."""
    if not peaks:
        return ""
    step = WIDTH / len(peaks)
    bars = []
    for index in range(0, len(peaks), 2):
        half = max(SMALLEST, *peaks[index : index + 2]) * (HEIGHT / 2 - 1)
        bars.append(f"M{index * step + step:.1f} {HEIGHT / 2 - half:.1f}v{2 * half:.1f}")
    return "".join(bars)
