"""The styles: who plays, in which range and in which figures. Descriptions alone; `arranging` plays them.

Ranges are those in which the real instruments sound well (MIDI numbers, 60 is middle C); programs are General MIDI's.
"""

from collections.abc import Mapping
from types import MappingProxyType

from generator.mood import Mood
from generator.players import Style, bass, chords, drums

STYLES: Mapping[str, Style] = MappingProxyType({
    style.name: style
    for style in (
        Style("solo", "The melody alone.", ()),
        Style(
            "piano", "Two hands at one piano.", (0,),
            (
                chords(
                    "Piano, left hand", 0,
                    "held, alberti, wave, rising / broken, rolling, fingered, rippling"
                    " / halves, falling, rolling, wave"
                    " / held, waltz, answers, rising / pulses, broken, alberti, wide",
                    45, 67, level=-20,
                ),
                bass(
                    "Piano, bass", 0, "held, halves / held, octaves / held, dotted / halves, beats", 31, 48,
                    level=-18, enters=0.3,
                ),
            ),
        ),
        Style(
            "acoustic", "Guitars, a bass and brushes around a table.", (25, 73, 24),
            (
                chords(
                    "Nylon guitar, chords", 24,
                    "held, fingered, strummed / broken, rolling, strummed / held, falling, answers"
                    " / rising, fingered, wide",
                    45, 69, voices=4, pan=44, level=-18,
                ),
                chords(
                    "Steel guitar, chords", 25,
                    "held, strummed / answers, strummed / pulses, answers",
                    48, 72, voices=4,
                    pan=84, level=-26, enters=0.6,
                ),
                bass(
                    "Acoustic bass", 32,
                    "held, halves, syncopated / held, dotted, beats / halves, beats, walking",
                    28, 50,
                    level=-10, enters=0.25, reverb=20,
                ),
                drums(
                    "Light percussion", 0,
                    "shaker, brushes / brushes / shaker, shaker and stick",
                    level=-26, enters=0.5,
                    reverb=30, kit="brushes",
                ),
            ),
        ),
        Style(
            "strings", "A string quartet that has grown.", (40, 42, 73),
            (
                chords(
                    "Strings", 48,
                    "held, halves, repeated / held, answers, pulses / held, rolling / held, halves, answers",
                    50, 74, voices=4, level=-22, pan=52, reverb=70,
                ),
                chords(
                    "Pizzicato strings", 45,
                    "offbeats, rising / rising, falling / answers, rolling / bell, wave",
                    50, 74,
                    level=-20, enters=0.55, pan=84,
                ),
                bass(
                    "Cellos", 42,
                    "held, halves, beats / held, dotted, walking / held, halves, octaves",
                    36, 52, level=-16,
                    enters=0.2, pan=74, reverb=70,
                ),
            ),
            reverb=70,
        ),
        Style(
            "cinematic", "Strings, brass and timpani, from a whisper to a blaze.", (60, 48, 40),
            (
                chords(
                    "Slow strings", 49, "held, halves / held / held, held, answers", 50, 72, voices=4, level=-20,
                    reverb=80, pan=50,
                ),
                chords(
                    "French horns", 60, "held, halves / pulses, halves / held, answers", 46, 62, voices=2, level=-24,
                    enters=0.55, pan=40, reverb=80,
                ),
                chords(
                    "Spiccato strings", 48, "repeated, racing / rolling, repeated / answers, racing / wave, rippling",
                    55, 76, level=-26, enters=0.65, pan=82, reverb=60,
                ),
                bass(
                    "Low strings", 43, "held, halves, eighths / held, dotted, eighths / held, octaves, beats", 28, 48,
                    level=-12, enters=0.15, pan=74, reverb=70,
                ),
                drums(
                    "Timpani and cymbals", 48,
                    "swells, timpani / timpani calls, timpani / swells, marching",
                    level=-14,
                    enters=0.6, reverb=80, kit="timpani",
                ),
            ),
            reverb=70,
        ),
        Style(
            "ambient", "Pads and bells in a wide room.", (11, 88, 8),
            (
                chords("Warm pad", 89, "held", 50, 74, voices=4, level=-26, reverb=100, chorus=40, pan=54),
                chords(
                    "Glass bells", 98, "bell, wave / bell, falling / broken, bell / bell, rolling", 67, 91, level=-34,
                    enters=0.45, reverb=110, pan=90,
                ),
                bass(
                    "Soft bass", 39, "held / held, halves / halves", 31, 46, level=-22, enters=0.3, reverb=60,
                ),
            ),
            reverb=90,
        ),
        Style(
            "lo-fi", "An electric piano, a lazy beat, a rainy window.", (4, 11, 26),
            (
                chords(
                    "Electric piano, chords", 4,
                    "held, halves, offbeats / held, answers, offbeats / broken, halves, pulses"
                    " / held, rolling, answers",
                    48, 70, voices=4, chorus=60, pan=54,
                ),
                bass(
                    "Fingered bass", 33,
                    "held, halves, syncopated / held, dotted, walking / halves, syncopated, octaves",
                    28, 48, level=-8, enters=0.25, reverb=15,
                ),
                drums(
                    "Dusty drums", 0, "lo-fi calm, lo-fi / lo-fi calm, lo-fi lazy / lo-fi lazy, lo-fi", level=-18,
                    enters=0.4, reverb=30, kit="dusty",
                ),
            ),
            swing=0.6, steady=True,
        ),
        Style(
            "music box", "A music box and its spring.", (10,),
            (
                chords(
                    "Music box, low tines", 10,
                    "held, rising, wave / broken, rolling, wide / bell, falling, rising / halves, waltz, fingered"
                    " / held, answers, rolling",
                    55, 79, level=-24, pan=50, reverb=100,
                ),
                chords(
                    "Celesta", 8, "bell, halves / halves, bell / broken, answers / bell, falling", 60, 84, level=-30,
                    enters=0.5, pan=86, reverb=100,
                ),
            ),
            reverb=110,
        ),
        Style(
            "chiptune", "Three square waves and a noise channel.", (80,),
            (
                chords(
                    "Square arpeggio", 80,
                    "rising, rippling / wave, racing / rolling, rippling / answers, falling, racing",
                    52, 76, level=-30, enters=0.15, pan=84, reverb=10,
                ),
                bass(
                    "Triangle bass", 38,
                    "halves, eighths / octaves, eighths / dotted, octaves / beats, walking",
                    31, 50,
                    level=-14, reverb=0,
                ),
                drums(
                    "Noise", 25,
                    "chip calm, chip / chip calm, chip running / chip running, chip",
                    level=-24, enters=0.4,
                    reverb=0,
                ),
            ),
            reverb=10, steady=True,
        ),
        Style(
            "hip-hop beat", "Drums, a deep bass and few keys.", (4, 0, 81),
            (
                chords(
                    "Sparse keys", 0,
                    "held, offbeats / bell, answers / broken, offbeats / held, pulses",
                    43, 67, level=-22,
                    enters=0.3, pan=50, reverb=60,
                ),
                bass(
                    "Sub-bass", 39, "held, syncopated / held, dotted / halves, syncopated", 26, 43, level=-9,
                    enters=0.15, reverb=0,
                ),
                drums(
                    "Beat", 25, "hip-hop calm, hip-hop / hip-hop calm, hip-hop rolling / hip-hop rolling, hip-hop",
                    level=-10, enters=0.3, reverb=20,
                ),
            ),
            swing=0.25, steady=True,
        ),
        Style(
            "folk band", "Fiddle tunes with accordion, guitar and a stamping foot.", (110, 73, 21),
            (
                chords(
                    "Accordion, chords", 21,
                    "held, halves / held, answers / halves, offbeats",
                    55, 74, voices=2, level=-28,
                    enters=0.4, pan=86,
                ),
                chords(
                    "Steel guitar, chords", 25,
                    "oom-pah, strummed / waltz, strummed / broken, fingered, strummed / pulses, answers",
                    45, 67, voices=4,
                    level=-18, pan=46,
                ),
                bass(
                    "Double bass", 32,
                    "halves, beats, walking / halves, dotted, beats / held, octaves, walking",
                    28, 50,
                    level=-10, enters=0.2, reverb=25,
                ),
                drums(
                    "Foot and tambourine", 0,
                    "foot, foot and tambourine / foot and tambourine / foot, foot and shaker",
                    level=-22, enters=0.5, reverb=30, kit="feet",
                ),
            ),
        ),
        Style(
            "suspense", "A low hum, trembling strings, something below.", (42, 70, 68),
            (
                chords(
                    "Tremolo strings", 44, "held / held, halves", 50, 74, level=-30, enters=0.3, pan=84, reverb=80,
                ),
                chords(
                    "Muted pulse", 45,
                    "offbeats, repeated / bell, offbeats / answers, rolling / pulses, repeated",
                    48, 67,
                    level=-31, enters=0.55, pan=44, reverb=60,
                ),
                bass("Deep strings", 43, "held / held, halves / held, dotted", 24, 43, level=-14, reverb=90),
                drums(
                    "Low percussion", 48,
                    "heartbeat, heartbeat and toms / far strokes, heartbeat / heartbeat, far strokes", level=-18,
                    enters=0.5, reverb=90, kit="timpani",
                ),
            ),
            reverb=70,
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
