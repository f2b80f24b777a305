"""Pieces as batches of tensors, split by a hash so that a tune never changes sides."""

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from generator.melody.emotion import EmotionScale
from generator.melody.events import melody_to_events
from generator.melody.melody import Melody, Mode
from generator.melody.metre import METRE_NAMES
from generator.networks.context import Conditions
from generator.training.corpora import Corpus, CorpusPiece

Part = Literal["train", "validation", "test"]
PERCENT_VALIDATION = 5
PERCENT_TEST = 5


@dataclass(frozen=True)
class Batch:
    """B melodies of at most S steps.

    Attributes:
        events: (B, S) with zeros after a melody's end.
        inside: (B, S) True up to a melody's end.
        conditions: what each melody is.
    """

    events: Tensor
    inside: Tensor
    conditions: Conditions


def part_of(entry: CorpusPiece) -> Part:
    """The part of the split that a piece stands in for ever, with all its variants."""
    place = int.from_bytes(hashlib.sha256(entry.group.encode()).digest()[:4]) % 100
    if place < PERCENT_TEST:
        return "test"
    return "validation" if place < PERCENT_TEST + PERCENT_VALIDATION else "train"


def melodies_of(corpus: Corpus, part: Part) -> list[Melody]:
    """The melodies of one part, in the corpus's order."""
    return [entry.piece.melody for entry in corpus.pieces if part_of(entry) == part]


def intensity_of(valence: float, arousal: float) -> float:
    """How far a point is from neutral, 0 to 1: the larger of its two coordinates."""
    return max(abs(valence), abs(arousal))


def batches(
    melodies: list[Melody], scale: EmotionScale, size: int, shuffle: random.Random | None = None
) -> Iterator[Batch]:
    """All melodies once, those of like length together, in random order with `shuffle`."""
    order = sorted(range(len(melodies)), key=lambda index: melodies[index].steps)
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    for group in groups:
        yield _batch([melodies[index] for index in group], scale)


def conditions_of(melodies: Iterable[Melody], scale: EmotionScale) -> Conditions:
    """What a request would have to be for each melody to be the answer."""
    melodies = list(melodies)
    points = [scale.place(melody) for melody in melodies]
    return Conditions(
        metre=torch.tensor([METRE_NAMES.index(melody.metre.name) for melody in melodies]),
        minor=torch.tensor([float(melody.mode is Mode.MINOR) for melody in melodies]),
        bars=torch.tensor([melody.bars for melody in melodies]),
        emotion=torch.tensor([[valence, arousal, intensity_of(valence, arousal)] for valence, arousal in points]),
        told=torch.ones(len(melodies)),
    )


def _batch(melodies: list[Melody], scale: EmotionScale) -> Batch:
    longest = max(melody.steps for melody in melodies)
    events = torch.zeros(len(melodies), longest, dtype=torch.int64)
    inside = torch.zeros(len(melodies), longest, dtype=torch.bool)
    for row, melody in enumerate(melodies):
        events[row, : melody.steps] = torch.from_numpy(melody_to_events(melody))
        inside[row, : melody.steps] = True
    return Batch(events, inside, conditions_of(melodies, scale))
