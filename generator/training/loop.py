"""The training loop, for every network alike."""

import math
import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from tqdm import tqdm

from generator.melody.attributes import AttributeScale
from generator.networks.base import MelodyNetwork, event_log_probabilities
from generator.networks.checkpoint import Training, build_network, load_checkpoint, save_checkpoint
from generator.networks.context import look
from generator.networks.state import detached
from generator.training.corpora import Corpus
from generator.training.dataset import Batch, Example, batches, examples_of, melodies_of, partly_told
from generator.training.processes import Processes, processes


@dataclass(frozen=True)
class TrainingSettings:
    """How long and how a network is trained.

    `sizes` overrides the network's own defaults; with `pieces` it learns from so many alone.
    With `bfloat16` matrix products are taken in that precision, weights and sums stay in float32.
    """

    epochs: int = 4
    batch: int = 16
    chunk_steps: int = 64
    clip: float = 3.0
    weight_decay: float = 1e-4
    bfloat16: bool = True
    seed: int = 1
    pieces: int | None = None
    sizes: dict[str, Any] = field(default_factory=dict)


TINY = TrainingSettings(epochs=2, batch=8, chunk_steps=64)
"""Small enough to be trained in seconds: it shows that the road works, not that the music is good."""
MEASURING = TrainingSettings(chunk_steps=256, bfloat16=False)


def train(
    name: str,
    corpus: Corpus,
    settings: TrainingSettings,
    out: Path,
    progress: Path,
    report: Callable[[str], None],
) -> Training:
    """Train a network and write its best state on the validation part to `out`.

    With `pieces` it is the last one, whatever it is worth: what has been memorised by then is to be seen.

    After each epoch everything is kept in `progress`; a training broken off goes on from there. Its
    file is removed at the end.

    Raises:
        ValueError: `progress` belongs to a training with other settings or another corpus.
    """
    torch.manual_seed(settings.seed)
    scale = AttributeScale.of(melodies_of(corpus, "train"))
    learned = examples_of(melodies_of(corpus, "train")[: settings.pieces], scale)
    held_out = {part: examples_of(melodies_of(corpus, part), scale) for part in ("validation", "test")}
    training = Training(corpus.fingerprint, dict(corpus.counts), corpus.licences, 0, {}, [], 0.0, settings.seed)
    identity = {"network": name, "dataset": corpus.fingerprint, **asdict(settings)}
    with processes() as among:
        course = _Course(build_network(name, settings.sizes).to(among.device), settings, len(learned))
        best, first_epoch = math.inf, 0
        if progress.exists():
            kept = torch.load(progress, weights_only=True)
            if kept["identity"] != identity:
                raise ValueError(f"{progress} belongs to another training; move it away to begin anew")
            course.go_on_from(kept["course"])
            best, first_epoch = kept["best"], len(kept["history"])
            training = replace(training, history=kept["history"], seconds=kept["seconds"])
            report(f"going on after epoch {first_epoch}")
        for epoch in range(first_epoch, settings.epochs):
            start = time.perf_counter()
            order = random.Random(settings.seed * 1000 + epoch)
            todo = batches(learned, settings.batch, order)
            losses = {
                "train": course.learn(tqdm(todo, desc=f"epoch {epoch + 1}/{settings.epochs}", disable=None), among)
            }
            seconds = training.seconds + time.perf_counter() - start
            losses["validation"] = mean_loss(course.network, held_out["validation"])
            training = replace(training, history=[*training.history, list(losses.values())], seconds=seconds)
            if not among.leads:
                continue
            report(f"epoch {epoch + 1}: train {losses['train']:.4f} validation {losses['validation']:.4f} nats a step")
            if settings.pieces or losses["validation"] < best:
                best = losses["validation"]
                save_checkpoint(out, course.network, scale, replace(training, epochs=epoch + 1, losses=losses))
            kept = {"best": best, "history": training.history, "seconds": training.seconds}
            _keep(progress, {"identity": identity, "course": course.state(), **kept})
        if among.leads:
            checkpoint = load_checkpoint(out)
            losses = checkpoint.training.losses | {"test": mean_loss(checkpoint.network, held_out["test"])}
            training = replace(training, epochs=checkpoint.training.epochs, losses=losses)
            save_checkpoint(out, checkpoint.network, scale, training)
            progress.unlink()
    return training


class _Course:
    """A network on its way: with its optimizer and the schedule of its rate."""

    def __init__(self, network: MelodyNetwork, settings: TrainingSettings, pieces: int) -> None:
        self.network = network
        self.settings = settings
        self.optimizer = _optimizer(network, settings)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer,
            network.recipe.learning_rate,
            total_steps=settings.epochs * math.ceil(pieces / settings.batch),
            pct_start=0.1,
            cycle_momentum=False,
        )

    def learn(self, todo: Iterable[Batch], among: Processes) -> float:
        """Go through the batches once; the mean loss on the way, in nats a step."""
        self.network.train()
        nats = steps = 0.0
        for batch in todo:
            told = replace(batch, conditions=partly_told(batch.conditions))
            for loss, count in self._learn(told, among):
                nats, steps = nats + loss, steps + count
            self.schedule.step()
        return nats / steps

    def _learn(self, batch: Batch, among: Processes) -> Iterator[tuple[float, float]]:
        """A step of the optimizer every chunk; the summed loss of each and its number of steps."""
        rows, there = among.own_rows(len(batch.events))
        own = batch.rows(rows, there).to(among.device)
        for loss, own_count in _chunk_losses(self.network, own, self.settings):
            count = among.total(own_count)
            self.optimizer.zero_grad()
            torch.autograd.backward(loss / count)
            among.add_gradients(self.network)
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip)
            self.optimizer.step()
            yield among.total(loss.item()), count

    def state(self) -> dict[str, Any]:
        """All that is needed to go on later."""
        return {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "chance": torch.get_rng_state(),
        }

    def go_on_from(self, state: dict[str, Any]) -> None:
        """Take up what `state` gave."""
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["chance"])


def _optimizer(network: MelodyNetwork, settings: TrainingSettings) -> torch.optim.Optimizer:
    parameters, rate = network.parameters(), network.recipe.learning_rate
    match network.recipe.optimizer:
        case "adamw":
            return torch.optim.AdamW(parameters, lr=rate, weight_decay=settings.weight_decay)
        case "rmsprop":
            return torch.optim.RMSprop(parameters, lr=rate)
        case "adamax":
            return torch.optim.Adamax(parameters, lr=rate)


def mean_loss(network: MelodyNetwork, examples: list[Example]) -> float:
    """The mean negative log probability of an event, in nats a step, over whole melodies.

    Neither attributes nor form are told, so that no network is measured by what it was told of the answer.
    """
    network.eval()
    device = next(network.parameters()).device
    nats, steps = 0.0, 0
    with torch.inference_mode():
        for batch in batches(examples, 64):
            untold = replace(batch, conditions=batch.conditions.untold()).to(device)
            for loss, count in _chunk_losses(network, untold, MEASURING):
                nats, steps = nats + loss.item(), steps + count
    return nats / steps


def _chunk_losses(network: MelodyNetwork, batch: Batch, settings: TrainingSettings) -> Iterator[tuple[Tensor, int]]:
    """Chunk by chunk the summed loss and the number of steps, the state carried on without gradients."""
    state = None
    for steps in torch.split(torch.arange(batch.events.shape[1], device=batch.events.device), settings.chunk_steps):
        context = look(batch.events, steps, batch.conditions)
        with torch.autocast(batch.events.device.type, torch.bfloat16, enabled=settings.bfloat16):
            logits, state = network(context, state)
        state = detached(state)
        events = batch.events[:, steps].unsqueeze(-1)
        losses = -event_log_probabilities(logits.float(), context).gather(-1, events).squeeze(-1)
        inside = batch.inside[:, steps]
        yield losses[inside].sum(), int(inside.sum())


def _keep(progress: Path, everything: dict[str, Any]) -> None:
    progress.parent.mkdir(parents=True, exist_ok=True)
    unfinished = progress.with_suffix(".tmp")
    torch.save(everything, unfinished)
    unfinished.replace(progress)
