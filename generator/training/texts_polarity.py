"""The Bi-LSTM learns from reviews whether they are positive."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from generator.brief.subwords import UNKNOWN
from generator.brief.text_networks import BiLSTM, BiLSTMConfig
from generator.training.texts import NEGATIVE, POSITIVE

LONGEST = 80
"""Sub-words of a review that are learned from."""


@dataclass(frozen=True)
class PolaritySettings:
    """How the Bi-LSTM learns.

    In an epoch come all reviews of the rarer class and as many of the other, drawn anew each time. A unit is taken for
    unknown by the chance `forget`. `smooth` is taken off the certainty of each class.
    """

    epochs: int = 5
    batch: int = 256
    rate: float = 2e-3
    weight_decay: float = 1e-2
    clip: float = 1.0
    forget: float = 0.05
    smooth: float = 0.05
    bfloat16: bool = True
    seed: int = 1


@dataclass(frozen=True)
class Rated:
    """A review's sub-words, and its rating from 1 to 10."""

    units: tuple[int, ...]
    rating: int

    @property
    def positive(self) -> bool:
        return self.rating in POSITIVE


def learn_polarity(
    reviews: Sequence[Rated],
    validation: Sequence[Rated],
    embeddings: Tensor | None,
    config: BiLSTMConfig,
    settings: PolaritySettings,
    progress: Path,
    report: Callable[[str], None],
) -> BiLSTM:
    """The network after the last epoch; with `embeddings` (units, width) it begins with those.

    After each epoch it is measured on `validation`, for the report alone, and everything is kept in `progress`; a
    training broken off goes on from there.

    Raises:
        ValueError: `progress` belongs to a training with other settings.
    """
    torch.manual_seed(settings.seed)
    network = BiLSTM(config)
    if embeddings is not None:
        with torch.no_grad():
            network.embeddings.weight.copy_(embeddings)
    optimizer = torch.optim.AdamW(network.parameters(), settings.rate, weight_decay=settings.weight_decay, fused=True)
    sides = [[review for review in reviews if review.rating in side] for side in (NEGATIVE, POSITIVE)]
    epochs = [_epoch(sides, settings.batch, random.Random(settings.seed * 1000 + n)) for n in range(settings.epochs)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, settings.rate, total_steps=sum(map(len, epochs)) + 1, pct_start=0.1, cycle_momentum=False
    )
    identity = {**asdict(settings), **asdict(config), "reviews": len(reviews), "word2vec": embeddings is not None}
    first = _go_on(progress, identity, network, optimizer, schedule)
    for number, batches in list(enumerate(epochs))[first:]:
        start, total = time.perf_counter(), 0.0
        network.train()
        for batch in batches:
            units = torch.tensor([review.units for review in batch])
            wanted = torch.tensor([float(review.positive) for review in batch])
            lost = torch.rand(units.shape) < settings.forget
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.bfloat16):
                odds = network(units.masked_fill(lost, UNKNOWN)).float()
            loss = binary_cross_entropy_with_logits(odds, wanted * (1 - 2 * settings.smooth) + settings.smooth)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
            optimizer.step()
            schedule.step()
            total += loss.item()
        right = accuracy(odds_of(network, [review.units for review in validation]), validation)
        report(
            f"Bi-LSTM, epoch {number + 1} of {settings.epochs}: {total / len(batches):.4f} nats, "
            f"{right:.2%} right on validation, {time.perf_counter() - start:.0f} s"
        )
        _keep(progress, identity, number + 1, network, optimizer, schedule)
    return network.eval()


def odds_of(network: BiLSTM, texts: Sequence[Sequence[int]], most: int = 256) -> Tensor:
    """The log odds of positive for each text, (texts,), in its order; a text without sub-words is unknown."""
    network.eval()
    result = torch.zeros(len(texts))
    with torch.inference_mode():
        for numbers in _of_one_length([len(text) for text in texts], most):
            result[numbers] = network(torch.tensor([list(texts[n]) or [UNKNOWN] for n in numbers]))
    return result


def accuracy(odds: Tensor, reviews: Sequence[Rated]) -> float:
    """The share of reviews whose class the log odds have right."""
    return float(((odds > 0) == torch.tensor([review.positive for review in reviews])).float().mean())


def _epoch(sides: list[list[Rated]], size: int, chance: random.Random) -> list[list[Rated]]:
    rarer = min(map(len, sides))
    drawn = [review for side in sides for review in chance.sample(side, rarer)]
    chance.shuffle(drawn)
    drawn = [replace(review, units=review.units[:LONGEST] or (UNKNOWN,)) for review in drawn]
    batches = [[drawn[n] for n in some] for some in _of_one_length([len(review.units) for review in drawn], size)]
    chance.shuffle(batches)
    return batches


def _of_one_length(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The numbers of the texts in batches of at most `most`, those of a batch of the same length."""
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for number, length in enumerate(lengths):
        by_length[max(length, 1)].append(number)
    return [some[i : i + most] for some in by_length.values() for i in range(0, len(some), most)]


def _go_on(progress: Path, identity: dict[str, Any], *parts: Any) -> int:
    """Take up what `progress` holds; the number of epochs behind it."""
    if not progress.exists():
        return 0
    kept = torch.load(progress, weights_only=True)
    if kept["identity"] != identity:
        raise ValueError(f"{progress} belongs to another training; move it away to begin anew")
    for part, state in zip(parts, kept["states"], strict=True):
        part.load_state_dict(state)
    torch.set_rng_state(kept["chance"])
    return int(kept["epochs"])


def _keep(progress: Path, identity: dict[str, Any], epochs: int, *parts: Any) -> None:
    progress.parent.mkdir(parents=True, exist_ok=True)
    unfinished = progress.with_suffix(".tmp")
    states = [part.state_dict() for part in parts]
    chance = torch.get_rng_state()
    torch.save({"identity": identity, "epochs": epochs, "states": states, "chance": chance}, unfinished)
    unfinished.replace(progress)
