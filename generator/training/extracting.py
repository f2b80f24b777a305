"""The melody in a score of one part: the longest stretch in one metre and key, on the grid."""

from dataclasses import dataclass, field

import music21

from generator.melody.key import fitted_key
from generator.melody.melody import HIGHEST_PITCH, LOWEST_PITCH, Melody, Mode, Note
from generator.melody.metre import METRES, STEPS_PER_QUARTER, Metre

SHORTEST_BARS = 4
LONGEST_BARS = 160
FEWEST_NOTES = 12
MOST_OFF_GRID = 0.2
"""The share of onsets that may be moved to the nearest sixteenth; with more, the piece is dropped."""
WIDEST_RANGE = HIGHEST_PITCH - LOWEST_PITCH - 11
"""Semitones; within it any melody can be moved by octaves until its tonic is C and it fits the grid."""
NEARLY_A_BAR = 0.75
"""The share of a bar from which on what stands between two bar lines is taken for a whole bar."""
MOST_CROOKED_BARS = 0.15
"""The share of bars that may have a wrong length."""

_SAME_BAR_LENGTH = {"2/2": "4/4", "C": "4/4"}
_MINOR_MODES = ("minor", "dorian", "phrygian", "aeolian", "locrian")


Stream = music21.stream.Stream[music21.base.Music21Object]


class Unusable(Exception):
    """A score that no melody can be taken from; the message is the named reason."""


@dataclass
class _Stretch:
    """Neighbouring bars in one metre and under one key signature."""

    metre: str
    signature: music21.key.KeySignature | None
    measures: list[music21.stream.Measure] = field(default_factory=list)


def extract_melody(score: Stream, *, mode_is_stated: bool) -> Melody:
    """The melody of the first part of `score`.

    `mode_is_stated` says whether the key signatures name their mode, as those of ABC do; otherwise
    relative major and minor are told apart by the notes.

    Raises:
        Unusable: with the named reason.
    """
    part = next(iter(score.parts), None) if isinstance(score, music21.stream.Score) else score
    if part is None:
        raise Unusable("no notes")
    stretch = _longest_stretch(part)
    if stretch.metre not in METRES:
        raise Unusable("metre not known to the composer")
    metre = METRES[stretch.metre]
    notes = _without_empty_bars(_grid_notes(stretch.measures, metre), metre)
    if len(notes) < FEWEST_NOTES:
        raise Unusable("too few notes")
    if max(note.pitch for note in notes) - min(note.pitch for note in notes) > WIDEST_RANGE:
        raise Unusable("range too wide")
    bars = -(-notes[-1].end // metre.steps_per_bar)
    if bars < SHORTEST_BARS:
        raise Unusable("too short")
    if bars > LONGEST_BARS:
        raise Unusable("too long")
    tonic, mode = _key(stretch.signature, notes, mode_is_stated)
    return Melody(tuple(notes), metre, tonic, mode, bars * metre.steps_per_bar)


def _longest_stretch(part: Stream) -> _Stretch:
    stretches: list[_Stretch] = []
    metre, signature = "", None
    for measure in part.getElementsByClass(music21.stream.Measure):
        metre_here = next(iter(measure.getElementsByClass(music21.meter.TimeSignature)), None)
        signature_here = next(iter(measure.getElementsByClass(music21.key.KeySignature)), None)
        if metre_here is not None:
            metre = _SAME_BAR_LENGTH.get(metre_here.ratioString, metre_here.ratioString)
        if signature_here is not None:
            signature = signature_here
        changed = not stretches or stretches[-1].metre != metre or stretches[-1].signature != signature
        if changed:
            stretches.append(_Stretch(metre, signature))
        if not _is_first_ending(measure):
            stretches[-1].measures.append(measure)
    known = [stretch for stretch in stretches if stretch.measures]
    if not known:
        raise Unusable("no bars")
    if not any(stretch.metre for stretch in known):
        raise Unusable("no metre")
    return max(known, key=lambda stretch: (stretch.metre in METRES, len(stretch.measures)))


def _is_first_ending(measure: Stream) -> bool:
    endings = measure.getSpannerSites("RepeatBracket")
    return any(isinstance(ending, music21.spanner.RepeatBracket) and ending.number == "1" for ending in endings)


def _grid_notes(measures: list[music21.stream.Measure], metre: Metre) -> list[Note]:
    """The notes in grid steps from the first bar line on.

    Bars are laid end to end; a bar cut short by a repeat is completed by the pick-up that follows it.
    A bar that is a little too long or too short, as slips of notation make it, counts as one bar.
    Where notes sound together the highest is taken.
    """
    bar = metre.steps_per_bar
    lengths = [float(measure.highestTime) * STEPS_PER_QUARTER for measure in measures]
    start = bar - lengths[0] if 0 < lengths[0] < bar else 0.0
    crooked = 0
    sounding: list[tuple[float, float, int, bool]] = []
    for number, measure in enumerate(measures):
        is_whole = lengths[number] >= NEARLY_A_BAR * bar
        if number > 0 and is_whole and start % bar > 1e-6:
            crooked += 1
            start += -start % bar
        for element in measure.flatten().notes:
            if isinstance(element, music21.harmony.ChordSymbol) or element.duration.isGrace:
                continue
            if not isinstance(element, music21.note.Note | music21.chord.Chord):
                raise Unusable("unpitched notes")
            onset = start + float(element.offset) * STEPS_PER_QUARTER
            end = onset + float(element.quarterLength) * STEPS_PER_QUARTER
            tied = element.tie is not None and element.tie.type in ("stop", "continue")
            if onset < start + bar:
                sounding.append((onset, end, max(pitch.midi for pitch in element.pitches), tied))
        before_whole = number + 1 < len(measures) and lengths[number + 1] >= NEARLY_A_BAR * bar
        if number > 0 and is_whole and before_whole:
            crooked += lengths[number] != bar
            start += bar
        else:
            start += lengths[number]
    if crooked > max(2.0, MOST_CROOKED_BARS * len(measures)):
        raise Unusable("irregular bars")
    return _single_line(sounding)


def _single_line(sounding: list[tuple[float, float, int, bool]]) -> list[Note]:
    """Notes (onset, end, pitch, tied to the one before), in steps and fractions, as one line on the grid."""
    notes: list[Note] = []
    off_grid = 0
    for onset, end, pitch, tied in sorted(sounding, key=lambda item: (item[0], -item[2])):
        first, last = round(onset), round(end)
        off_grid += abs(onset - first) > 0.01
        previous = notes[-1] if notes else None
        if previous and tied and previous.pitch == pitch and previous.end == first:
            notes[-1] = Note(previous.onset, last - previous.onset, pitch)
            continue
        if previous and first <= previous.onset:
            continue
        if previous and previous.end > first:
            notes[-1] = Note(previous.onset, first - previous.onset, previous.pitch)
        notes.append(Note(first, max(1, last - first), pitch))
    if off_grid > MOST_OFF_GRID * len(sounding):
        raise Unusable("off the grid of sixteenths")
    return notes


def _without_empty_bars(notes: list[Note], metre: Metre) -> list[Note]:
    """The notes with those bars taken out in which nothing sounds: the interludes of the accompaniment."""
    bar = metre.steps_per_bar
    sounding = {step // bar for note in notes for step in range(note.onset, note.end)}
    place = {number: index for index, number in enumerate(sorted(sounding))}
    return [
        Note(note.onset - (note.onset // bar - place[note.onset // bar]) * bar, note.duration, note.pitch)
        for note in notes
    ]


def _key(signature: music21.key.KeySignature | None, notes: list[Note], mode_is_stated: bool) -> tuple[int, Mode]:
    if mode_is_stated and isinstance(signature, music21.key.Key):
        return signature.tonic.pitchClass, Mode.MINOR if signature.mode in _MINOR_MODES else Mode.MAJOR
    return fitted_key(notes, None if signature is None else signature.sharps)
