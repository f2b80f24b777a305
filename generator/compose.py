"""The whole road of a track: request -> plan -> melody -> score -> MIDI, then audio."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.arranging.performance import perform_solo
from generator.composing.composer import Composer
from generator.plan import make_plan
from generator.rendering.midi import score_to_midi
from generator.request import Request


@dataclass(frozen=True)
class ComposedTrack:
    """A piece in symbols: its name, its MIDI file and the facts that its provenance rests on."""

    title: str
    midi: bytes
    facts: dict[str, Any]


def compose_track(
    request: Request, composer: Composer, progress: Callable[[float], None] = lambda share: None
) -> ComposedTrack:
    """Compose a request; the same request, seed, checkpoint and versions give the same MIDI bytes.

    `progress` is told the share that is done, 0..1, and may raise to stop.

    Raises:
        NothingComposed: the checkpoint is no composer.
    """
    plan = make_plan(request)
    composed = composer.compose(plan, progress)
    title = f"{request.mood.name.capitalize()} in {composed.melody.key_name}"
    score = perform_solo(composed.melody, plan, title)
    valence, arousal = request.mood.point(request.intensity)
    facts = {
        "mood": request.mood.name,
        "valence": round(valence, 4),
        "arousal": round(arousal, 4),
        "intensity": request.intensity,
        "seconds_asked": request.seconds,
        "seed": request.seed,
        "tempo": round(score.tempo, 3),
        "key": composed.melody.key_name,
        "metre": plan.metre.name,
        "bars": plan.bars,
        "notes": len(composed.melody.notes),
        "instrument": score.parts[0].name,
        "checkpoint": composed.checkpoint,
        "copied_runs": composed.copied_runs,
    }
    return ComposedTrack(title, score_to_midi(score), facts)
