"""Tiny songs in compressed MusicXML, for tests: a voice with words over a piano that breaks its chords."""

import zipfile
from pathlib import Path

from generator.melody.melody import FLAT_TONICS

SPELLED = {name: (name[0], -1 if len(name) > 1 else 0) for name in FLAT_TONICS}
TRIADS = {
    "C": ("C", "E", "G"), "F": ("F", "A", "C"), "G": ("G", "B", "D"), "G7": ("G", "B", "D", "F"),
    "Am": ("A", "C", "E"), "Dm": ("D", "F", "A"),
}  # fmt: skip
SUNG = {"C": ("E", "G"), "F": ("A", "C"), "G": ("D", "B"), "G7": ("F", "D"), "Am": ("C", "E"), "Dm": ("F", "A")}


def write_song(path: Path, bars: list[str], *, piano: bool = True, words: bool = True) -> Path:
    """A song in C major and 4/4, half a bar for each of its chords ("C G7", ...): quavers under half notes."""
    voice, played = [], []
    for number, bar in enumerate(bars):
        head = _attributes(1) if number == 0 else ""
        sung = [_note(SUNG[name][number % 2], 5, 4, words=words) for name in bar.split()]
        voice.append(f'<measure number="{number + 1}">{head}{"".join(sung)}</measure>')
        under = [_note(TRIADS[name][place % len(TRIADS[name])], 3, 1) for name in bar.split() for place in range(4)]
        head = _attributes(2) if number == 0 else ""
        played.append(f'<measure number="{number + 1}">{head}{"".join(under)}</measure>')
    parts = [f'<part id="P1">{"".join(voice)}</part>']
    if piano:
        parts.append(f'<part id="P2">{"".join(played)}</part>')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("score.xml", f"<score-partwise>{''.join(parts)}</score-partwise>")
    return path


def _attributes(staves: int) -> str:
    return (
        "<attributes><divisions>2</divisions><key><fifths>0</fifths></key><time><beats>4</beats>"
        f"<beat-type>4</beat-type></time><staves>{staves}</staves></attributes>"
    )


def _note(name: str, octave: int, duration: int, *, words: bool = False) -> str:
    step, alter = SPELLED[name]
    lyric = "<lyric><text>la</text></lyric>" if words else ""
    return (
        f"<note><pitch><step>{step}</step><alter>{alter}</alter><octave>{octave}</octave></pitch>"
        f"<duration>{duration}</duration>{lyric}</note>"
    )
