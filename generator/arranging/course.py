"""What is known to everyone who plays beneath a melody: the piece bar by bar, and one's own place in it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from generator.chords import Chord
from generator.melody.melody import Melody
from generator.players import Player

PHRASE_BARS = 4
BUSY = 0.5
"""Onsets of the melody a step, from which a bar is so busy that what lies beneath it thins out."""
EARLIER, LATER = -0.15, 0.15
"""By how much of the energy the seed lets a player enter before or after the style's own place."""


@dataclass(frozen=True)
class Stroke:
    """A note of an accompaniment: `onset` and `duration` in steps, `weight` in MIDI velocity beside the player's."""

    onset: int
    duration: float
    pitch: int
    weight: int = 0


@dataclass(frozen=True)
class Course:
    """What a piece does bar by bar.

    Attributes:
        energies: of each bar, 0..1.
        hits: numbers of the bars that everyone begins with an accent.
        closes: whether the last bar is an end; otherwise it is played like any other.
    """

    energies: Sequence[float]
    hits: frozenset[int] = frozenset()
    closes: bool = True


class Place:
    """One player in the piece: which ladder it climbs, when it plays, and how busily."""

    def __init__(
        self, melody: Melody, chords: Sequence[Chord], player: Player, course: Course, chance: random.Random
    ) -> None:
        self.melody, self.harmony, self.player, self.course, self.chance = melody, chords, player, course, chance
        self.bar_steps = melody.metre.steps_per_bar
        self.first_bar = first_whole_bar(melody)
        self.closing_bar = melody.bars - 1 if course.closes else None
        self.ladder = chance.choice(player.ladders)
        self.enters = max(0.0, player.enters + chance.uniform(EARLIER, LATER)) if player.enters else 0.0
        self.first_in_phrase = [chance.random() for _ in range(melody.bars)]

    @property
    def bars(self) -> list[int]:
        """The numbers of the bars in which it plays."""
        energies = self.course.energies
        return [bar for bar in range(self.first_bar, self.melody.bars) if energies[bar] >= self.enters]

    def phrase(self, bar: int) -> int:
        """The number of the phrase that a bar belongs to; a pick-up belongs to the first."""
        return (bar - self.first_bar) // PHRASE_BARS

    def ends_phrase(self, bar: int) -> bool:
        return (bar - self.first_bar) % PHRASE_BARS == PHRASE_BARS - 1

    def figure(self, bar: int) -> str:
        """The name of its figure there: the busier, the more energy there is and the less the melody moves."""
        share = (self.course.energies[bar] - self.enters) / max(1e-9, 1 - self.enters)
        level = int(share * len(self.ladder) + self.first_in_phrase[self.phrase(bar)] - 0.5)
        level = max(0, min(level, len(self.ladder) - 1))
        start = bar * self.bar_steps
        onsets = sum(start <= note.onset < start + self.bar_steps for note in self.melody.notes)
        return self.ladder[level - 1 if level > 1 and onsets / self.bar_steps > BUSY else level]

    def chord_at(self, step: int) -> int:
        """The number of the chord that sounds at a step."""
        return next(number for number, chord in enumerate(self.harmony) if chord.onset <= step < chord.end)


def first_whole_bar(melody: Melody) -> int:
    """The number of the first bar after a pick-up, 0 if there is none."""
    return 1 if melody.notes[0].onset else 0
