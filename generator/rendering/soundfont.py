"""Where the General MIDI soundfont is."""

import os
from pathlib import Path

_USUAL_PLACES = tuple(
    f"{folder}/{name}"
    for folder in (
        "/usr/share/sounds/sf2",
        "/usr/share/soundfonts",
        "/opt/homebrew/share/sounds/sf2",
        "/usr/local/share/sounds/sf2",
        "var",
    )
    for name in ("FluidR3_GM.sf2", "default-GM.sf2")
)


class SoundfontUnusable(Exception):
    """The soundfont cannot be loaded; the message names it and what to do."""


def find_soundfont() -> Path:
    """The file that SOUNDFONT names, else the first of the usual places that has one.

    Where none has, the first of them is named: whoever tries to load it is told.
    """
    if named := os.environ.get("SOUNDFONT"):
        return Path(named)
    return next((Path(place) for place in _USUAL_PLACES if Path(place).is_file()), Path(_USUAL_PLACES[0]))
