"""What an accompaniment does, as sets that can be compared: its pattern, its voicing and its texture.

All three leave the melody aside and count voicings from each chord's root, so that two accompaniments are not called
different because other chords stand beneath them; chords of another kind or inversion are voiced differently.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

from generator.chords import Chord
from generator.players import Style
from generator.score import PlayedNote, Score

PHRASE_BARS = 4
ASPECTS = ("pattern", "voicing", "texture")
DIFFERS_FROM = 0.1
"""The distance from which two accompaniments are said to differ."""


@dataclass(frozen=True)
class Accompaniment:
    """The accompanying parts of a score, each by its place in the style.

    Attributes:
        pattern: (part, bar, step of the bar) of every onset; of drums the pitch as well.
        voicing: (part, bar, semitones from the chord's root to the lowest note, the intervals above it) of what each
            part plays of the first chord of a bar.
        texture: (part, phrase of four bars) where a part plays.
    """

    pattern: frozenset[Hashable]
    voicing: frozenset[Hashable]
    texture: frozenset[Hashable]

    @classmethod
    def of(cls, score: Score, style: Style) -> "Accompaniment":
        """Of a score in a style whose chords are known; the first part is the melody."""
        called = places(style)
        pattern: set[Hashable] = set()
        voicing: set[Hashable] = set()
        texture: set[Hashable] = set()
        bar_steps = score.metre.steps_per_bar
        # Phrases are counted from the first whole bar.
        first = -(-score.timing.first_step // bar_steps)
        for part in score.parts[1:]:
            place = called[part.name]
            bars: dict[int, list[tuple[int, PlayedNote]]] = {}
            for note in part.notes:
                bar, step = divmod(round(score.timing.step_at(note.start)), bar_steps)
                pattern.add((place, bar, step, note.pitch if part.drums else None))
                texture.add((place, (bar - first) // PHRASE_BARS))
                bars.setdefault(bar, []).append((step, note))
            if not part.drums:
                for bar, played in bars.items():
                    voicing.add((place, bar, *_voicing(score.chords, bar * bar_steps, played)))
        return cls(frozenset(pattern), frozenset(voicing), frozenset(texture))

    def distances(self, other: "Accompaniment") -> dict[str, float]:
        """By aspect the share of what either has that not both have, 0 alike to 1 nothing in common (Jaccard)."""
        return {field.name: _distance(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)}


def places(style: Style) -> dict[str, str]:
    """Each player's place, such as "chords 2", by its name, so that one style's first bass is another's first bass."""
    seen: Counter[str] = Counter()
    found = {}
    for player in style.players:
        seen[player.role] += 1
        found[player.name] = f"{player.role} {seen[player.role]}"
    return found


def pairwise_distances(accompaniments: Sequence[Accompaniment]) -> list[dict[str, float]]:
    """The distances of every pair."""
    return [one.distances(other) for one, other in combinations(accompaniments, 2)]


def _voicing(
    chords: Sequence[Chord], bar_start: int, played: Sequence[tuple[int, PlayedNote]]
) -> tuple[int, tuple[int, ...]]:
    """The notes of the bar's first chord that sounds, from its root, whether struck together or one by one."""
    first = min(step for step, _ in played)
    chord = next((chord for chord in chords if chord.onset <= bar_start + first < chord.end), None)
    until = chord.end - bar_start if chord else first + 1
    pitches = sorted({note.pitch for step, note in played if step < until})
    root = chord.root if chord else 0
    return (pitches[0] - root) % 12, tuple(pitch - pitches[0] for pitch in pitches[1:])


def _distance(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    either = one | other
    return 1 - len(one & other) / len(either) if either else 0.0
