"""What a style is made of: players, each with an instrument, a range and ways to play."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an instrument does."""

    CHORDS = "chords"
    BASS = "bass"
    DRUMS = "drums"


@dataclass(frozen=True)
class Player:
    """An accompanying instrument.

    Attributes:
        name: of the instrument.
        program: 0..127; of drums the kit.
        role: what it does.
        ladders: ways to play, one of which the seed chooses: names of figures or drum beats, from calm to busy.
        low, high: its range, both ends included.
        voices: of its chords.
        level: MIDI velocity beside the melody's.
        enters: the energy, 0..1, from which it plays.
        pan: 0 left, 64 middle, 127 right.
        reverb, chorus: sends, 0..127.
        kit: of drums, the name of what they end phrases and pieces with.
    """

    name: str
    program: int
    role: Role
    ladders: tuple[tuple[str, ...], ...]
    low: int
    high: int
    voices: int = 3
    level: int = -16
    enters: float = 0.0
    pan: int = 64
    reverb: int = 50
    chorus: int = 0
    kit: str = "band"


@dataclass(frozen=True)
class Style:
    """A style.

    Attributes:
        name: the word that the user picks.
        sentence: what it is like, for the page.
        melody: programs that may play the melody; empty leaves it to the mood.
        players: who accompanies.
        reverb: how much of the melody is sent there, 0..127.
        swing: 0 even to 1 triplets: how late the second eighth of a beat comes.
        steady: whether its beat holds to the last bar, and does not slow down there.
    """

    name: str
    sentence: str
    melody: tuple[int, ...]
    players: tuple[Player, ...] = ()
    reverb: int = 50
    swing: float = 0.0
    steady: bool = False


def _ladders(words: str) -> tuple[tuple[str, ...], ...]:
    """Ladders that are written "held, waves / held, rolling"."""
    return tuple(tuple(ladder.split(", ")) for ladder in words.split(" / "))


def chords(name: str, program: int, ladders: str, low: int, high: int, **more: int | float) -> Player:
    """A player of chords; `ladders` as in "held, waves / held, rolling"."""
    return Player(name, program, Role.CHORDS, _ladders(ladders), low, high, **more)  # type: ignore[arg-type]


def bass(name: str, program: int, ladders: str, low: int, high: int, **more: int | float) -> Player:
    """A player of the bass; `ladders` as above."""
    return Player(name, program, Role.BASS, _ladders(ladders), low, high, **more)  # type: ignore[arg-type]


def drums(name: str, number: int, ladders: str, **more: int | float | str) -> Player:
    """Drums of the kit with that `number`; `ladders` name beats."""
    return Player(name, number, Role.DRUMS, _ladders(ladders), 35, 81, **more)  # type: ignore[arg-type]
