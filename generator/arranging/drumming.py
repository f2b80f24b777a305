"""What drums play beneath a melody: beats, fills where phrases end, and the strokes that mark hits and the end."""

from generator.arranging.beats import KITS, ORCHESTRA, WEIGHTS, beat_strokes, tuned
from generator.arranging.course import Place, Stroke

FILL_FROM = 0.5
"""The energy from which drums fill the last beat of a phrase."""
SHARE_OF_FILLS = 0.7


def drummed(place: Place) -> list[Stroke]:
    """The strokes of the bars in which they play."""
    kit, metre = KITS[place.player.kit], place.melody.metre
    found: list[Stroke] = []
    for bar in place.bars:
        start = bar * place.bar_steps
        hit = bar in place.course.hits
        if bar == place.closing_bar:
            found += [Stroke(start, 1, drum, WEIGHTS["X" if hit else mark]) for drum, mark in kit.last.items()]
            continue
        fills = _fills(place, bar)
        upto = place.bar_steps - (metre.steps_per_beat if fills else 0)
        struck = {(0, drum) for drum in kit.hit} if hit else set()
        found += [Stroke(start, 1, drum, WEIGHTS["X"]) for _, drum in sorted(struck)]
        found += [
            Stroke(start + step, 1, drum, weight)
            for step, drum, weight in beat_strokes(place.figure(bar), metre)
            if step < upto and (step, drum) not in struck
        ]
        if fills:
            found += [
                Stroke(start + upto + step, 1, drum, WEIGHTS[mark])
                for drum, line in place.chance.choice(kit.fills).items()
                for step, mark in enumerate(line)
                if mark in WEIGHTS
            ]
    return _tuned(place, found) if place.player.program == ORCHESTRA else found


def _fills(place: Place, bar: int) -> bool:
    """Whether the last beat of a bar is a fill: where phrases end now and then, before hits always."""
    full = place.ends_phrase(bar) and place.course.energies[bar] >= FILL_FROM
    return (full and place.chance.random() < SHARE_OF_FILLS) or bar + 1 in place.course.hits


def _tuned(place: Place, strokes: list[Stroke]) -> list[Stroke]:
    """The strokes with kettledrums on notes of the chord; of two that meet on one drum the stronger is struck."""
    found: dict[tuple[int, int], Stroke] = {}
    for stroke in strokes:
        root, _, fifth, *_ = place.harmony[place.chord_at(stroke.onset)].pitch_classes
        drum = tuned(stroke.pitch, root, fifth)
        same = found.get((stroke.onset, drum))
        if same is None or same.weight < stroke.weight:
            found[stroke.onset, drum] = Stroke(stroke.onset, stroke.duration, drum, stroke.weight)
    return list(found.values())
