"""Where the General MIDI soundfont is."""

import os
from pathlib import Path

from generator.rendering.synthesis import SoundfontUnusable

USUAL_PLACES = (
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "/usr/share/sounds/sf2/default-GM.sf2",
    "/usr/share/soundfonts/FluidR3_GM.sf2",
    "/usr/share/soundfonts/default.sf2",
    "/opt/homebrew/share/soundfonts/default.sf2",
    "/usr/local/share/soundfonts/default.sf2",
)


def find_soundfont() -> Path:
    """The file that SOUNDFONT names, else the first of the usual places.

    Raises:
        SoundfontUnusable: there is none.
    """
    if named := os.environ.get("SOUNDFONT"):
        return Path(named)
    for place in USUAL_PLACES:
        if Path(place).is_file():
            return Path(place)
    raise SoundfontUnusable("no soundfont was found; install fluid-soundfont-gm or name an SF2 file in SOUNDFONT")
