"""The whole road of a track: request -> plan -> melody -> score -> MIDI, then audio."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.arranging.arrange import arranged
from generator.composing.composer import NO_EARLIER_TRACKS, Composer
from generator.composing.earlier import EarlierTracks
from generator.composing.editing import Edit, edit_facts, plan_anew, plan_arrangement, plan_edit, whole_bars
from generator.composing.report import Originality
from generator.melody.melody import Melody
from generator.melody.metre import STEPS_PER_QUARTER
from generator.plan import MusicPlan
from generator.rendering.midi import score_to_midi
from generator.request import Request
from generator.score import Score
from generator.styles import style_of
from generator.targets import targets_name


@dataclass(frozen=True)
class ComposedTrack:
    """A piece in symbols: its name, its melody, its MIDI file and the facts that its provenance rests on."""

    title: str
    melody: Melody
    midi: bytes
    facts: dict[str, Any]


def compose_track(
    request: Request,
    composer: Composer,
    progress: Callable[[float], None] = lambda share: None,
    earlier: EarlierTracks = NO_EARLIER_TRACKS,
    edit: Edit | None = None,
) -> ComposedTrack:
    """Compose a request; the same request, seed, checkpoint, targets and versions give the same MIDI bytes.

    `progress` is told the share that is done, 0..1, and may raise to stop; `earlier` is what the track must not
    repeat; with `edit` the piece is made from a melody that is there.

    Raises:
        BadRequest: the edit cannot be done; the message says why.
        NothingComposed: the checkpoint is no composer.
        HabitsRefused: what was learned of harmony is missing or broken.
        TargetsRefused: the learned targets are broken.
    """
    plan, fixed = plan_edit(request, edit) if edit else plan_anew(request)
    composed = composer.compose(plan, fixed, progress, earlier)
    score = _arranged(composed.melody, plan, edit.instrument if edit else "")
    facts = {
        **facts_of_sound(score, request),
        "checkpoint": composed.checkpoint,
        "targets": targets_name(),
        "candidates": request.candidates,
        "attributes": {name: round((standing + 1) / 2, 3) for name, standing in composed.standing.items()},
        "attributes_asked": {name: round((standing + 1) / 2, 3) for name, standing in plan.asked.items()},
        "originality": Originality(composer.index, earlier).facts(composed.melody),
    }
    if edit:
        facts["edit"] = edit_facts(edit, plan)
    return ComposedTrack(score.title, composed.melody, score_to_midi(score), facts)


def rearrange_track(melody: Melody, request: Request, instrument: str = "") -> ComposedTrack:
    """The same melody, to the note, arranged as the request has it; the facts are those of the sound alone.

    The melody's own metre, key and bars hold, so the request's tempo gives way until they fill its seconds.
    `instrument` is the name of what played it before, which goes on where it suits the style.

    Raises:
        BadRequest: no bar can begin at one of the hits, or it is to go round in spite of a pick-up.
        HabitsRefused: what was learned of harmony is missing or broken.
    """
    plan = plan_arrangement(request, melody)
    score = _arranged(melody, plan, instrument)
    return ComposedTrack(score.title, melody, score_to_midi(score), facts_of_sound(score, request))


def _arranged(melody: Melody, plan: MusicPlan, instrument: str) -> Score:
    request = plan.request
    title = f"{request.mood.name.capitalize()} in {melody.key_name}"
    return arranged(melody, plan, style_of(request.mood, request.style), title, instrument)


def facts_of_sound(score: Score, request: Request) -> dict[str, Any]:
    """What can be said of a score and of what was asked for it, whoever composed the melody."""
    assert score.melody is not None
    valence, arousal = request.mood.point(request.intensity)
    return {
        "mood": request.mood.spelling,
        "valence": round(valence, 4),
        "arousal": round(arousal, 4),
        "intensity": request.intensity,
        "seconds_asked": request.seconds,
        "seed": request.seed,
        "tempo": round(score.tempo, 3),
        "key": score.key,
        "metre": score.metre.name,
        "bars": whole_bars(score.melody),
        "pick_up": score.pick_up_steps / STEPS_PER_QUARTER,
        "notes": len(score.melody.notes),
        "style": style_of(request.mood, request.style).name,
        "ending": request.ending.value,
        "curve": [list(point) for point in request.curve],
        "hits": list(request.hits),
        "instrument": score.parts[0].name,
        "parts": [part.name for part in score.parts],
        "chords": [[round(seconds, 3), symbol] for seconds, symbol in score.chord_symbols],
    }
