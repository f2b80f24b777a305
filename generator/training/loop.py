"""The training loop, for every network alike."""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from tqdm import tqdm

from generator.melody.emotion import EmotionScale
from generator.melody.melody import Melody
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.checkpoint import Training, build_network, load_checkpoint, save_checkpoint
from generator.networks.context import look
from generator.training.corpora import Corpus
from generator.training.dataset import Batch, batches, melodies_of

SHARE_UNTOLD = 0.1
"""How often a melody's emotion is withheld in training, so that the network can also do without."""


@dataclass(frozen=True)
class TrainingSettings:
    """How long and how a network is trained; `sizes` overrides its own defaults."""

    epochs: int = 18
    batch: int = 64
    chunk_steps: int = 128
    learning_rate: float = 2e-3
    clip: float = 3.0
    weight_decay: float = 1e-4
    seed: int = 1
    sizes: dict[str, Any] | None = None

    def with_epochs(self, epochs: int) -> "TrainingSettings":
        """The same settings for another number of epochs."""
        return replace(self, epochs=epochs)


TINY = TrainingSettings(epochs=2, batch=8, chunk_steps=64, sizes={"units": 16})
"""Small enough to be trained in seconds: it shows that the road works, not that the music is good."""


def train(
    name: str,
    corpus: Corpus,
    settings: TrainingSettings,
    out: Path,
    progress: Path,
    report: Callable[[str], None],
) -> Training:
    """Train a network and write its best state on the validation part to `out`.

    After each epoch everything is kept in `progress`; a training broken off goes on from there. Its
    file is removed at the end.

    Raises:
        ValueError: `progress` belongs to a training with other settings or another corpus.
    """
    torch.manual_seed(settings.seed)
    parts = {"train": melodies_of(corpus, "train"), "validation": melodies_of(corpus, "validation")}
    scale = EmotionScale.of(parts["train"])
    network = build_network(name, settings.sizes)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay)
    batches_an_epoch = math.ceil(len(parts["train"]) / settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, settings.learning_rate, total_steps=settings.epochs * batches_an_epoch, pct_start=0.1
    )
    identity = {"network": name, "dataset": corpus.fingerprint, **asdict(settings)}
    best, first_epoch = math.inf, 0
    training = Training(corpus.fingerprint, dict(corpus.counts), corpus.licences, 0, {}, settings.seed)
    if progress.exists():
        kept = torch.load(progress, weights_only=True)
        if kept["identity"] != identity:
            raise ValueError(f"{progress} belongs to another training; move it away to begin anew")
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        torch.set_rng_state(kept["rng"])
        best, first_epoch = kept["best"], kept["epoch"]
        report(f"going on after epoch {first_epoch}")
    for epoch in range(first_epoch, settings.epochs):
        order = random.Random(settings.seed * 1000 + epoch)
        nats = steps = 0.0
        network.train()
        todo = batches(parts["train"], scale, settings.batch, order)
        for batch in tqdm(todo, total=batches_an_epoch, desc=f"epoch {epoch + 1}/{settings.epochs}", disable=None):
            batch_nats, batch_steps = _learn(network, batch, optimizer, settings)
            nats, steps = nats + batch_nats, steps + batch_steps
            schedule.step()
        losses = {"train": nats / steps, "validation": mean_loss(network, parts["validation"], scale)}
        report(f"epoch {epoch + 1}: train {losses['train']:.4f} validation {losses['validation']:.4f} nats a step")
        if losses["validation"] < best:
            best = losses["validation"]
            save_checkpoint(out, network, scale, replace(training, epochs=epoch + 1, losses=losses))
        _keep(progress, identity, network, optimizer, schedule, best, epoch + 1)
    checkpoint = load_checkpoint(out)
    losses = checkpoint.training.losses | {"test": mean_loss(checkpoint.network, melodies_of(corpus, "test"), scale)}
    training = replace(checkpoint.training, losses=losses)
    save_checkpoint(out, checkpoint.network, scale, training)
    progress.unlink()
    return training


def mean_loss(network: MelodyNetwork, melodies: list[Melody], scale: EmotionScale) -> float:
    """The mean negative log probability of an event, in nats a step, over whole melodies."""
    network.eval()
    nats, steps = 0.0, 0
    with torch.inference_mode():
        for batch in batches(melodies, scale, 64):
            for loss, count in _chunk_losses(network, batch, 256):
                nats, steps = nats + loss.item(), steps + count
    return nats / steps


def _learn(
    network: MelodyNetwork, batch: Batch, optimizer: torch.optim.Optimizer, settings: TrainingSettings
) -> tuple[float, int]:
    """One pass over a batch, a step of the optimizer every chunk; nats and steps."""
    told = (torch.rand(len(batch.events)) >= SHARE_UNTOLD).float()
    batch = replace(batch, conditions=replace(batch.conditions, told=told))
    nats, steps = 0.0, 0
    for loss, count in _chunk_losses(network, batch, settings.chunk_steps):
        optimizer.zero_grad()
        torch.autograd.backward(loss / count)
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        optimizer.step()
        nats, steps = nats + loss.item(), steps + count
    return nats, steps


def _chunk_losses(network: MelodyNetwork, batch: Batch, chunk_steps: int) -> Iterator[tuple[Tensor, int]]:
    """Chunk by chunk the summed loss and the number of steps, the state carried on without gradients."""
    state = None
    for steps in torch.split(torch.arange(batch.events.shape[1]), chunk_steps):
        context = look(batch.events, steps, batch.conditions)
        logits, state = network(context, state)
        state = network.detach(state)
        events = batch.events[:, steps].unsqueeze(-1)
        losses = -event_log_probabilities(logits, context).gather(-1, events).squeeze(-1)
        inside = batch.inside[:, steps]
        yield losses[inside].sum(), int(inside.sum())


def _keep(
    progress: Path,
    identity: dict[str, Any],
    network: MelodyNetwork,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    best: float,
    epoch: int,
) -> None:
    progress.parent.mkdir(parents=True, exist_ok=True)
    unfinished = progress.with_suffix(".tmp")
    torch.save(
        {
            "identity": identity,
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "rng": torch.get_rng_state(),
            "best": best,
            "epoch": epoch,
        },
        unfinished,
    )
    unfinished.replace(progress)
