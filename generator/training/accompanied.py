"""Songs in compressed MusicXML with their piano: the voice as a melody on the grid, the piano as written notes.

The XML is read as it stands: music21, which needs many times as long, is left to name the chords.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

from generator.melody.key import fitted_key
from generator.melody.melody import Melody, Note
from generator.melody.metre import METRES, STEPS_PER_QUARTER, Metre
from generator.training.extracting import FEWEST_NOTES, NEARLY_A_BAR, Unusable

ROUNDING = 1e-3
"""Steps that a length may be off by, as sums of tuplets are."""
_SAME_BAR_LENGTH = {"2/2": "4/4"}
_NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {-2: "--", -1: "-", 0: "", 1: "#", 2: "##"}
"""As music21 writes them."""


@dataclass(frozen=True)
class WrittenNote:
    """A note of a score: `onset` and `end` in grid steps and fractions of them, its name, its MIDI pitch.

    The name has no octave, and "-" for a flat as in music21; `tied` says that it goes on from the one before.
    """

    onset: float
    end: float
    name: str
    pitch: int
    tied: bool = False

    def moved(self, steps: float) -> "WrittenNote":
        """The same note later."""
        return replace(self, onset=self.onset + steps, end=self.end + steps)


@dataclass(frozen=True)
class AccompaniedMelody:
    """A voice, and the piano under it in the order of its onsets, counted from the same first bar line."""

    melody: Melody
    piano: tuple[WrittenNote, ...]


@dataclass
class _Bar:
    """What stands between two bar lines, in steps from the first of them."""

    voice: list[WrittenNote]
    piano: list[WrittenNote]
    length: float


@dataclass
class _Stretch:
    """Neighbouring bars in one metre and under one key signature."""

    metre: str
    sharps: int
    bars: list[_Bar] = field(default_factory=list)


def read_accompanied(path: Path) -> AccompaniedMelody:
    """The longest stretch of a song in one metre and key, from the voice's first bar to its last.

    The key is the one that voice and piano fit best together.

    Raises:
        Unusable: with the named reason.
    """
    voice, piano = _parts(path)
    stretch = max(_stretches(voice, piano), key=lambda s: (s.metre in METRES, len(s.bars)))
    if stretch.metre not in METRES:
        raise Unusable("metre not known to the composer")
    metre = METRES[stretch.metre]
    sung, played = _laid_end_to_end(stretch.bars, metre)
    notes = _single_line(sung)
    if len(notes) < FEWEST_NOTES:
        raise Unusable("too few notes")
    bar = metre.steps_per_bar
    first, last = notes[0].onset // bar * bar, -(-notes[-1].end // bar) * bar
    notes = [replace(note, onset=note.onset - first) for note in notes]
    played = [note.moved(-first) for note in played if first <= note.onset < last]
    if not played:
        raise Unusable("no piano under the voice")
    tonic, mode = fitted_key([*notes, *_on_the_grid(played)], stretch.sharps)
    melody = Melody(tuple(notes), metre, tonic, mode, last - first)
    return AccompaniedMelody(melody, tuple(sorted(played, key=lambda note: (note.onset, note.pitch))))


def _parts(path: Path) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The first part that carries words, and the first other one on two staves."""
    try:
        with zipfile.ZipFile(path) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".xml") and "META-INF" not in name)
            parts = ElementTree.fromstring(archive.read(name)).findall("part")
    except (OSError, zipfile.BadZipFile, StopIteration, ElementTree.ParseError) as fault:
        raise Unusable("unreadable") from fault
    voice = next((part for part in parts if part.find("measure/note/lyric") is not None), None)
    if voice is None:
        raise Unusable("no voice part")
    staves = ((part, part.findtext("measure/attributes/staves")) for part in parts if part is not voice)
    piano = next((part for part, count in staves if count == "2"), None)
    if piano is None:
        raise Unusable("no piano part")
    return voice, piano


def _stretches(voice: ElementTree.Element, piano: ElementTree.Element) -> list[_Stretch]:
    stretches = [_Stretch("", 0)]
    divisions: Counter[str] = Counter({"voice": 1, "piano": 1})
    for sung, played in zip(voice.findall("measure"), piano.findall("measure"), strict=False):
        last = stretches[-1]
        metre, sharps = _signatures(sung, last.metre, last.sharps)
        if (metre, sharps) != (last.metre, last.sharps):
            stretches.append(_Stretch(metre, sharps))
        _find_divisions(sung, divisions, "voice")
        _find_divisions(played, divisions, "piano")
        voice_notes, sung_length = _notes(sung, divisions["voice"])
        piano_notes, played_length = _notes(played, divisions["piano"])
        if played.find("barline/ending[@number='1']") is None:
            stretches[-1].bars.append(_Bar(voice_notes, piano_notes, max(sung_length, played_length)))
    return stretches


def _signatures(measure: ElementTree.Element, metre: str, sharps: int) -> tuple[str, int]:
    for attributes in measure.findall("attributes"):
        beats, unit = attributes.findtext("time/beats"), attributes.findtext("time/beat-type")
        if beats and unit:
            metre = _SAME_BAR_LENGTH.get(f"{beats}/{unit}", f"{beats}/{unit}")
        sharps = int(attributes.findtext("key/fifths") or sharps)
    return metre, sharps


def _find_divisions(measure: ElementTree.Element, divisions: Counter[str], part: str) -> None:
    if found := measure.findtext("attributes/divisions"):
        divisions[part] = int(found)


def _notes(measure: ElementTree.Element, divisions: int) -> tuple[list[WrittenNote], float]:
    """The notes of a bar, and how long it is; graces, cues and what is not to be heard as pitch are left out."""
    notes: list[WrittenNote] = []
    here = onset = longest = 0.0
    for element in measure:
        if element.tag not in ("note", "backup", "forward") or element.find("grace") is not None:
            continue
        steps = float(element.findtext("duration") or 0) * STEPS_PER_QUARTER / divisions
        if element.tag == "backup":
            here -= steps
            continue
        if element.find("chord") is None:
            onset = here
            here += steps
            longest = max(longest, here)
        pitch = element.find("pitch")
        if pitch is None or element.find("cue") is not None:
            continue
        step, alter = pitch.findtext("step") or "C", round(float(pitch.findtext("alter") or 0))
        midi = 12 * (int(pitch.findtext("octave") or 4) + 1) + _NATURALS[step] + alter
        tied = any(tie.get("type") == "stop" for tie in element.findall("tie"))
        notes.append(WrittenNote(onset, onset + steps, step + _ACCIDENTALS.get(alter, ""), midi, tied))
    return notes, longest


def _laid_end_to_end(bars: list[_Bar], metre: Metre) -> tuple[list[WrittenNote], list[WrittenNote]]:
    """The voice's and the piano's notes from the first bar line on.

    A bar cut short by a repeat is completed by the pick-up that follows it; a bar that is a little too long or too
    short, as slips of notation make it, counts as one bar.
    """
    length = metre.steps_per_bar
    sung: list[WrittenNote] = []
    played: list[WrittenNote] = []
    start = length - bars[0].length if bars and 0 < bars[0].length < length - ROUNDING else 0.0
    for number, bar in enumerate(bars):
        whole = bar.length >= NEARLY_A_BAR * length
        if number and whole and start % length > ROUNDING:
            start += -start % length
        inside = length - start % length - ROUNDING
        sung += [note.moved(start) for note in bar.voice if note.onset < inside]
        played += [note.moved(start) for note in bar.piano if note.onset < inside]
        start += length if number and whole else bar.length
    return sung, played


def _single_line(sung: list[WrittenNote]) -> list[Note]:
    """The voice on the grid, one note at a time: where some sound together the highest is taken."""
    line: list[Note] = []
    for note in sorted(sung, key=lambda note: (note.onset, -note.pitch)):
        onset, end = round(note.onset), round(note.end)
        before = line[-1] if line else None
        if before and note.tied and before.pitch == note.pitch and before.end == onset:
            line[-1] = replace(before, duration=end - before.onset)
            continue
        if before and onset <= before.onset:
            continue
        if before and before.end > onset:
            line[-1] = replace(before, duration=onset - before.onset)
        line.append(Note(onset, max(1, end - onset), note.pitch))
    return line


def _on_the_grid(played: list[WrittenNote]) -> Iterator[Note]:
    """The piano's notes as they count for the key, its last bass note last."""
    for note in sorted(played, key=lambda note: (note.onset, -note.pitch)):
        yield Note(round(note.onset), max(1, round(note.end - note.onset)), note.pitch)
