"""A piece of our own as MusicXML, which notation programs open: every part on a staff, chord symbols over the melody.

The melody stands there as it was written. Accompaniments are known only as they were played, and are put on the grid
of sixteenths again, swing taken out. music21 writes the file.
"""

# music21 is typed in part.
# mypy: allow-untyped-calls

from collections.abc import Sequence
from xml.etree import ElementTree

from music21 import (
    bar,
    chord,
    clef,
    harmony,
    instrument,
    key,
    metadata,
    meter,
    note,
    percussion,
    pitch,
    stream,
    tempo,
    tie,
)
from music21.exceptions21 import Music21Exception
from music21.musicxml.m21ToXml import ScoreExporter
from music21.stream.makeNotation import makeAccidentalsInMeasureStream

from generator.chords import Chord, Quality, spelled_root
from generator.melody.melody import Key
from generator.melody.metre import STEPS_PER_QUARTER
from generator.rendering.reading import score_of
from generator.rendering.staves import Sign, Written, of_melody, of_part, signs, voices
from generator.rendering.tags import DISCLOSURE, PRODUCER, Tags
from generator.score import Part, Score

KINDS = {
    Quality.MAJOR: "major",
    Quality.MINOR: "minor",
    Quality.DIMINISHED: "diminished",
    Quality.AUGMENTED: "augmented",
    Quality.DOMINANT_SEVENTH: "dominant-seventh",
    Quality.MAJOR_SEVENTH: "major-seventh",
    Quality.MINOR_SEVENTH: "minor-seventh",
    Quality.HALF_DIMINISHED: "half-diminished-seventh",
    Quality.DIMINISHED_SEVENTH: "diminished-seventh",
    Quality.SUSPENDED: "suspended-fourth",
    Quality.CLUSTER: "power",
}
"""The names that music21 and MusicXML have for chords."""
CLUSTER_ADDS = ((9, -1), (11, 1))
"""Degrees above the open fifth, and their semitones up."""
BASS_CLEF_BELOW, HIGH_CLEF_FROM = 55.0, 84.0
"""Mean MIDI pitch of a part."""
STAFF_LINES = {35: "E4", 36: "F4", 37: "C5", 38: "C5", 39: "C5", 40: "C5", 41: "A4", 42: "G5", 45: "D5", 46: "G5",
               48: "E5", 49: "A5", 54: "B5", 55: "B5", 70: "G4"}  # fmt: skip
"""Where drums, by their General MIDI numbers, stand on the staff; others on its middle line."""
MIDDLE_LINE = "B4"
CROSSES = frozenset({37, 42, 46, 49, 54, 55, 70})
FIELDS = ("ai_generated", "digital_source_type", "AIGC")
"""Of the disclosure, beside the rights."""


def musicxml(midi: bytes, title: str) -> bytes:
    """The MusicXML file of a MIDI file by `score_to_midi`; the same bytes for the same file and title.

    Raises:
        NotOurs: another program wrote or changed the MIDI file.
    """
    return score_to_musicxml(score_of(midi), title)


def score_to_musicxml(score: Score, title: str) -> bytes:
    """The MusicXML file of a score whose melody is known: MusicXML 4.0, UTF-8.

    Raises:
        ValueError: the score's melody is not known.
    """
    if score.melody is None:
        raise ValueError("a score without its melody cannot be written down")
    whole = stream.Score()
    whole.metadata = _metadata(title)
    for number, part in enumerate(score.parts):
        written = of_part(part, score) if number else of_melody(score.melody)
        whole.insert(0, _staff(score, part, written, number))
    exporter = ScoreExporter(whole, makeNotation=False)
    root = exporter.parse()
    # The day would make two files of the same piece differ, and the stems are left to whoever reads it.
    for encoding in root.iter("encoding"):
        for left_out in [*encoding.findall("encoding-date"), *encoding.findall("supports[@element='stem']")]:
            encoding.remove(left_out)
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _staff(score: Score, part: Part, written: Sequence[Written], number: int) -> stream.Part:
    staff = stream.Part(id=f"P{number + 1}")
    staff.partName = part.name
    staff.insert(0, _instrument(part, number))
    assert score.melody is not None
    size, first = score.metre.steps_per_bar, score.timing.first_step
    lines, names = voices(written) or [[]], _names(Key.named(score.key))
    for bar_number, start in enumerate(range(first - first % size, score.melody.steps, size)):
        measure = stream.Measure(number=bar_number + (0 if first % size else 1))
        begins = max(start, first)
        if begins > start:
            measure.paddingLeft = _quarters(begins - start)
            measure.showNumber = stream.enums.ShowNumber.NEVER
        if begins == first:
            measure.insert(0, _clef(part))
            measure.insert(0, _key(score))
            measure.insert(0, meter.TimeSignature(score.metre.name))
        if number == 0:
            _add_marks(measure, score, begins, start + size)
        _fill(measure, [signs(line, begins, start + size, score.metre.steps_per_beat) for line in lines], part, names)
        staff.append(measure)
    measure.rightBarline = bar.Barline("final")
    staff.makeBeams(inPlace=True)
    if not part.drums:
        makeAccidentalsInMeasureStream(staff)
    return staff


def _fill(measure: stream.Measure, lines: Sequence[Sequence[Sign]], part: Part, names: Sequence[str]) -> None:
    """The signs of all voices that sound in the bar; of silent ones the first."""
    sounding = [line for line in lines if any(sign.pitches for sign in line)] or [lines[0]]
    for number, line in enumerate(sounding, 1):
        place = measure if len(sounding) == 1 else stream.Voice(id=str(number))
        for sign in line:
            place.insert(_quarters(sign.start), _element(sign, part, names))
        if place is not measure:
            measure.insert(0, place)


def _element(sign: Sign, part: Part, names: Sequence[str]) -> note.GeneralNote:
    element: note.GeneralNote
    if not sign.pitches:
        element = note.Rest()
    elif part.drums:
        strokes = [_stroke(drum) for drum in sign.pitches]
        element = strokes[0] if len(strokes) == 1 else percussion.PercussionChord(strokes)
    else:
        spelled = [_spelled(number, names) for number in sign.pitches]
        element = note.Note(spelled[0]) if len(spelled) == 1 else chord.Chord(spelled)
    element.quarterLength = _quarters(sign.steps)
    if sign.pitches and (sign.tied_from or sign.tied_on):
        element.tie = tie.Tie("continue" if sign.tied_from and sign.tied_on else "stop" if sign.tied_from else "start")
    return element


def _names(home: Key) -> list[str]:
    """How each pitch class is spelled in the key, flats as minus signs."""
    return [_flat(spelled_root(pitch_class, Quality.MAJOR, home)) for pitch_class in range(12)]


def _spelled(number: int, names: Sequence[str]) -> pitch.Pitch:
    """A MIDI number under the name of its class; B sharp lies in the octave below its sound's, C flat above."""
    found = pitch.Pitch(names[number % 12])
    found.octave = (number - round(found.alter)) // 12 - 1
    return found


def _stroke(drum: int) -> note.Unpitched:
    stroke = note.Unpitched(STAFF_LINES.get(drum, MIDDLE_LINE))
    if drum in CROSSES:
        stroke.notehead = "x"
    return stroke


def _add_marks(measure: stream.Measure, score: Score, begins: int, ends: int) -> None:
    """The chord symbols and changes of tempo of a bar from grid step `begins` up to `ends`."""
    for step, quarters in score.timing.tempo_map.tempi:
        if begins <= step < ends:
            measure.insert(_quarters(step - begins), _tempo(score, quarters))
    for symbol in score.chords:
        onset = max(symbol.onset, score.timing.first_step)
        if begins <= onset < ends and symbol.end > score.timing.first_step:
            measure.insert(_quarters(onset - begins), _symbol(symbol, Key.named(score.key)))


def _tempo(score: Score, quarters: float) -> tempo.MetronomeMark:
    beat = score.metre.steps_per_beat / STEPS_PER_QUARTER
    return tempo.MetronomeMark(number=round(quarters / beat, 2), referent=note.Note(quarterLength=beat).duration)


def _symbol(symbol: Chord, home: Key) -> harmony.ChordSymbol:
    root = _flat(spelled_root(symbol.root, symbol.quality, home))
    _, _, bass = symbol.symbol(home).partition("/")
    written = harmony.ChordSymbol(root=root, bass=_flat(bass) if bass else None, kind=KINDS[symbol.quality])
    if symbol.quality is Quality.CLUSTER:
        for degree, semitones in CLUSTER_ADDS:
            written.addChordStepModification(harmony.ChordStepModification("add", degree, semitones))
    return written


def _instrument(part: Part, number: int) -> instrument.Instrument:
    if part.drums:
        found: instrument.Instrument = instrument.UnpitchedPercussion()
    else:
        try:
            found = instrument.instrumentFromMidiProgram(part.program)
        except Music21Exception:
            found = instrument.Instrument()
            found.midiProgram = part.program
    found.partName = found.instrumentName = part.name
    # What music21 would shorten is its own name of the instrument, not this one.
    found.partAbbreviation = found.instrumentAbbreviation = None
    found.partId, found.instrumentId = f"P{number + 1}", f"P{number + 1}-I1"
    return found


def _clef(part: Part) -> clef.Clef:
    if part.drums:
        return clef.PercussionClef()
    mean = sum(played.pitch for played in part.notes) / max(1, len(part.notes))
    if mean < BASS_CLEF_BELOW:
        return clef.BassClef()
    return clef.Treble8vaClef() if mean >= HIGH_CLEF_FROM else clef.TrebleClef()


def _key(score: Score) -> key.Key:
    tonic, mode = score.key.split()
    return key.Key(_flat(tonic), mode)


def _metadata(title: str) -> metadata.Metadata:
    tags = Tags(title).fields()
    said = metadata.Metadata()
    said.title, said.composer = tags.get("title", DISCLOSURE), PRODUCER
    said.copyright = tags["comment"].partition(";")[0]
    for name in FIELDS:
        said.addCustom(name, tags[name])
    return said


def _flat(name: str) -> str:
    """A name as music21 writes it, whose flats are minus signs."""
    return name[0] + name[1:].replace("b", "-")


def _quarters(steps: float) -> float:
    return steps / STEPS_PER_QUARTER
