"""What chords people put under melodies: the probabilities that ship, and the file they are kept in.

A chord stands here as a state: a degree, in semitones above the tonic, and one of the qualities that are learned.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from generator.chords import Quality, steps_per_chord
from generator.melody.melody import Melody, Mode
from generator.melody.metre import METRES, Metre

HABITS_PATH = Path(__file__).parent / "checkpoints" / "harmony.safetensors"
LEARNED_QUALITIES = tuple(quality for quality in Quality if quality not in (Quality.SUSPENDED, Quality.CLUSTER))
STATES = 12 * len(LEARNED_QUALITIES)
MODES = tuple(Mode)
ON_THE_CHANGE, AFTER_IT = 0, 1
"""A note that sounds where a chord may begin, and one that begins later."""
PLACES = tuple(
    (metre.name, place) for metre in METRES.values() for place in range(metre.steps_per_bar // steps_per_chord(metre))
)
"""The places of the bars where the harmony may change: the metre, and which place of its bar."""
ROUNDING = 1e-3
"""By so much the probabilities of a distribution may add up to more or less than 1."""

Floats = npt.NDArray[np.float32]


class HabitsRefused(Exception):
    """The learned harmony cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class ChordHabits:
    """Probabilities for each of the M = 2 modes, in the order of MODES, and each of the S states.

    Attributes:
        common: (M, S) of a chord, wherever it stands.
        moving: (M, S, S) of the next chord after another, given that it is another.
        staying: (M, P, S) that a chord goes on at a place of PLACES.
        sounding: (M, S, 2, 12) of a note of the melody, in semitones above the tonic, given the chord and whether it
            sounds ON_THE_CHANGE or begins AFTER_IT.
        phrase_ends: (M, S) of a chord where a phrase of the melody ends.
        opens: (M, S) of the chord on the first whole bar.
        inversions: (M, S, 4) of the chord's root, third, fifth and seventh in the bass.
    """

    common: Floats
    moving: Floats
    staying: Floats
    sounding: Floats
    phrase_ends: Floats
    opens: Floats
    inversions: Floats


_SHAPES = {
    "common": (len(MODES), STATES),
    "moving": (len(MODES), STATES, STATES),
    "staying": (len(MODES), len(PLACES), STATES),
    "sounding": (len(MODES), STATES, 2, 12),
    "phrase_ends": (len(MODES), STATES),
    "opens": (len(MODES), STATES),
    "inversions": (len(MODES), STATES, 4),
}


def state_of(degree: int, quality: Quality) -> int:
    """The number of a state; the quality must be a learned one."""
    return LEARNED_QUALITIES.index(quality) * 12 + degree


def first_place(metre: Metre) -> int:
    """Where in PLACES the places of a bar of that metre begin."""
    return PLACES.index((metre.name, 0))


def notes_by_chord(melody: Melody) -> Iterator[tuple[int, int, int, float]]:
    """What the melody says of each chord's stretch: its number, role, degree 0..11 and share 0..1 of the stretch.

    A note that sounds through several stretches is told of in each.
    """
    stretch = steps_per_chord(melody.metre)
    for note in melody.notes:
        for number in range(note.onset // stretch, (note.end - 1) // stretch + 1):
            start = number * stretch
            inside = min(note.end, start + stretch) - max(note.onset, start)
            role = ON_THE_CHANGE if note.onset <= start else AFTER_IT
            yield number, role, (note.pitch - melody.tonic) % 12, inside / stretch


def save_habits(habits: ChordHabits, provenance: dict[str, str], path: Path = HABITS_PATH) -> None:
    """Write the habits, with words on where they come from, at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    save_file({field.name: getattr(habits, field.name) for field in fields(habits)}, unfinished, provenance)
    unfinished.replace(path)


@lru_cache(maxsize=4)
def load_habits(path: Path = HABITS_PATH) -> ChordHabits:
    """The habits in `path`, loaded once a process.

    Raises:
        HabitsRefused: it is missing, or broken.
    """
    advice = "learn it anew: python -m generator harmony --learn"
    try:
        with safe_open(path, "numpy") as file:
            tables = {name: np.asarray(file.get_tensor(name), dtype=np.float32) for name in _SHAPES}
    except FileNotFoundError:
        raise HabitsRefused(f"there is no learned harmony at {path.name}; {advice}") from None
    except (OSError, SafetensorError) as fault:
        raise HabitsRefused(f"the learned harmony in {path.name} is broken ({fault}); {advice}") from fault
    for name, table in tables.items():
        if found := _fault(name, table):
            raise HabitsRefused(f"the learned harmony in {path.name} is broken ({found}); {advice}")
    return ChordHabits(**tables)


def provenance_of(path: Path = HABITS_PATH) -> dict[str, str]:
    """What the file says of where its habits come from.

    Raises:
        HabitsRefused: it is missing, or broken.
    """
    load_habits(path)
    with safe_open(path, "numpy") as file:
        return dict(file.metadata() or {})


def _fault(name: str, table: npt.NDArray[Any]) -> str:
    """What is wrong with a table, nothing if it is sound."""
    if table.shape != _SHAPES[name]:
        return f"{name} has the shape {table.shape}, not {_SHAPES[name]}"
    if not (np.isfinite(table).all() and (table >= 0).all() and (table <= 1).all()):
        return f"{name} holds what is no probability"
    if name != "staying" and (abs(table.sum(axis=-1) - 1) > ROUNDING).any():
        return f"the probabilities of {name} do not add up to 1"
    return ""
