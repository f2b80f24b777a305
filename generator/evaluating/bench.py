"""Every figure of a network, measured against the tunes that were held out."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from statistics import fmean

from generator.evaluating.copying import KnownRuns, copying_rate
from generator.evaluating.features import feature_table
from generator.evaluating.generating import write_like
from generator.evaluating.human_or_machine import recognition
from generator.evaluating.losses import measure_losses
from generator.evaluating.measured import Likeness, MeasuredNetwork, MeasuredPeople, Ruler
from generator.evaluating.overlap import distance_overlaps, overlaps
from generator.evaluating.progress import Told, silent
from generator.evaluating.view import Floats
from generator.melody.melody import Melody
from generator.networks.checkpoint import Checkpoint


@dataclass(frozen=True)
class Bench:
    """The tunes that networks are measured against; what is computed of them is computed once.

    Attributes:
        ruler: what the figures hang on.
        train: the tunes that were learned from.
        held_out: those that were not, by part.
    """

    ruler: Ruler
    train: list[Melody]
    held_out: dict[str, list[Melody]]

    @cached_property
    def people(self) -> list[Melody]:
        """All held-out tunes."""
        return [melody for part in self.held_out.values() for melody in part]

    @cached_property
    def human(self) -> Floats:
        """Their features."""
        return feature_table(self.people)

    @cached_property
    def known(self) -> KnownRuns:
        """The runs of the tunes that were learned from."""
        return KnownRuns(self.train)

    def measure_network(self, checkpoint: Checkpoint, variant: str = "", progress: Told = silent) -> MeasuredNetwork:
        """The figures of a network; `progress` is told the share that it has written, 0..1."""
        network, scale, ruler = checkpoint.network, checkpoint.scale, self.ruler
        parts = self.held_out.items()
        losses = {part: asdict(measure_losses(network, melodies, scale)) for part, melodies in parts}
        told = {part: measure_losses(network, melodies, scale, told=True).nats_a_step for part, melodies in parts}
        written = write_like(network, self.people, scale, told=ruler.told, seed=ruler.seed, progress=progress)
        return MeasuredNetwork(
            ruler=ruler,
            network=network.name,
            variant=variant,
            checkpoint=checkpoint.identity,
            parameters=network.parameter_count,
            best_epoch=checkpoint.training.epochs,
            history=checkpoint.training.history,
            minutes=checkpoint.training.seconds / 60,
            losses=losses,
            told_nats=told,
            likeness=self._likeness(written, copying_rate(written, self.known)),
        )

    def measure_people(self) -> MeasuredPeople:
        """The figures that a network would reach if it wrote as people do."""
        order = random.Random(self.ruler.seed).sample(range(len(self.human)), len(self.human))
        middle = len(order) // 2
        halves = overlaps(self.human[order[:middle]], self.human[order[middle:]])
        return MeasuredPeople(
            ruler=self.ruler,
            melodies=len(self.people),
            likeness=self._likeness(
                counterparts(self.people, self.train, self.ruler.seed), copying_rate(self.people, self.known)
            ),
            halves_overlap=fmean(halves.values()),
        )

    def _likeness(self, melodies: list[Melody], copying: float) -> Likeness:
        """How near `melodies`, a counterpart for each of people's, come to them."""
        table = feature_table(melodies)
        judged = recognition(self.human, table, seed=self.ruler.seed)
        return Likeness(
            overlap=overlaps(self.human, table),
            distance_overlap=fmean(distance_overlaps(self.human, table).values()),
            auc=judged.auc,
            auc_deviation=judged.deviation,
            copying=copying,
        )


def counterparts(melodies: Sequence[Melody], pool: Sequence[Melody], seed: int) -> list[Melody]:
    """For each of `melodies` another of `pool` with its metre and mode and as nearly as many bars as there is.

    None is taken twice.

    Raises:
        ValueError: `pool` has too few of a metre and mode.
    """
    free: defaultdict[tuple[str, str], list[Melody]] = defaultdict(list)
    for melody in random.Random(seed).sample(pool, len(pool)):
        free[melody.metre.name, melody.mode].append(melody)
    chosen: list[Melody] = []
    for melody in melodies:
        alike = free[melody.metre.name, melody.mode]
        if not alike:
            raise ValueError(f"there are too few tunes in {melody.metre.name} {melody.mode.value} to compare with")
        nearest = min(range(len(alike)), key=lambda place: abs(alike[place].bars - melody.bars))
        chosen.append(alike.pop(nearest))
    return chosen
