"""A track along a mood timeline: sections of a mood each on one theme, joined without a seam."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from generator.arranging.arrange import arranged
from generator.arranging.energy import energy_at
from generator.compose import ComposedTrack, facts_of_sound
from generator.composing.composer import NO_EARLIER_TRACKS, Composer
from generator.composing.earlier import EarlierTracks
from generator.composing.editing import Edit, plan_anew, plan_edit
from generator.composing.report import Originality
from generator.frames import best_frame
from generator.melody.melody import Key, Melody, Note
from generator.melody.metre import METRES
from generator.mood import Mood
from generator.rendering.midi import score_to_midi
from generator.request import SHORTEST_SECONDS, BadRequest, Ending, Request
from generator.score import Part, PlayedNote, Score
from generator.styles import style_of
from generator.targets import targets_name
from generator.timing import TempoMap


@dataclass(frozen=True)
class Section:
    """A stretch of a piece: its mood, how strong that is, 0..1, and how long it lasts, SHORTEST_SECONDS or more."""

    mood: Mood
    intensity: float
    seconds: float


def compose_suite(
    request: Request,
    sections: Sequence[Section],
    composer: Composer,
    progress: Callable[[float], None] = lambda share: None,
    earlier: EarlierTracks = NO_EARLIER_TRACKS,
) -> ComposedTrack:
    """One track of two sections or more; the request has everything that holds for all of it.

    The first section has a theme of its own and each later one takes it up in its own mode, tempo and character. All
    are in one metre, on one tonic and in one style; every section begins at its second to the bar.

    Args:
        request: its mood and intensity are those of the whole, which name the track and choose the style.
        sections: in order; together as long as the request.

    Raises:
        BadRequest: the sections are too few, too short or not as long as the request, or a hit cannot be met.
        NothingComposed, HabitsRefused, TargetsRefused: see compose_track.
    """
    _check(request, sections)
    chance = random.Random(f"suite {request.seed} {request.mood.name}")
    metre = METRES[request.metre or chance.choice(request.mood.metres)]
    starts = [0.0, *accumulate(section.seconds for section in sections)]
    style = style_of(request.mood, request.style)
    title = f"{request.mood.name.capitalize()} in "
    scores: list[Score] = []
    key = request.key
    for number, section in enumerate(sections):
        wish = _wish(request, sections, number, starts)
        wish = replace(wish, metre=metre.name, key=Key(key.tonic, section.mood.mode) if key else None)

        def told(share: float, number: int = number) -> None:
            progress((number + share) / len(sections))

        if scores and (theme := scores[0].melody):
            frame, _ = best_frame(wish, metre, 0)
            edit = Edit.vary(theme, 1.0, wish.seed, bars=frame.bars)
            plan, fixed = plan_edit(replace(wish, tempo=frame.tempo), edit)
        else:
            plan, fixed = plan_anew(wish)
        melody = composer.compose(plan, fixed, told, earlier).melody
        key = key or Key(melody.tonic, melody.mode)
        instrument = scores[0].parts[0].name if scores else ""
        scores.append(arranged(melody, plan, style, title, instrument))
    whole = _joined(scores, starts, request)
    assert whole.melody is not None
    facts = {
        **facts_of_sound(whole, request),
        "sections": [
            {
                "start": round(start, 3),
                "end": round(start + section.seconds, 3),
                "mood": section.mood.spelling,
                "intensity": section.intensity,
                "key": score.key,
                "tempo": round(score.tempo, 3),
            }
            for section, score, start in zip(sections, scores, starts, strict=False)
        ],
        "checkpoint": composer.checkpoint.identity,
        "targets": targets_name(),
        "candidates": request.candidates,
        "originality": Originality(composer.index, earlier).facts(whole.melody),
    }
    return ComposedTrack(whole.title, whole.melody, score_to_midi(whole), facts)


def _check(request: Request, sections: Sequence[Section]) -> None:
    if len(sections) < 2:
        raise BadRequest("a suite has two sections or more; one mood alone is a track")
    if shortest := next((section for section in sections if section.seconds < SHORTEST_SECONDS), None):
        raise BadRequest(f"a section lasts {SHORTEST_SECONDS:g} seconds or more, not {shortest.seconds:g}")
    together = sum(section.seconds for section in sections)
    if abs(together - request.seconds) > 1e-3:
        raise BadRequest(f"the sections last {together:g} seconds together, and the track {request.seconds:g}")


def _wish(request: Request, sections: Sequence[Section], number: int, starts: Sequence[float]) -> Request:
    """The request for one section: what holds for the whole, cut to its own seconds."""
    section, start = sections[number], starts[number]
    last = number == len(sections) - 1
    return replace(
        request,
        mood=section.mood,
        intensity=section.intensity,
        seconds=section.seconds,
        curve=_cut(request.curve, start, start + section.seconds),
        hits=tuple(hit - start for hit in request.hits if start <= hit < start + section.seconds),
        ending=request.ending if last else Ending.LOOP,
    )


def _cut(curve: Sequence[tuple[float, float]], start: float, end: float) -> tuple[tuple[float, float], ...]:
    """The part of a curve between two seconds, counted from the first of them."""
    if not curve:
        return ()
    inner = [(second - start, energy) for second, energy in curve if start < second < end]
    return ((0.0, energy_at(curve, start)), *inner, (end - start, energy_at(curve, end)))


def _joined(scores: Sequence[Score], starts: Sequence[float], request: Request) -> Score:
    """The scores one after the other, each part under its own name all through."""
    first, last = scores[0], scores[-1]
    melodies = [score.melody for score in scores if score.melody]
    offsets = list(accumulate((melody.steps for melody in melodies), initial=0))
    key = Key(melodies[0].tonic, request.mood.mode)
    melody = Melody(
        tuple(
            Note(note.onset + offset, note.duration, note.pitch)
            for melody, offset in zip(melodies, offsets, strict=False)
            for note in melody.notes
        ),
        first.metre,
        key.tonic,
        key.mode,
        offsets[-1],
    )
    anchors = {
        step + offset: second + start
        for score, offset, start in zip(scores, offsets, starts, strict=False)
        for step, second in score.timing.tempo_map.anchors
    }
    return Score(
        title=f"{request.mood.name.capitalize()} in {key.name}",
        parts=_parts(scores, starts),
        timing=replace(first.timing, tempo_map=TempoMap(tuple(anchors.items()))),
        metre=first.metre,
        key=key.name,
        seconds=request.seconds,
        melody=melody,
        chords=tuple(
            replace(chord, onset=chord.onset + offset)
            for score, offset in zip(scores, offsets, strict=False)
            for chord in score.chords
        ),
        hits=request.hits,
        ending=last.ending,
    )


def _parts(scores: Sequence[Score], starts: Sequence[float]) -> tuple[Part, ...]:
    parts: dict[str, Part] = {}
    for score, start in zip(scores, starts, strict=False):
        for part in score.parts:
            so_far = parts.get(part.name, replace(part, notes=()))
            notes = tuple(replace(note, start=note.start + start, end=note.end + start) for note in part.notes)
            pedal_from = None if part.pedal_from is None else part.pedal_from + start
            parts[part.name] = replace(so_far, notes=so_far.notes + notes, pedal_from=pedal_from)
    return tuple(replace(part, notes=_apart(part.notes)) for part in parts.values())


def _apart(notes: Sequence[PlayedNote]) -> tuple[PlayedNote, ...]:
    """The notes, each ended before its pitch sounds again, as those on both sides of a seam may not be."""
    following: dict[int, float] = {}
    apart = []
    for note in sorted(notes, key=lambda note: note.start, reverse=True):
        apart.append(replace(note, end=min(note.end, following.get(note.pitch, note.end))))
        following[note.pitch] = note.start
    return tuple(reversed(apart))
