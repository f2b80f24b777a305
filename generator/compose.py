"""The whole road of a track: request -> plan -> melody -> score -> MIDI, then audio."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.arranging.arrange import arranged
from generator.composing.composer import NO_EARLIER_TRACKS, Composer
from generator.composing.earlier import EarlierTracks
from generator.composing.editing import Edit, edit_facts, plan_anew, plan_edit
from generator.composing.report import Originality
from generator.melody.melody import Melody
from generator.melody.metre import STEPS_PER_QUARTER
from generator.rendering.midi import score_to_midi
from generator.request import Request
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
    title = f"{request.mood.name.capitalize()} in {composed.melody.key_name}"
    style = style_of(request.mood, request.style)
    score = arranged(composed.melody, plan, style, title, edit.instrument if edit else "")
    valence, arousal = request.mood.point(request.intensity)
    facts = {
        "mood": request.mood.spelling,
        "valence": round(valence, 4),
        "arousal": round(arousal, 4),
        "intensity": request.intensity,
        "seconds_asked": request.seconds,
        "seed": request.seed,
        "tempo": round(score.tempo, 3),
        "key": composed.melody.key_name,
        "metre": plan.metre.name,
        "bars": plan.bars - bool(plan.pick_up),
        "pick_up": plan.pick_up / STEPS_PER_QUARTER,
        "notes": len(composed.melody.notes),
        "style": style.name,
        "instrument": score.parts[0].name,
        "parts": [part.name for part in score.parts],
        "chords": [[round(seconds, 3), symbol] for seconds, symbol in score.chord_symbols],
        "checkpoint": composed.checkpoint,
        "targets": targets_name(),
        "candidates": request.candidates,
        "attributes": {name: round((standing + 1) / 2, 3) for name, standing in composed.standing.items()},
        "attributes_asked": {name: round((standing + 1) / 2, 3) for name, standing in plan.asked.items()},
        "originality": Originality(composer.index, earlier).facts(composed.melody),
    }
    if edit:
        facts["edit"] = edit_facts(edit, plan)
    return ComposedTrack(title, composed.melody, score_to_midi(score), facts)
