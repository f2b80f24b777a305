"""Compose the landing page's four examples anew: `python -m scripts.make_examples`."""

import io
import tempfile
from pathlib import Path

import mido

from generator.compose import compose_track
from generator.composing.composer import load_composer
from generator.rendering.render import render
from generator.rendering.soundfont import find_soundfont
from generator.request import Request

STATIC = Path(__file__).resolve().parent.parent / "static"
EXAMPLES = {"happy": 3, "peaceful": 2, "sad": 4, "scary": 1}
"""A seed each."""
SECONDS = 20.0
MELODY_CHANNEL = 0
WIDTH, HEIGHT, THICKNESS = 480, 96, 6


def main() -> None:
    """Write the sound and the piano roll of each example."""
    composer = load_composer()
    for mood, seed in EXAMPLES.items():
        track = compose_track(Request.of(mood, 0.9, SECONDS, seed), composer)
        with tempfile.TemporaryDirectory() as folder:
            render(
                track.midi,
                seconds=SECONDS,
                title=track.title,
                soundfont=find_soundfont(),
                wav=Path(folder) / "example.wav",
                mp3=STATIC / "audio" / f"example-{mood}.mp3",
            )
        (STATIC / "img" / f"roll-{mood}.svg").write_text(_roll(track.midi), encoding="utf-8")
        print(mood, track.facts)


def _roll(midi: bytes) -> str:
    """The melody's notes as bars of an SVG, time to the right and pitch upwards."""
    notes, sounding, now = [], {}, 0.0
    for message in mido.MidiFile(file=io.BytesIO(midi)):
        now += message.time
        if message.is_meta or message.channel != MELODY_CHANNEL:
            continue
        if message.type == "note_on":
            sounding[message.note] = now
        elif message.type == "note_off":
            notes.append((sounding.pop(message.note), now, message.note))
    lowest, highest = min(pitch for *_, pitch in notes), max(pitch for *_, pitch in notes)
    scale = (HEIGHT - THICKNESS) / max(1, highest - lowest)
    bars = "\n".join(
        f'  <rect x="{WIDTH * start / SECONDS:.1f}" y="{(highest - pitch) * scale:.1f}" '
        f'width="{max(3.0, WIDTH * (end - start) / SECONDS - 2):.1f}" height="{THICKNESS}" rx="{THICKNESS / 2:g}"/>'
        for start, end, pitch in notes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'preserveAspectRatio="none">\n{bars}\n</svg>\n'
    )


if __name__ == "__main__":
    main()
