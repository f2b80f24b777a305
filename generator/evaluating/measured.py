"""What was measured of a network and of people's tunes, and how it is kept between runs."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

VERSION = 4
"""Of the way of measuring: what was kept under another is measured again."""
CANDIDATES = 8
"""Of the melodies that a network writes as the counterpart of a tune, of which the nearest is kept."""


@dataclass(frozen=True)
class Ruler:
    """What a measurement hangs on beside the network; figures under different rulers are not compared.

    Attributes:
        dataset: hash of the corpus.
        parts: of the split, those held out.
        told: whether networks that write a counterpart are told more of a tune than its metre, mode and length.
        seed: of the sampling and of the halving.
        version: of the way of measuring.
    """

    dataset: str
    parts: list[str]
    told: bool = True
    seed: int = 0
    version: int = VERSION


@dataclass(frozen=True)
class Likeness:
    """How near a set of melodies comes to the held-out ones.

    Attributes:
        overlap: overlapping area of every feature, 0..1.
        distance_overlap: mgeval's own, of the distances, mean over features, 0..1.
        auc: how well a judge tells the sets apart, 0.5 not at all, 1 always.
        auc_deviation: its standard deviation over random halves.
        copying: share of the notes that lie in nine or more in a row of a training tune, 0..1.
    """

    overlap: dict[str, float]
    distance_overlap: float
    auc: float
    auc_deviation: float
    copying: float

    @property
    def mean_overlap(self) -> float:
        """The mean of the overlaps over the features."""
        return fmean(self.overlap.values())


@dataclass(frozen=True)
class MeasuredNetwork:
    """The figures of one network.

    Attributes:
        network: its name.
        variant: how it differs from the one on the bench: "served", "without position", "100 pieces 200 epochs"; empty
            for that one itself.
        checkpoint: identity of the weights.
        parameters: their number.
        best_epoch: the epoch that was kept.
        history: loss on the training and on the validation part after every epoch, nats a step.
        minutes: of learning.
        losses: by part, the figures of `losses.Losses` by name, with metre, mode and length told alone.
        told_nats: nats a step by part when all is told that a request for the tune would tell.
        likeness: of what it writes.
    """

    ruler: Ruler
    network: str
    variant: str
    checkpoint: str
    parameters: int
    best_epoch: int
    history: list[list[float]]
    minutes: float
    losses: dict[str, dict[str, float]]
    told_nats: dict[str, float]
    likeness: Likeness

    @property
    def name(self) -> str:
        """The network and how it differs."""
        return f"{self.network} {self.variant}".strip()

    @property
    def ablated(self) -> bool:
        """Whether it goes without a part."""
        return "without" in self.variant

    @property
    def of_few_pieces(self) -> bool:
        """Whether it learned from some of the pieces alone."""
        return "pieces" in self.variant

    @property
    def on_bench(self) -> bool:
        """Whether it stands beside the other networks: whole, and learned from all pieces."""
        return not (self.ablated or self.of_few_pieces)

    @property
    def held_out(self) -> dict[str, float]:
        """The losses on the part that chose nothing: the last of the ruler's."""
        return self.losses[self.ruler.parts[-1]]

    @property
    def brief(self) -> dict[str, Any]:
        """What a terminal shows of it, on one line."""
        return {
            "network": self.name,
            "checkpoint": self.checkpoint,
            "parameters": self.parameters,
            "epochs": len(self.history),
            **{part: round(figures["nats_a_step"], 4) for part, figures in self.losses.items()},
            **{name: round(value, 4) for name, value in self.held_out.items() if name != "nats_a_step"},
            "told": round(self.told_nats[self.ruler.parts[-1]], 4),
            **brief(self.likeness),
        }


@dataclass(frozen=True)
class MeasuredPeople:
    """The same for training tunes in the place of a network's, which is what there is to reach.

    Attributes:
        melodies: how many held-out ones there are.
        likeness: of training tunes to the held-out ones; its copying is that of the held-out ones.
        halves_overlap: mean overlap of two random halves of the held-out ones.
    """

    ruler: Ruler
    melodies: int
    likeness: Likeness
    halves_overlap: float

    @property
    def brief(self) -> dict[str, Any]:
        """What a terminal shows of it, on one line."""
        return {
            "network": "people",
            "melodies": self.melodies,
            "halves_overlap": round(self.halves_overlap, 4),
            **brief(self.likeness),
        }


def brief(likeness: Likeness) -> dict[str, float]:
    """The figures of a likeness, rounded, the overlaps as their mean."""
    return {
        "overlap": round(likeness.mean_overlap, 4),
        "distance_overlap": round(likeness.distance_overlap, 4),
        "auc": round(likeness.auc, 4),
        "auc_deviation": round(likeness.auc_deviation, 4),
        "copying": round(likeness.copying, 4),
    }


def keep(measured: MeasuredNetwork | MeasuredPeople, path: Path) -> None:
    """Write what was measured, at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")
    unfinished.replace(path)


def kept_network(path: Path, ruler: Ruler) -> MeasuredNetwork | None:
    """What was measured of a network; None if nothing was, or with another ruler."""
    fields = _kept(path, ruler)
    try:
        return MeasuredNetwork(**fields) if fields else None
    except TypeError:
        return None


def kept_people(path: Path, ruler: Ruler) -> MeasuredPeople | None:
    """What was measured of people's tunes; None if nothing was, or with another ruler."""
    fields = _kept(path, ruler)
    try:
        return MeasuredPeople(**fields) if fields else None
    except TypeError:
        return None


def _kept(path: Path, ruler: Ruler) -> dict[str, Any] | None:
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if fields["ruler"] != asdict(ruler):
            return None
        return fields | {"ruler": ruler, "likeness": Likeness(**fields["likeness"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None
