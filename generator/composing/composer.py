"""The composer: a plan in, the one melody worth hearing out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from generator.composing.choosing import judge
from generator.composing.originality import RunIndex, load_index
from generator.composing.sampling import Candidate, sample
from generator.melody.emotion import asked_place
from generator.melody.melody import Melody, Note
from generator.networks.checkpoint import SERVED, Checkpoint, load_checkpoint
from generator.plan import MusicPlan

CANDIDATES = 12
"""Sampled in one pass; always the same number, so that a track does not depend on its company."""
MOST_ROUNDS = 5
"""Passes, if every candidate of the ones before copied a training tune, as a repaired close may do."""


class NothingComposed(Exception):
    """No candidate had a single note; the checkpoint is no composer."""


@dataclass(frozen=True)
class ComposedMelody:
    """A melody in its key, and what is known about its making.

    Attributes:
        melody: in the plan's key, ending with the last bar.
        checkpoint: identity of the network that made it.
        copied_runs: runs of nine notes that it shares with a training tune; 0 but for rare bad luck.
        rounds: passes of the network that were needed.
    """

    melody: Melody
    checkpoint: str
    copied_runs: int
    rounds: int


@dataclass(frozen=True)
class Composer:
    """A loaded checkpoint with the index of what it learned from."""

    checkpoint: Checkpoint
    index: RunIndex

    def compose(self, plan: MusicPlan, progress: Callable[[float], None] = lambda share: None) -> ComposedMelody:
        """The best of CANDIDATES melodies that copies nothing.

        The same plan gives the same melody; `progress` is told the share that is done, 0..1.

        Raises:
            NothingComposed: the network wrote rests alone.
        """
        asked = asked_place(*plan.request.mood.direction(plan.request.intensity), plan.mode)
        found: list[Candidate] = []
        for round_number in range(1, MOST_ROUNDS + 1):
            seed = _sampling_seed(plan, round_number)
            found += [
                replace(candidate, melody=closed(candidate.melody))
                for candidate in sample(self.checkpoint.network, self.index, plan, CANDIDATES, seed, progress)
                if candidate.melody.notes
            ]
            if not found:
                continue
            judged = [(judge(candidate, asked, self.checkpoint.scale, self.index), candidate) for candidate in found]
            judgement, best = min(judged, key=lambda pair: pair[0].rank)
            if not judgement.copied_runs or round_number == MOST_ROUNDS:
                return ComposedMelody(
                    best.melody.transposed(plan.transposition),
                    self.checkpoint.identity,
                    judgement.copied_runs,
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


def closed(melody: Melody) -> Melody:
    """The melody with its last note held to the end and, where it closes on no tonic, led home.

    The last note of the last bar is moved to the nearest tonic; a melody that falls silent before its
    last bar gets a last note on that bar's downbeat.
    """
    bar = melody.metre.steps_per_bar
    downbeat = melody.steps - bar
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
