"""The composer: a plan in, the one melody worth hearing out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from generator.composing.choosing import Judgement, judge, unfinished
from generator.composing.earlier import EarlierTracks, NoEarlierTracks
from generator.composing.fixed import Fixed
from generator.composing.originality import RunIndex, load_index
from generator.composing.report import Originality
from generator.composing.sampling import Candidate, Sampling, sample
from generator.melody.melody import Melody, Note
from generator.networks.checkpoint import SERVED, Checkpoint, load_checkpoint
from generator.plan import MusicPlan

MOST_ROUNDS = 5
"""Passes, if every candidate of the ones before shared too much, as a repaired close may do."""
GUIDANCE = 1.0
NO_EARLIER_TRACKS = NoEarlierTracks()


class NothingComposed(Exception):
    """No candidate had a single note; the checkpoint is no composer."""


@dataclass(frozen=True)
class ComposedMelody:
    """A melody in its key, and what is known about its making.

    Attributes:
        melody: in the plan's key, ending with the last bar.
        checkpoint: identity of the network that made it.
        judgement: what was found in it.
        standing: where its attributes stand among the training tunes', -1..1.
        rounds: passes of the network that were needed.
    """

    melody: Melody
    checkpoint: str
    judgement: Judgement
    standing: dict[str, float]
    rounds: int


@dataclass(frozen=True)
class Composer:
    """A loaded checkpoint with the index of what it learned from."""

    checkpoint: Checkpoint
    index: RunIndex
    guidance: float = GUIDANCE

    def compose(
        self,
        plan: MusicPlan,
        fixed: Fixed,
        progress: Callable[[float], None] = lambda share: None,
        earlier: EarlierTracks = NO_EARLIER_TRACKS,
    ) -> ComposedMelody:
        """The best of the asked number of candidates, of which the worse ones are not finished.

        The same arguments give the same melody; `fixed` is what is not to be composed; `progress` is told the
        share that is done, 0..1. What shares too much with a training tune or with `earlier` tracks is composed
        again.

        Raises:
            NothingComposed: the network wrote rests alone.
        """
        originality = Originality(self.index, earlier)
        # Of bars that are kept what follows counts as well, so all candidates are finished.
        keeps_bars = (fixed.events[plan.silent_steps :] >= 0).any()
        unfit = None if keeps_bars else partial(unfinished, plan=plan, scale=self.checkpoint.scale)
        found: list[Candidate] = []
        for round_number in range(1, MOST_ROUNDS + 1):
            how = Sampling(plan.request.candidates, _sampling_seed(plan, round_number), self.guidance)
            drawn = sample(self.checkpoint.network, self.index, plan, fixed, how, progress, unfit)
            found += [
                replace(candidate, melody=closed(candidate.melody, fixed))
                for candidate in drawn
                if candidate.melody.notes
            ]
            if not found:
                continue
            judged = [(judge(candidate, plan, self.checkpoint.scale, originality), candidate) for candidate in found]
            judgement, best = min(judged, key=lambda pair: pair[0].rank)
            if not judgement.over_limit or round_number == MOST_ROUNDS:
                return ComposedMelody(
                    best.melody.transposed(plan.transposition),
                    self.checkpoint.identity,
                    judgement,
                    self.checkpoint.scale.place(best.melody),
                    round_number,
                )
        raise NothingComposed(f"{self.checkpoint.identity} wrote no note in {MOST_ROUNDS} rounds")


@lru_cache(maxsize=1)
def load_composer(path: Path = SERVED) -> Composer:
    """The composer of a checkpoint, loaded once a process.

    Raises:
        CheckpointRefused, IndexRefused: what ships is missing or does not fit together.
    """
    checkpoint = load_checkpoint(path)
    return Composer(checkpoint, load_index(checkpoint.training.dataset))


def closed(melody: Melody, fixed: Fixed) -> Melody:
    """The melody with its last note held to the end and, where it closes on no tonic, led home.

    A last bar that is fixed stays as it is. The last note of another is moved to the nearest tonic; a melody
    that falls silent before it gets a last note on its downbeat.
    """
    bar = melody.metre.steps_per_bar
    downbeat = melody.steps - bar
    if (fixed.events[downbeat:] >= 0).all():
        return melody
    notes = list(melody.notes)
    strong = [note for note in notes if note.onset >= downbeat and melody.metre.is_strong(note.onset)]
    home = [note for note in strong if note.pitch % 12 == melody.tonic]
    if home:
        last = home[-1]
    elif strong:
        last = strong[-1]
    else:
        last = Note(downbeat, bar, notes[-1].pitch)
    kept = [note for note in notes if note.onset < last.onset]
    if kept and kept[-1].end > last.onset:
        kept[-1] = Note(kept[-1].onset, last.onset - kept[-1].onset, kept[-1].pitch)
    pitch = nearest_tonic(last.pitch, melody.tonic)
    return replace(melody, notes=(*kept, Note(last.onset, melody.steps - last.onset, pitch)))


def nearest_tonic(pitch: int, tonic: int) -> int:
    """The tonic nearest to `pitch`, the lower of two equally near."""
    below = (pitch - tonic) % 12
    return pitch - below if below <= 6 else pitch + 12 - below


def _sampling_seed(plan: MusicPlan, round_number: int) -> int:
    """63 bits that hang on all that was asked for and on the round."""
    request = plan.request
    text = f"{request.mood.name} {request.intensity!r} {request.seconds!r} {request.seed} {round_number}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 1
