"""Which of a file's parts carries the melody."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from generator.curating.midi_reading import MidiSong
from generator.curating.midi_track import MidiNote
from generator.curating.refusal import MidiRefused, Refusal
from generator.melody.metre import STEPS_PER_QUARTER

_DRUMS = 9
"""Channel 10 of General MIDI, counted from 0."""
_PRESENT = 0.25
"""A melody plays in at least this share of the whole notes in which the busiest part plays."""
_ONE_VOICE = 0.9
"""From this share of notes that stand alone on, parts count as equally monophonic."""


@dataclass(frozen=True)
class Part:
    """The notes of one channel of one track, in order of onset; `track` counts from 0."""

    track: int
    name: bytes
    notes: tuple[MidiNote, ...]


def melodic_part(song: MidiSong, fewest_notes: int) -> Part:
    """The most monophonic part of `song` with at least so many notes; of several such, the highest.

    Raises:
        MidiRefused: no part has enough notes; drums are no part.
    """
    parts = _parts(song)
    if not parts:
        has_drums = any(track.notes for track in song.tracks)
        what = "only drums (channel 10)" if has_drums else "no notes"
        raise MidiRefused(Refusal.NO_NOTES, f"The file has {what}. Upload a piece with a melody.")
    enough = [part for part in parts if len(part.notes) >= fewest_notes]
    if not enough:
        most = max(len(part.notes) for part in parts)
        raise MidiRefused(
            Refusal.TOO_FEW_NOTES,
            f"The fullest part of the file has {most} notes; a melody needs at least {fewest_notes}.",
        )
    spans = [len({note.onset // (4 * song.division) for note in part.notes}) for part in enough]
    present = [part for part, span in zip(enough, spans, strict=True) if span >= _PRESENT * max(spans)]
    return max(present, key=lambda part: _melodiousness(part.notes, song.division))


def count_voices(notes: Sequence[MidiNote], division: int) -> tuple[int, float]:
    """How many of `notes` sound at once at most, and the share of them that start while none sounds.

    A note that reaches a little into the next, as legato playing does, counts as ended: by a sixteenth
    or half its own length, whichever is less.
    """
    step = division / STEPS_PER_QUARTER
    sounding: list[float] = []
    most = alone = 0
    for note in notes:
        while sounding and sounding[0] <= note.onset:
            heapq.heappop(sounding)
        alone += not sounding
        heapq.heappush(sounding, note.end - min(step, (note.end - note.onset) / 2))
        most = max(most, len(sounding))
    return most, alone / len(notes)


def _parts(song: MidiSong) -> list[Part]:
    parts = []
    for number, track in enumerate(song.tracks):
        channels: defaultdict[int, list[MidiNote]] = defaultdict(list)
        for note in track.notes:
            channels[note.channel].append(note)
        channels.pop(_DRUMS, None)
        parts += [Part(number, track.name, tuple(notes)) for notes in channels.values()]
    return parts


def _melodiousness(notes: Sequence[MidiNote], division: int) -> tuple[float, float]:
    _, alone = count_voices(notes, division)
    return round(min(alone, _ONE_VOICE), 1), sum(note.pitch for note in notes) / len(notes)
