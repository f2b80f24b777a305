"""The bag of n-grams learns all that is asked of it together: polarity, labels, valence and arousal."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

from generator.brief.text_networks import Bag, BagConfig

Hashes = np.ndarray
"""The hashed n-grams of a text, (n,) of 32 bits without sign."""


@dataclass(frozen=True)
class BagSettings:
    """How the bag learns; a share `forget` of the n-grams is left out at random."""

    epochs: int = 4
    batch: int = 512
    rate: float = 4e-3
    smooth: float = 0.05
    forget: float = 0.15
    seed: int = 1


@dataclass(frozen=True)
class Task:
    """What one head learns from: texts and their targets (texts, size), between 0 and 1 where they are `chances`.

    In an epoch every text comes so many `times`. Of a task with one column that is to be `balanced` the rarer side
    comes whole, and as many of the other, drawn anew each time.
    """

    texts: Sequence[Hashes]
    targets: Tensor
    chances: bool
    balanced: bool = False
    times: int = 1


def learn_bag(
    tasks: Mapping[str, Task], config: BagConfig, settings: BagSettings, report: Callable[[str], None]
) -> Bag:
    """The bag after the last epoch. Batches of all tasks come mixed, each task's as often as it has texts."""
    torch.manual_seed(settings.seed)
    bag = Bag(config)
    table = torch.optim.SparseAdam(list(bag.table.parameters()), settings.rate)
    heads = torch.optim.AdamW(bag.heads.parameters(), settings.rate, weight_decay=0)
    epochs = [_epoch(tasks, settings.batch, random.Random(settings.seed * 1000 + n)) for n in range(settings.epochs)]
    steps, step = sum(map(len, epochs)), 0
    for number, batches in enumerate(epochs):
        start = time.perf_counter()
        losses: dict[str, list[float]] = {name: [] for name in tasks}
        bag.train()
        for name, numbers in batches:
            rate = settings.rate * min(1.0, 20 * (step + 1) / steps) * (1 - step / steps)
            for group in (*table.param_groups, *heads.param_groups):
                group["lr"] = rate
            task = tasks[name]
            hashes, starts = flat([task.texts[n] for n in numbers], settings.forget)
            said = bag(hashes, starts, name)
            wanted = task.targets[numbers]
            if task.chances:
                if task.balanced:
                    wanted = wanted * (1 - 2 * settings.smooth) + settings.smooth
                # Summed over labels, so that a rare one is not drowned by the others.
                loss = binary_cross_entropy_with_logits(said, wanted, reduction="none").sum(1).mean()
            else:
                loss = 4 * mse_loss(said, wanted)
            table.zero_grad()
            heads.zero_grad()
            torch.autograd.backward(loss)
            table.step()  # type: ignore[no-untyped-call]
            heads.step()
            step += 1
            losses[name].append(loss.item())
        means = ", ".join(f"{name} {np.mean(some):.4f}" for name, some in losses.items() if some)
        report(f"bag, epoch {number + 1} of {settings.epochs}: {means}, {time.perf_counter() - start:.0f} s")
    return bag.eval()


def flat(texts: Sequence[Hashes], forget: float = 0.0) -> tuple[Tensor, Tensor]:
    """The hashes of all texts one after another (N,), a share of them left out, and where each text's begin (B,)."""
    line = np.concatenate([np.zeros(0, np.uint32), *texts]).astype(np.int64)
    lengths = np.array([len(text) for text in texts], np.int64)
    starts = np.concatenate([[0], lengths.cumsum()])
    if not forget:
        return torch.from_numpy(line), torch.from_numpy(starts[:-1])
    kept = torch.rand(len(line)).numpy() >= forget
    before = np.concatenate([[0], kept.cumsum()])
    return torch.from_numpy(line[kept]), torch.from_numpy(before[starts[:-1]])


def summaries(bag: Bag, texts: Sequence[Hashes], most: int = 1024) -> Tensor:
    """What the bag sees of each text, (texts, width)."""
    with torch.inference_mode():
        parts = [bag.summary(*flat(texts[i : i + most])) for i in range(0, len(texts), most)]
    return torch.cat([torch.zeros(0, bag.config.width), *parts])


def _epoch(tasks: Mapping[str, Task], size: int, chance: random.Random) -> list[tuple[str, list[int]]]:
    batches = []
    for name, task in tasks.items():
        for _ in range(task.times):
            numbers = _drawn(task, chance)
            chance.shuffle(numbers)
            batches += [(name, numbers[i : i + size]) for i in range(0, len(numbers), size)]
    chance.shuffle(batches)
    return batches


def _drawn(task: Task, chance: random.Random) -> list[int]:
    if not task.balanced:
        return list(range(len(task.texts)))
    sides = [(task.targets[:, 0] == side).nonzero().squeeze(1).tolist() for side in (0.0, 1.0)]
    rarer = min(map(len, sides))
    return [number for side in sides for number in chance.sample(side, rarer)]
