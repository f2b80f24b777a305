"""The harmony's figures: measured, as a terminal shows them, and as the section of a page."""

import random
import textwrap
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from generator.arranging.colours import AS_LEARNED, colour_of
from generator.arranging.harmony import harmonised
from generator.chords import Harmony, Quality
from generator.evaluating.harmony import (
    Agreement,
    agreement,
    by_beat_of_three,
    by_harmony,
    lead,
    strong_beats,
    tonic_throughout,
)
from generator.melody.melody import Melody
from generator.mood import MOODS
from generator.request import Request
from generator.training.songs import HarmonisedSong

MARK = "harmony"
WIDTH = 120
LEARNED, THREE, TONIC = "learned", "I, IV, V by beat", "tonic throughout"
LEAST_ON_STRONG_BEATS = 0.85
SHOWN_MOODS = ("happy", "peaceful", "sad", "scary")
SEEDS_A_MOOD = 2
SECONDS = 20.0
CANDIDATES = 4
RUNS = 10


@dataclass(frozen=True)
class MeasuredPart:
    """One part of the split: its songs, each way's agreement, by how much what was learned leads the three chords."""

    songs: int
    beats: int
    ways: Mapping[str, Agreement]
    lead: tuple[float, float]
    strong_beats: float


@dataclass(frozen=True)
class MeasuredHarmony:
    """All that is told.

    Attributes:
        learned_from: what the habits say of themselves.
        parts: by the part of the split.
        composed: melodies that were composed to be harmonised, and their moods.
        strong_beats: of them, in the colours of their moods.
        dissonant: by mood, the share of the time in diminished, half-diminished, augmented chords and clusters.
        sevenths: by mood, the share of the time in sevenths other than those.
        milliseconds: of processor time to harmonise three minutes, the median of some runs.
    """

    learned_from: Mapping[str, str]
    parts: Mapping[str, MeasuredPart]
    composed: int
    strong_beats: float
    dissonant: Mapping[str, float]
    sevenths: Mapping[str, float]
    milliseconds: float


def requests() -> list[Request]:
    """The melodies that are composed to be harmonised: two of every mood."""
    return [
        Request.of(mood, 0.8, SECONDS, seed, candidates=CANDIDATES) for mood in MOODS for seed in range(SEEDS_A_MOOD)
    ]


def measure(
    held_out: Mapping[str, Sequence[HarmonisedSong]],
    composed: Sequence[tuple[Request, Melody]],
    learned_from: Mapping[str, str],
) -> MeasuredHarmony:
    """The figures of the harmony that ships, on the songs of some parts and on composed melodies.

    Raises:
        HabitsRefused: what was learned is missing or broken.
    """
    coloured = [(request, melody, _in_its_mood(request, melody)) for request, melody in composed]
    by_mood = {mood: [h for request, _, h in coloured if request.mood.name == mood] for mood in MOODS}
    return MeasuredHarmony(
        learned_from,
        {part: _measure_part(songs) for part, songs in held_out.items()},
        len(composed),
        strong_beats((melody, harmony) for _, melody, harmony in coloured),
        {mood: _share_of_time(found, _is_dissonant) for mood, found in by_mood.items() if found},
        {mood: _share_of_time(found, _is_seventh) for mood, found in by_mood.items() if found},
        _milliseconds(composed[0][1]),
    )


def lines(measured: MeasuredHarmony) -> Iterator[dict[str, Any]]:
    """What a terminal shows."""
    for name, part in measured.parts.items():
        for way, found in part.ways.items():
            yield {
                "part": name, "chords": way, "root": round(found.root, 4), "root_and_triad": round(found.triad, 4),
                "root_and_quality": round(found.quality, 4),
            }  # fmt: skip
        yield {
            "part": name, "songs": part.songs, "beats": part.beats, "lead_in_root": [round(x, 4) for x in part.lead],
            "chord_tones_on_strong_beats": round(part.strong_beats, 4),
        }  # fmt: skip
    yield {
        "composed": measured.composed, "chord_tones_on_strong_beats": round(measured.strong_beats, 4),
        "least": LEAST_ON_STRONG_BEATS, "milliseconds_for_three_minutes": round(measured.milliseconds, 1),
    }  # fmt: skip


def section(measured: MeasuredHarmony) -> str:
    """The section in Markdown."""
    told = measured.learned_from
    songs = " and ".join(f"{part.songs} songs of the {name} part" for name, part in measured.parts.items())
    return "\n\n".join(
        [
            _prose(
                f"Learned from {told.get('songs', '?')} songs ({told.get('chords', '?')} chords); measured on "
                f"{songs}, none of which it learned from. The first part chose its few weights, the last chose "
                "nothing. Shares of the beats that have a chord of the composer's, in bars in which the voice sounds."
            ),
            _table(
                ("part", "chords", "root", "root and triad", "root and quality"),
                [
                    (name, way, f"{found.root:.1%}", f"{found.triad:.1%}", f"{found.quality:.1%}")
                    for name, part in measured.parts.items()
                    for way, found in part.ways.items()
                ],
            ),
            *(
                _prose(
                    f"{name.capitalize()}: {part.beats:,} beats. In the mean over songs what was learned leads I, IV "
                    f"and V in the root by {part.lead[0]:.1%} to {part.lead[1]:.1%} (95 % interval, bootstrap over "
                    f"songs). Of the voice's notes on strong beats its chords hold {part.strong_beats:.1%}."
                )
                for name, part in measured.parts.items()
            ),
            _prose(
                f"Of {measured.composed} composed melodies, two of every mood at intensity 0.8 and in its colours, "
                f"the chords hold {measured.strong_beats:.1%} of the notes on strong beats (aimed at: "
                f"{LEAST_ON_STRONG_BEATS:.0%}). Three minutes are harmonised in {measured.milliseconds:.0f} ms "
                "of the processor."
            ),
            "Share of the time, by mood:",
            _table(
                ("mood", "sevenths", "diminished, augmented, clusters"),
                [
                    (mood, f"{measured.sevenths[mood]:.0%}", f"{measured.dissonant[mood]:.0%}")
                    for mood in measured.dissonant
                ],
            ),
        ]
    )


def _measure_part(songs: Sequence[HarmonisedSong]) -> MeasuredPart:
    guesses = {LEARNED: by_harmony(), THREE: by_beat_of_three, TONIC: tonic_throughout}
    ways = {name: agreement(songs, guess) for name, guess in guesses.items()}
    found = [(song.melody, harmonised(song.melody, AS_LEARNED)) for song in songs]
    return MeasuredPart(len(songs), ways[LEARNED].beats, ways, lead(ways[LEARNED], ways[THREE]), strong_beats(found))


def _in_its_mood(request: Request, melody: Melody) -> Harmony:
    chance = random.Random(f"harmony {request.seed} {request.mood.name}")
    return harmonised(melody, colour_of(request.mood, request.intensity), chance)


def _is_dissonant(quality: Quality) -> bool:
    return quality.triad in (Quality.DIMINISHED, Quality.AUGMENTED, Quality.CLUSTER)


def _is_seventh(quality: Quality) -> bool:
    return len(quality.intervals) == 4 and not _is_dissonant(quality)


def _share_of_time(harmonies: Sequence[Harmony], kind: Any) -> float:
    chords = [chord for harmony in harmonies for chord in harmony.chords]
    return sum(chord.duration for chord in chords if kind(chord.quality)) / sum(chord.duration for chord in chords)


def _milliseconds(melody: Melody) -> float:
    """For three minutes of the melody over and over, at its own pace."""
    times = max(1, round(180 / SECONDS))
    notes = tuple(
        type(note)(note.onset + turn * melody.steps, note.duration, note.pitch)
        for turn in range(times)
        for note in melody.notes
    )
    long = Melody(notes, melody.metre, melody.tonic, melody.mode, times * melody.steps)
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        harmonised(long, AS_LEARNED, random.Random(0))
        taken.append(time.process_time() - start)
    return 1000 * median(taken)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _prose(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)
