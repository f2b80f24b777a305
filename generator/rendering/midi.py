"""A score as a MIDI file, the same bytes for the same score."""

import io
import json

import mido

from generator.melody.metre import STEPS_PER_QUARTER
from generator.melody.written import WRITTEN_MARK
from generator.rendering.written import written_fields
from generator.request import Ending
from generator.score import Part, Score

TICKS_PER_QUARTER = 480
TICKS_PER_STEP = TICKS_PER_QUARTER // STEPS_PER_QUARTER
VOLUME = 7
PAN = 10
EXPRESSION = 11
PEDAL = 64
REVERB_SEND = 91
CHORUS_SEND = 93
RESTING = {VOLUME: 100, PAN: 64, CHORUS_SEND: 0}
"""What every instrument takes for granted; only other values are written. A reverb's own varies and is always said."""
DRUM_CHANNEL = 9
MOST_PITCHED_PARTS = 15
PEDAL_RELEASE = 0.05
"""Seconds before the end at which the pedal is lifted."""
FADE_SHARE = 0.25
LONGEST_FADE = 10.0
"""A piece that fades does so over a share of its length, and over so many seconds at most."""
FADE_STEPS = 127
"""Changes of level on the way to silence: each the smallest that MIDI knows."""


class TooManyParts(ValueError):
    """More parts than MIDI has channels for; the message counts them."""


def score_to_midi(score: Score) -> bytes:
    """The file's bytes: a track of tempo, metre, key, title and the written melody, then a track a part.

    A performance shortens notes and lets the last one ring; the melody and the harmony as they are written stand
    beside it, in an event that programs keep to themselves, so that whoever reads the file can go on from it.
    Every track ends at the score's length, so that the file lasts as long as its audio.

    Raises:
        TooManyParts: more than MOST_PITCHED_PARTS pitched parts, or more than one of drums.
    """
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    tempo_map = score.timing.tempo_map

    def ticks(seconds: float) -> int:
        return round((tempo_map.step_at(seconds) - tempo_map.first_step) * TICKS_PER_STEP)

    frame = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=score.title),
            mido.MetaMessage("key_signature", key=_key_signature(score.key)),
        ]
    )
    if score.melody:
        frame.append(mido.MetaMessage("sequencer_specific", data=_written(score)))
    file.tracks.append(_ended(frame, [*_tempi(score), *_time_signatures(score)], ticks(score.seconds)))
    for channel, part in zip(_channels(score.parts), score.parts, strict=True):
        track = mido.MidiTrack(
            [
                mido.MetaMessage("track_name", name=part.name),
                mido.Message("program_change", channel=channel, program=part.program),
                *_mixing(part, channel),
            ]
        )
        messages = [*_messages(part, channel, score.seconds), *_fading(channel, score)]
        events = [(ticks(seconds), message) for seconds, message in messages]
        file.tracks.append(_ended(track, events, ticks(score.seconds)))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _channels(parts: tuple[Part, ...]) -> list[int]:
    """A channel of its own for each part, General MIDI's for drums."""
    drums = sum(part.drums for part in parts)
    if drums > 1 or len(parts) - drums > MOST_PITCHED_PARTS:
        raise TooManyParts(
            f"MIDI has channels for {MOST_PITCHED_PARTS} pitched parts and one of drums, "
            f"not for {len(parts) - drums} and {drums}"
        )
    free = iter(channel for channel in range(MOST_PITCHED_PARTS + 1) if channel != DRUM_CHANNEL)
    return [DRUM_CHANNEL if part.drums else next(free) for part in parts]


def _mixing(part: Part, channel: int) -> list[mido.Message]:
    """Where and how loud the part stands, and how much of it goes to the effects."""
    wanted = {VOLUME: part.volume, PAN: part.pan, REVERB_SEND: part.reverb, CHORUS_SEND: part.chorus}
    return [
        mido.Message("control_change", channel=channel, control=control, value=value)
        for control, value in wanted.items()
        if RESTING.get(control) != value
    ]


def _tempi(score: Score) -> list[tuple[int, mido.MetaMessage]]:
    """Every tempo with the tick from which it holds."""
    first = score.timing.tempo_map.first_step
    return [
        (round((step - first) * TICKS_PER_STEP), mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tempo)))
        for step, tempo in score.timing.tempo_map.tempi
    ]


def _time_signatures(score: Score) -> list[tuple[int, mido.MetaMessage]]:
    """The metre from the first bar line on; a pick-up before it is a short bar of its own."""
    metre = score.metre
    signature = mido.MetaMessage("time_signature", numerator=metre.numerator, denominator=metre.denominator)
    if not score.pick_up_steps:
        return [(0, signature)]
    pick_up = mido.MetaMessage("time_signature", numerator=score.pick_up_steps, denominator=4 * STEPS_PER_QUARTER)
    return [(0, pick_up), (score.pick_up_steps * TICKS_PER_STEP, signature)]


def _messages(part: Part, channel: int, seconds: float) -> list[tuple[float, mido.Message]]:
    messages: list[tuple[float, mido.Message]] = []
    for note in part.notes:
        messages.append(
            (note.start, mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity))
        )
        messages.append((note.end, mido.Message("note_off", channel=channel, note=note.pitch, velocity=64)))
    if part.pedal_from is not None:
        messages.append((part.pedal_from, mido.Message("control_change", channel=channel, control=PEDAL, value=127)))
    # Every part lifts its pedal, so that programs which look for the last event find the asked length.
    lift = mido.Message("control_change", channel=channel, control=PEDAL, value=0)
    messages.append((seconds - PEDAL_RELEASE, lift))
    return messages


def _fading(channel: int, score: Score) -> list[tuple[float, mido.Message]]:
    """The way to silence of a piece that fades; General MIDI hears the square of the value as loudness."""
    if score.ending is not Ending.FADE:
        return []
    fade = min(LONGEST_FADE, FADE_SHARE * score.seconds)
    return [
        (
            score.seconds - fade * (1 - number / FADE_STEPS),
            mido.Message("control_change", channel=channel, control=EXPRESSION, value=FADE_STEPS - number),
        )
        for number in range(1, FADE_STEPS + 1)
    ]


def _ended(track: mido.MidiTrack, events: list[tuple[int, mido.Message]], end: int) -> mido.MidiTrack:
    """The track with `events` (absolute ticks) appended in order, note-offs first, ending at `end`."""
    here = 0
    for tick, message in sorted(events, key=lambda event: (event[0], event[1].type == "note_on")):
        track.append(message.copy(time=max(0, tick - here)))
        here = max(here, tick)
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - here)))
    return track


def _written(score: Score) -> bytes:
    return WRITTEN_MARK + json.dumps(written_fields(score), separators=(",", ":")).encode()


def _key_signature(key: str) -> str:
    tonic, mode = key.split()
    return tonic if mode == "major" else f"{tonic}m"
