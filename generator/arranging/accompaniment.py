"""What the players of a style play beneath a melody, bar by bar, on the grid of sixteenths."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.arranging.beats import CRASH, FILLS, KICK, WEIGHTS, beat_strokes
from generator.arranging.figures import ALL, BASS_FIGURES, FIGURES, Figure, Pulse, strokes
from generator.arranging.voicing import Voicing, voiced
from generator.chords import Chord
from generator.melody.melody import Melody, Note
from generator.styles import Player, Role, Style

PHRASE_BARS = 4
BUSY = 0.5
"""Onsets of the melody a step, from which a bar is so busy that what lies beneath it thins out."""
SHARE_OF_TURNED_FIGURES = 0.3
"""Of the phrases: those in which a figure begins at another of its picks."""
FILL_FROM = 0.5
"""The energy from which drums fill the last beat of a phrase."""
SHARE_OF_FILLS = 0.7
HIT_ACCENT = 14
"""MIDI velocity that everyone adds where a hit is asked for."""
HIGHEST_PITCH = 108


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


def accompany(
    melody: Melody, chords: Sequence[Chord], style: Style, course: Course, chance: random.Random
) -> dict[Player, tuple[Stroke, ...]]:
    """What each player of the style plays; those that never enter are left out.

    Args:
        chords: in order, over the whole melody.
    """
    score = {}
    for player in style.players:
        own = random.Random(chance.random())
        playing = _Playing(melody, chords, player, course, own)
        if found := playing.drums() if player.role is Role.DRUMS else playing.chords():
            score[player] = tuple(sorted(found, key=lambda stroke: (stroke.onset, stroke.pitch)))
    return score


class _Playing:
    """One player with all that is known of the piece."""

    def __init__(
        self, melody: Melody, chords: Sequence[Chord], player: Player, course: Course, chance: random.Random
    ) -> None:
        self.melody, self.harmony, self.player, self.course, self.chance = melody, chords, player, course, chance
        self.energies = course.energies
        self.closing_bar = melody.bars - 1 if course.closes else None
        self.bar_steps = melody.metre.steps_per_bar
        self.first_bar = 1 if melody.notes[0].onset else 0
        self.first_phrase = [chance.random() for _ in range(melody.bars)]

    def chords(self) -> list[Stroke]:
        """Chords or bass: the figures of the bars in which it plays."""
        if self.player.role is Role.BASS:
            voicings, table = self._bass_line(), BASS_FIGURES
        else:
            voicings, table = self._voicings(), FIGURES
        found: list[Stroke] = []
        turn, struck = 0, frozenset[int]()
        for bar in range(self.first_bar, self.melody.bars):
            if (bar - self.first_bar) % PHRASE_BARS == 0:
                turns = self.player.role is Role.CHORDS and self.chance.random() < SHARE_OF_TURNED_FIGURES
                turn = self.chance.randrange(1, 4) if turns else 0
                struck = self._struck(self.energies[bar])
            if not self._plays(bar):
                continue
            figure = table["held" if bar == self.closing_bar else self.player.figures[self._level(bar)]]
            played = self._bar(bar, figure, voicings, turn, struck)
            found += self._accented(bar, played, voicings) if bar in self.course.hits else played
        return found

    def drums(self) -> list[Stroke]:
        """The beats of the bars in which it plays, with fills where phrases end and one last stroke."""
        found: list[Stroke] = []
        metre, beat = self.melody.metre, self.melody.metre.steps_per_beat
        for bar in range(self.first_bar, self.melody.bars):
            if not self._plays(bar):
                continue
            start = bar * self.bar_steps
            if bar == self.closing_bar:
                mark = "X" if bar in self.course.hits else "o"
                found += [Stroke(start, 1, KICK), Stroke(start, 1, CRASH, WEIGHTS[mark])]
                continue
            ends_phrase = (bar - self.first_bar) % PHRASE_BARS == PHRASE_BARS - 1
            fills = ends_phrase and self.energies[bar] >= FILL_FROM and self.chance.random() < SHARE_OF_FILLS
            fills = fills or bar + 1 in self.course.hits
            struck = {(0, KICK), (0, CRASH)} if bar in self.course.hits else set()
            found += [Stroke(start + step, 1, drum, WEIGHTS["X"]) for step, drum in sorted(struck)]
            upto = self.bar_steps - (beat if fills else 0)
            name = self.player.figures[self._level(bar)]
            found += [
                Stroke(start + step, 1, drum, weight)
                for step, drum, weight in beat_strokes(name, metre)
                if step < upto and (step, drum) not in struck
            ]
            if fills:
                fill = self.chance.choice(FILLS)
                found += [
                    Stroke(start + upto + step, 1, drum, WEIGHTS[mark])
                    for drum, line in fill.items()
                    for step, mark in enumerate(line)
                    if mark in WEIGHTS
                ]
        return found

    def _bar(
        self, bar: int, figure: Figure, voicings: Sequence[Voicing], turn: int, struck: frozenset[int]
    ) -> list[Stroke]:
        start = bar * self.bar_steps
        here = [
            number
            for number, span in enumerate(self.harmony)
            if span.onset < start + self.bar_steps and span.end > start
        ]
        changes = tuple(max(0, self.harmony[number].onset - start) for number in here)
        places = strokes(figure.pulse, self.melody.metre, changes, struck)
        found = []
        began, chord_before = 0, -1
        for number, place in enumerate(places):
            at = start + place
            chord = next(number for number in here if self.harmony[number].onset <= at < self.harmony[number].end)
            following = places[number + 1] if number + 1 < len(places) else self.bar_steps
            held = self.harmony[chord].end if figure.pulse is Pulse.CHORD else at + figure.hold * (following - place)
            end = min(held, self.harmony[chord].end, start + self.bar_steps)
            if chord != chord_before:
                began, chord_before = number, chord
            pick = figure.picks[(number - began + turn) % len(figure.picks)]
            for pitch in _picked(voicings[chord], pick):
                found.append(Stroke(at, end - at, pitch))
        return found

    def _accented(self, bar: int, played: Sequence[Stroke], voicings: Sequence[Voicing]) -> list[Stroke]:
        """The bar with an accent on its downbeat, where something is struck even if its figure has nothing there."""
        start = bar * self.bar_steps
        if any(stroke.onset == start for stroke in played):
            return [replace(stroke, weight=HIT_ACCENT * (stroke.onset == start)) for stroke in played]
        chord = next(number for number, span in enumerate(self.harmony) if span.onset <= start < span.end)
        length = min((stroke.onset - start for stroke in played), default=self.bar_steps)
        pitches = voicings[chord][: 1 if self.player.role is Role.BASS else None]
        return [*(Stroke(start, length, pitch, HIT_ACCENT) for pitch in pitches), *played]

    def _plays(self, bar: int) -> bool:
        return self.energies[bar] >= self.player.enters

    def _level(self, bar: int) -> int:
        """Which of its figures it has there: the busier, the more energy there is and the less the melody moves."""
        share = (self.energies[bar] - self.player.enters) / max(1e-9, 1 - self.player.enters)
        phrase = (bar - self.first_bar) // PHRASE_BARS
        level = int(share * len(self.player.figures) + self.first_phrase[phrase] - 0.5)
        start = bar * self.bar_steps
        onsets = sum(start <= note.onset < start + self.bar_steps for note in self.melody.notes)
        level = max(0, min(level, len(self.player.figures) - 1))
        return level - 1 if level > 1 and onsets / self.bar_steps > BUSY else level

    def _struck(self, energy: float) -> frozenset[int]:
        """The eighths between beats that a strum takes in this phrase: the more, the more energy there is."""
        between = [step for step in range(2, self.bar_steps, 2) if step % self.melody.metre.steps_per_beat]
        count = max(1, round(len(between) * (0.3 + 0.5 * energy)))
        return frozenset(self.chance.sample(between, min(count, len(between))))

    def _voicings(self) -> list[Voicing]:
        ceilings = [
            min((note.pitch for note in self.melody.notes if _meet(note, chord)), default=HIGHEST_PITCH)
            for chord in self.harmony
        ]
        player = self.player
        chords = [_by_need(chord) for chord in self.harmony]
        return voiced(chords, player.low, player.high, player.voices, ceilings)

    def _bass_line(self) -> list[Voicing]:
        """For each chord its bass, its fifth, its third, and the step that leads to the next bass."""
        low, high = self.player.low, self.player.high
        here = (low + high) // 2
        basses = []
        for chord in self.harmony:
            here = _nearest(here, _places(chord.bass, low, high))
            basses.append(here)
        line: list[Voicing] = []
        for chord, bass, following in zip(self.harmony, basses, [*basses[1:], basses[-1]], strict=True):
            fifth, third = (self._above(bass, chord, degree) for degree in (2, 1))
            step = -2 if (following - 2 - self.melody.tonic) % 12 in self.melody.mode.scale else -1
            lead = following + step if following + step >= low else following + 2
            line.append((bass, fifth, third, lead))
        return line

    def _above(self, bass: int, chord: Chord, degree: int) -> int:
        """The nearest place above the bass, within the range, of a pitch class of the chord."""
        pitch = bass + (chord.pitch_classes[min(degree, len(chord.pitch_classes) - 1)] - bass) % 12
        return pitch if pitch <= self.player.high else max(pitch - 12, self.player.low)


def _by_need(chord: Chord) -> tuple[int, ...]:
    """The pitch classes, the fifth last: it is the first that a chord of four can do without."""
    root, third, fifth, *rest = chord.pitch_classes
    return (root, third, *rest, fifth)


def _meet(note: Note, chord: Chord) -> bool:
    return note.onset < chord.end and note.end > chord.onset


def _picked(voicing: Voicing, pick: int) -> Voicing:
    """A voice by its number, or all; beyond the highest it goes on an octave higher."""
    if pick == ALL:
        return voicing
    octaves, voice = divmod(pick, len(voicing))
    return (min(HIGHEST_PITCH, voicing[voice] + 12 * octaves),)


def _places(pitch_class: int, low: int, high: int) -> range:
    """The pitches of a class in a range of an octave or more."""
    return range(low + (pitch_class - low) % 12, high + 1, 12)


def _nearest(pitch: int, places: range) -> int:
    return min(places, key=lambda place: (abs(place - pitch), place))
