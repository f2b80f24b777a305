"""Embeddings of sub-words from texts without labels: word2vec, CBOW with negative sampling.

Mikolov, Chen, Corrado & Dean, Efficient Estimation of Word Representations in Vector Space (2013), and Mikolov et al.,
Distributed Representations of Words and Phrases and their Compositionality (2013). As there: negatives by counts to
the power of 0.75, frequent units left out at random, windows of random width. Not as there: the negatives of a batch
are shared by all its places, which makes one product of them, and Adam in place of a plain falling rate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from generator.brief.subwords import PADDING


@dataclass(frozen=True)
class Word2VecSettings:
    """Width of the embeddings, reach of the window to each side, and how long it learns."""

    width: int = 128
    window: int = 4
    negatives: int = 256
    epochs: int = 3
    batch: int = 4096
    rate: float = 3e-3
    frequent: float = 1e-4
    seed: int = 1


def learn_embeddings(
    texts: Sequence[Sequence[int]], units: int, settings: Word2VecSettings, report: Callable[[str], None]
) -> Tensor:
    """Embeddings (units, width) of the sub-words in `texts`, scaled to a root mean square of 0.25.

    A unit that never comes keeps its random start; that of the padding is zero.
    """
    random = np.random.default_rng(settings.seed)
    chance = torch.Generator().manual_seed(settings.seed)
    counts = np.bincount(np.concatenate([np.asarray(text, np.int64) for text in texts]), minlength=units)
    keep = np.minimum(1.0, np.sqrt(settings.frequent * counts.sum() / np.maximum(counts, 1)))
    drawn = torch.from_numpy((counts**0.75).astype(np.float32))
    inside = torch.empty(units + 1, settings.width).uniform_(-0.5, 0.5, generator=chance) / settings.width**0.5
    outside = torch.zeros(units + 1, settings.width)
    inside[PADDING] = 0
    inside.requires_grad_()
    outside.requires_grad_()
    optimizer = torch.optim.Adam([inside, outside], lr=settings.rate, fused=True)
    places = max(1, round(sum(keep[np.asarray(text, np.int64)].sum() for text in texts) / settings.batch))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: max(0.05, 1 - step / (places * settings.epochs))
    )
    for epoch in range(settings.epochs):
        line, number = _line(texts, keep, random)
        order = random.permutation(len(line))
        losses = []
        for start in range(0, len(order), settings.batch):
            at = order[start : start + settings.batch]
            around = torch.from_numpy(_around(line, number, at, settings.window, random))  # (B, 2 * window)
            wanted = torch.from_numpy(line[at])  # (B,)
            others = torch.multinomial(drawn, settings.negatives, replacement=True, generator=chance)  # (K,)
            there = (around != PADDING).sum(1, keepdim=True).clamp(min=1)  # (B, 1)
            context = torch.nn.functional.embedding_bag(around, inside, mode="sum", padding_idx=PADDING) / there
            right = (context * outside[wanted]).sum(1)  # (B,)
            wrong = context @ outside[others].T  # (B, K)
            # Each place counts five negatives, as if so many had been drawn for it alone.
            same = wanted.unsqueeze(1) == others
            loss = -logsigmoid(right).mean() - 5 * logsigmoid(-wrong).masked_fill(same, 0).mean()
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        report(f"word2vec, epoch {epoch + 1} of {settings.epochs}: {np.mean(losses):.4f} nats a place")
    embeddings = inside.detach()[:units].clone()
    embeddings[PADDING] = 0
    scaled: Tensor = embeddings * (0.25 / embeddings[1:].pow(2).mean().sqrt())
    return scaled


def _line(
    texts: Sequence[Sequence[int]], keep: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """All texts one after another, frequent units left out at random: the units, and the number of each one's text."""
    line = np.concatenate([np.asarray(text, np.int64) for text in texts])
    number = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    kept = random.random(len(line)) < keep[line]
    return line[kept], number[kept]


def _around(
    line: np.ndarray, number: np.ndarray, at: np.ndarray, window: int, random: np.random.Generator
) -> np.ndarray:
    """(B, 2 * window): what stands around each place in its own text, padding elsewhere and beyond the drawn width."""
    steps = np.concatenate([np.arange(-window, 0), np.arange(1, window + 1)])
    where = at[:, None] + steps
    inside = (where >= 0) & (where < len(line))
    where = where.clip(0, len(line) - 1)
    width = random.integers(1, window + 1, size=(len(at), 1))
    near = inside & (number[where] == number[at][:, None]) & (np.abs(steps) <= width)
    return np.where(near, line[where], PADDING)
