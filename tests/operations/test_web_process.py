"""What a web process has to load before it answers."""

import os
import subprocess
import sys

from tests.stack import PATIENCE, ROOT

HEAVY = ("torch", "music21", "scipy", "fluidsynth", "soundfile", "sklearn", "matplotlib", "av", "cv2")


def test_the_pages_load_nothing_that_composes_or_plays(tmp_path):
    code = (
        f"import sys, emotionmusic.asgi, emotionmusic.urls; print([name for name in {HEAVY} if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "emotionmusic.settings",
            "EMOTIONMUSIC_VAR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert said.stdout == "[]\n"
