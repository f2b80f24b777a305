"""Long pieces take no more memory than short ones, and a rendering that is given up leaves nothing behind."""

import json
import subprocess
import sys

import pytest

from generator.rendering.render import render
from generator.rendering.soundfont import SoundfontUnusable, find_soundfont
from tests.generator.rendering.programmes import midi_of

MOST_MEGABYTES = 400
MOST_GROWTH = 60
CHILD = """
import json, sys
from pathlib import Path
from generator.rendering.render import render
from generator.rendering.soundfont import find_soundfont
folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
rendered = render(
    (folder / "piece.mid").read_bytes(), seconds=seconds, title="A piece", soundfont=find_soundfont(),
    wav=folder / "piece.wav", mp3=folder / "piece.mp3",
)
of_its_own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps({
    "megabytes": int(of_its_own.split()[1]) / 2**10,
    "seconds": rendered.seconds,
    "lufs": rendered.loudness.integrated,
    "torch": "torch" in sys.modules,
}))
"""


class Cancelled(Exception):
    pass


def rendered_in_a_child(folder, seconds):
    folder.mkdir()
    (folder / "piece.mid").write_bytes(midi_of("many parts with drums", seconds))
    command = [sys.executable, "-c", CHILD, str(folder), str(seconds)]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return json.loads(said)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child's own memory")
def test_five_minutes_take_the_memory_of_a_minute_and_a_half(tmp_path):
    short = rendered_in_a_child(tmp_path / "short", 90.0)
    long = rendered_in_a_child(tmp_path / "long", 300.0)
    assert not long["torch"]
    assert (short["seconds"], long["seconds"]) == (90, 300)
    assert long["lufs"] == pytest.approx(-14, abs=0.5)
    assert short["megabytes"] < MOST_MEGABYTES
    assert long["megabytes"] < min(MOST_MEGABYTES, short["megabytes"] + MOST_GROWTH)


@pytest.mark.parametrize("until", [0.2, 0.6, 0.85, 0.95])
def test_a_rendering_that_is_given_up_leaves_nothing_behind(tmp_path, until):
    told = []

    def progress(share):
        told.append(share)
        if share > until:
            raise Cancelled

    with pytest.raises(Cancelled):
        render(
            midi_of("strings", 6), seconds=6, title="T", soundfont=find_soundfont(),
            wav=tmp_path / "t.wav", mp3=tmp_path / "t.mp3", progress=progress,
        )  # fmt: skip
    assert told == sorted(told)
    assert not list(tmp_path.iterdir())


def test_progress_comes_at_least_twice_a_second_of_sound_and_ends_at_one(tmp_path):
    told = []
    render(
        midi_of("strings", 6), seconds=6, title="T", soundfont=find_soundfont(),
        wav=tmp_path / "t.wav", mp3=tmp_path / "t.mp3", progress=told.append,
    )  # fmt: skip
    assert told == sorted(told)
    assert sum(share <= 0.5 for share in told) >= 12
    assert told[-1] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.mp3", "t.wav"]


def test_a_soundfont_that_cannot_be_loaded_is_refused_and_leaves_nothing(tmp_path):
    font, folder = tmp_path / "font.sf2", tmp_path / "out"
    font.write_bytes(b"no soundfont")
    folder.mkdir()
    with pytest.raises(SoundfontUnusable, match=r"font\.sf2 cannot be loaded"):
        render(midi_of("strings", 6), seconds=6, title="T", soundfont=font, wav=folder / "t.wav", mp3=folder / "t.mp3")
    assert not list(folder.iterdir())
