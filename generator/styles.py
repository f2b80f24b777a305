"""The styles: who plays, in which range and in which figures. Descriptions alone; `accompaniment` plays them.

Ranges are those in which the real instruments sound well (MIDI numbers, 60 is middle C); programs are General MIDI's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from generator.mood import Mood


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
        figures: names of its figures or drum beats, from calm to busy.
        low, high: its range, both ends included.
        voices: of its chords.
        level: MIDI velocity beside the melody's.
        enters: the energy, 0..1, from which it plays.
        pan: 0 left, 64 middle, 127 right.
        reverb, chorus: sends, 0..127.
    """

    name: str
    program: int
    role: Role
    figures: tuple[str, ...]
    low: int
    high: int
    voices: int = 3
    level: int = -16
    enters: float = 0.0
    pan: int = 64
    reverb: int = 50
    chorus: int = 0


@dataclass(frozen=True)
class Style:
    """A style.

    Attributes:
        name: the word that the user picks.
        sentence: what it is like, for the page.
        melody: programs that may play the melody; empty leaves it to the mood.
        players: who accompanies.
        swing: 0 even to 1 triplets: how late the second eighth of a beat comes.
        steady: whether its beat holds to the last bar, and does not slow down there.
    """

    name: str
    sentence: str
    melody: tuple[int, ...]
    players: tuple[Player, ...] = ()
    swing: float = 0.0
    steady: bool = False


def _chords(name: str, program: int, figures: str, low: int, high: int, **more: int | float) -> Player:
    return Player(name, program, Role.CHORDS, tuple(figures.split(", ")), low, high, **more)  # type: ignore[arg-type]


def _bass(name: str, program: int, figures: str, low: int, high: int, **more: int | float) -> Player:
    return Player(name, program, Role.BASS, tuple(figures.split(", ")), low, high, **more)  # type: ignore[arg-type]


def _drums(name: str, kit: int, beats: str, **more: int | float) -> Player:
    return Player(name, kit, Role.DRUMS, tuple(beats.split(", ")), 35, 81, **more)  # type: ignore[arg-type]


STYLES: Mapping[str, Style] = MappingProxyType({
    style.name: style
    for style in (
        Style("solo", "The melody alone.", ()),
        Style(
            "piano", "Two hands at one piano.", (0,),
            (
                _chords("Piano, left hand", 0, "held, alberti, wave, rising", 45, 67, level=-20),
                _bass("Piano, bass", 0, "held, halves", 31, 48, level=-18, enters=0.3),
            ),
        ),
        Style(
            "acoustic", "Guitars, a bass and brushes around a table.", (25, 73, 24),
            (
                _chords("Nylon guitar, chords", 24, "held, fingered, strummed", 45, 69, voices=4, pan=44, level=-18),
                _chords("Steel guitar, chords", 25, "held, strummed", 48, 72, voices=4, pan=84, level=-24, enters=0.6),
                _bass("Acoustic bass", 32, "held, halves, syncopated", 28, 50, level=-10, enters=0.25, reverb=20),
                _drums("Light percussion", 0, "shaker, brushes", level=-26, enters=0.5, reverb=30),
            ),
        ),
        Style(
            "strings", "A string quartet that has grown.", (40, 42, 73),
            (
                _chords("Strings", 48, "held, halves, repeated", 52, 76, voices=4, level=-22, pan=52, reverb=70),
                _chords("Pizzicato strings", 45, "offbeats, rising", 55, 79, level=-20, enters=0.55, pan=84),
                _bass("Cellos", 42, "held, halves, beats", 36, 55, level=-16, enters=0.2, pan=74, reverb=70),
            ),
        ),
        Style(
            "cinematic", "Strings, brass and timpani, from a whisper to a blaze.", (60, 48, 40),
            (
                _chords("Slow strings", 49, "held, halves", 50, 76, voices=4, level=-20, reverb=80, pan=50),
                _chords("French horns", 60, "held, halves", 48, 67, level=-22, enters=0.55, pan=40, reverb=80),
                _chords("Spiccato strings", 48, "repeated, racing", 55, 76, level=-26, enters=0.65, pan=82, reverb=60),
                _bass("Low strings", 43, "held, halves, eighths", 28, 48, level=-12, enters=0.15, pan=74, reverb=70),
                _drums("Timpani and cymbals", 48, "swells, timpani", level=-14, enters=0.6, reverb=80),
            ),
        ),
        Style(
            "ambient", "Pads and bells in a wide room.", (11, 88, 8),
            (
                _chords("Warm pad", 89, "held", 48, 74, voices=4, level=-26, reverb=100, chorus=40, pan=54),
                _chords("Glass bells", 98, "bell, wave", 67, 91, level=-34, enters=0.45, reverb=110, pan=90),
                _bass("Soft bass", 39, "held", 31, 50, level=-22, enters=0.3, reverb=60),
            ),
        ),
        Style(
            "lo-fi", "An electric piano, a lazy beat, a rainy window.", (4, 11, 26),
            (
                _chords("Electric piano, chords", 4, "held, halves, offbeats", 48, 72, voices=4, chorus=60, pan=54),
                _bass("Fingered bass", 33, "held, halves, syncopated", 28, 48, level=-8, enters=0.25, reverb=15),
                _drums("Dusty drums", 0, "lo-fi calm, lo-fi", level=-18, enters=0.4, reverb=30),
            ),
            swing=0.6, steady=True,
        ),
        Style(
            "music box", "A music box and its spring.", (10,),
            (
                _chords("Music box, low tines", 10, "held, rising, wave", 60, 84, level=-22, pan=50, reverb=70),
                _chords("Celesta", 8, "bell, halves", 65, 88, level=-30, enters=0.6, pan=86, reverb=80),
            ),
        ),
        Style(
            "chiptune", "Three square waves and a noise channel.", (80,),
            (
                _chords("Square arpeggio", 80, "rising, rippling", 55, 79, level=-30, pan=84, reverb=10),
                _bass("Triangle bass", 38, "halves, eighths", 31, 52, level=-14, reverb=0),
                _drums("Noise", 25, "chip calm, chip", level=-24, enters=0.3, reverb=0),
            ),
            steady=True,
        ),
        Style(
            "hip-hop beat", "Drums, a deep bass and few keys.", (4, 0, 81),
            (
                _chords("Sparse keys", 0, "held, offbeats", 50, 72, level=-22, enters=0.2, pan=50, reverb=60),
                _bass("Sub-bass", 39, "held, syncopated", 26, 43, level=-4, reverb=0),
                _drums("Beat", 25, "hip-hop calm, hip-hop", level=-10, enters=0.3, reverb=20),
            ),
            swing=0.25, steady=True,
        ),
        Style(
            "folk band", "Fiddle tunes with accordion, guitar and a stamping foot.", (110, 73, 21),
            (
                _chords("Accordion, chords", 21, "held, halves", 52, 74, level=-28, enters=0.4, pan=86),
                _chords("Steel guitar, chords", 25, "oom-pah, strummed", 45, 67, voices=4, level=-18, pan=46),
                _bass("Double bass", 32, "halves, beats, walking", 28, 50, level=-10, enters=0.2, reverb=25),
                _drums("Foot and tambourine", 0, "foot, foot and tambourine", level=-22, enters=0.5, reverb=30),
            ),
        ),
        Style(
            "suspense", "A drone, trembling strings, something below.", (42, 70, 68),
            (
                _chords("Tremolo strings", 44, "held", 52, 76, level=-28, enters=0.3, pan=84, reverb=80),
                _chords("Muted pulse", 45, "offbeats, repeated", 48, 67, level=-26, enters=0.6, pan=44, reverb=60),
                _bass("Drone", 43, "held", 24, 43, level=-14, reverb=90),
                _drums("Low percussion", 48, "heartbeat, heartbeat and toms", level=-18, enters=0.5, reverb=90),
            ),
        ),
    )
})  # fmt: skip
"""Every style by its name, the plainest first."""

STYLE_OF_MOOD: Mapping[str, str] = MappingProxyType({
    "happy": "acoustic", "playful": "folk band", "energetic": "chiptune", "triumphant": "cinematic",
    "hopeful": "piano", "tense": "suspense", "scary": "suspense", "angry": "hip-hop beat",
    "mysterious": "ambient", "sad": "piano", "melancholic": "strings", "lonely": "solo", "peaceful": "acoustic",
    "dreamy": "music box", "romantic": "strings", "nostalgic": "lo-fi",
})  # fmt: skip
"""The style that a mood has unless another is asked for."""


def style_of(mood: Mood, name: str | None = None) -> Style:
    """The style of that name, or the mood's own; a blend has that of the mood it has most of.

    Raises:
        KeyError: there is no style of that name.
    """
    return STYLES[name or STYLE_OF_MOOD[next(iter(mood.shares))]]
