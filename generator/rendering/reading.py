"""A score read back from one of our own MIDI files."""

import io
from collections.abc import Callable

import mido

from generator.chords import Chord, Quality
from generator.melody.melody import Key
from generator.melody.written import melody_of_fields
from generator.rendering.midi import (
    CHORUS_SEND,
    DRUM_CHANNEL,
    PAN,
    PEDAL,
    RESTING,
    REVERB_SEND,
    TICKS_PER_QUARTER,
    TICKS_PER_STEP,
    VOLUME,
)
from generator.rendering.written import NotOurs, read_fields
from generator.request import Ending
from generator.score import Part, PlayedNote, Score
from generator.timing import TempoMap, Timing

_PEDAL_DOWN = 64


def score_of(midi: bytes) -> Score:
    """The score that was written as these bytes; its notes stand on the file's ticks, a millisecond or so apart.

    Raises:
        NotOurs: another program wrote or changed the file.
    """
    fields = read_fields(midi)
    try:
        melody = melody_of_fields(fields)
        file = mido.MidiFile(file=io.BytesIO(midi), charset="utf-8")
        if file.ticks_per_beat != TICKS_PER_QUARTER:
            raise NotOurs("the grid of this MIDI file is not ours")
        frame, *tracks = file.tracks
        end = sum(message.time for message in frame)
        first_step = melody.notes[0].onset
        tempo_map = _tempo_map(frame, first_step, end)

        def second(tick: int) -> float:
            return tempo_map.at(first_step + tick / TICKS_PER_STEP)

        return Score(
            title=frame.name,
            parts=tuple(_part(track, second) for track in tracks),
            timing=Timing(tempo_map, float(fields["swing"]), melody.metre.steps_per_beat),
            metre=melody.metre,
            key=Key(melody.tonic, melody.mode).name,
            seconds=second(end),
            melody=melody,
            chords=tuple(
                Chord(root, Quality(quality), onset, duration, inversion)
                for onset, duration, root, quality, inversion in fields["chords"]
            ),
            hits=tuple(fields["hits"]),
            ending=Ending(fields["ending"]),
        )
    except (KeyError, IndexError, TypeError, ValueError, EOFError, OSError) as fault:
        raise NotOurs("this MIDI file was not written by EmotionMusic, or was changed since") from fault


def _tempo_map(frame: mido.MidiTrack, first_step: int, end: int) -> TempoMap:
    anchors, tick, second, tempo = [(float(first_step), 0.0)], 0, 0.0, 0
    for message in frame:
        tick += message.time
        second += mido.tick2second(message.time, TICKS_PER_QUARTER, tempo)
        if message.type == "set_tempo":
            tempo = message.tempo
        if message.type in ("set_tempo", "end_of_track") and tick:
            anchors.append((first_step + tick / TICKS_PER_STEP, second))
    return TempoMap(tuple(anchors))


def _part(track: mido.MidiTrack, second: Callable[[int], float]) -> Part:
    """The instrument of a track, what was left at rest as it rests."""
    program, controls, pedal_from = 0, dict(RESTING), None
    begun: dict[int, tuple[float, int]] = {}
    notes, tick, channel = [], 0, 0
    for message in track:
        tick += message.time
        match message.type:
            case "program_change":
                program, channel = message.program, message.channel
            case "control_change" if message.control == PEDAL:
                pedal_from = second(tick) if message.value >= _PEDAL_DOWN else pedal_from
            case "control_change" if tick == 0:
                controls[message.control] = message.value
            case "note_on":
                begun[message.note] = (second(tick), message.velocity)
            case "note_off":
                start, velocity = begun.pop(message.note)
                notes.append(PlayedNote(start, second(tick), message.note, velocity))
    return Part(
        name=track.name,
        program=program,
        notes=tuple(sorted(notes, key=lambda note: (note.start, note.pitch))),
        pedal_from=pedal_from,
        volume=controls[VOLUME],
        pan=controls[PAN],
        reverb=controls[REVERB_SEND],
        chorus=controls[CHORUS_SEND],
        drums=channel == DRUM_CHANNEL,
    )
