"""Pieces as batches of tensors, split by a hash so that a tune never changes sides."""

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor

from generator.melody.attributes import AttributeScale
from generator.melody.events import melody_to_events
from generator.melody.form import Form, form_of
from generator.melody.melody import Melody, Mode
from generator.melody.metre import METRE_NAMES
from generator.networks.context import NOTHING, UNTOLD, Conditions
from generator.training.corpora import Corpus, CorpusPiece

Part = Literal["train", "validation", "test"]
PERCENT_VALIDATION = 5
PERCENT_TEST = 5
SHARE_UNTOLD = 0.2
SHARE_OF_WHOLE_FORMS = 0.5
SHARE_OF_PART_FORMS = 0.4
"""Of the melodies whose form is not told whole, those that are told a part of it."""


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

    def rows(self, rows: Tensor, there: Tensor) -> "Batch":
        """Some of the melodies; those that are not `there` have no step inside."""
        return Batch(
            self.events[rows], self.inside[rows] & there.unsqueeze(1), self.conditions.each(lambda part: part[rows])
        )

    def to(self, device: torch.device) -> "Batch":
        """The same on another device."""
        return Batch(
            self.events.to(device), self.inside.to(device), self.conditions.each(lambda part: part.to(device))
        )


def part_of(entry: CorpusPiece) -> Part:
    """The part of the split that a piece stands in for ever, with all its variants."""
    place = int.from_bytes(hashlib.sha256(entry.group.encode()).digest()[:4]) % 100
    if place < PERCENT_TEST:
        return "test"
    return "validation" if place < PERCENT_TEST + PERCENT_VALIDATION else "train"


def melodies_of(corpus: Corpus, part: Part) -> list[Melody]:
    """The melodies of one part, in the corpus's order."""
    return [entry.piece.melody for entry in corpus.pieces if part_of(entry) == part]


@dataclass(frozen=True)
class Example:
    """A melody as it is learned from.

    Attributes:
        melody: in the common tonic.
        events: (steps,) its events.
        standing: (K,) where its attributes stand in the training part, -1..1.
        form: which earlier bar each bar takes up.
    """

    melody: Melody
    events: Tensor
    standing: Tensor
    form: Form


def examples_of(melodies: Iterable[Melody], scale: AttributeScale) -> list[Example]:
    """Every melody with all that can be told of it."""
    return [
        Example(
            melody,
            torch.from_numpy(melody_to_events(melody)),
            torch.tensor(list(scale.place(melody).values())),
            form_of(melody),
        )
        for melody in melodies
    ]


def batches(examples: list[Example], size: int, shuffle: random.Random | None = None) -> Iterator[Batch]:
    """All examples once, those of like length together, in random order with `shuffle`."""
    order = list(range(len(examples)))
    if shuffle:
        shuffle.shuffle(order)
    order.sort(key=lambda index: examples[index].melody.steps)
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(groups)
    for group in groups:
        yield _batch([examples[index] for index in group])


def conditions_of(examples: list[Example]) -> Conditions:
    """What a request would have to be for each melody to be the answer, all of it told."""
    melodies = [example.melody for example in examples]
    standing = torch.stack([example.standing for example in examples])
    form = torch.full((2, len(examples), max(melody.bars for melody in melodies)), NOTHING)
    for row, example in enumerate(examples):
        for bar, echo in enumerate(example.form):
            form[0, row, bar] = echo.likeness
            form[1, row, bar] = NOTHING if echo.model is None else echo.model
    return Conditions(
        metre=torch.tensor([METRE_NAMES.index(melody.metre.name) for melody in melodies]),
        minor=torch.tensor([float(melody.mode is Mode.MINOR) for melody in melodies]),
        bars=torch.tensor([melody.bars for melody in melodies]),
        attributes=standing,
        told=torch.ones_like(standing),
        likeness=form[0],
        model=form[1],
    )


def partly_told(conditions: Conditions) -> Conditions:
    """The conditions with a random part of them withheld, so that the network learns to honour any subset.

    A fifth of the melodies goes with nothing told. Of the others a random share of the attributes is told,
    of some none, of some all; the form is told to half of them whole, to a fifth bar by bar at random.
    """
    count, attributes = conditions.told.shape
    any_told = torch.rand(count, 1) >= SHARE_UNTOLD
    share = (1.4 * torch.rand(count, 1) - 0.2).clamp(0, 1)
    told = (any_told & (torch.rand(count, attributes) < share)).float()
    whole, some = torch.rand(count, 1) < SHARE_OF_WHOLE_FORMS, torch.rand(count, 1) < SHARE_OF_PART_FORMS
    shown = any_told & (whole | (some & (torch.rand(conditions.model.shape) < torch.rand(count, 1))))
    return replace(
        conditions,
        attributes=conditions.attributes * told,
        told=told,
        likeness=torch.where(shown, conditions.likeness, UNTOLD),
        model=torch.where(shown, conditions.model, NOTHING),
    )


def _batch(examples: list[Example]) -> Batch:
    longest = max(example.melody.steps for example in examples)
    events = torch.zeros(len(examples), longest, dtype=torch.int64)
    inside = torch.zeros(len(examples), longest, dtype=torch.bool)
    for row, example in enumerate(examples):
        events[row, : example.melody.steps] = example.events
        inside[row, : example.melody.steps] = True
    return Batch(events, inside, conditions_of(examples))
