"""Whether a melody copies: runs of nine notes that stand in a training tune."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import safetensors
from safetensors.numpy import load_file, save_file

from generator.melody.fingerprint import Run, in_lowest_terms, runs
from generator.melody.melody import Melody

RUN_MOVES = 8
"""Moves in a run: nine notes. Eight consecutive notes may be shared, nine may not."""
COMMON_FROM = 6
"""A run that stands in this many unrelated tunes is common property: scales, broken chords."""
INDEX_PATH = Path(__file__).parent.parent / "checkpoints" / "training_runs.safetensors"


class IndexRefused(Exception):
    """The index of training runs cannot be used; the message says why."""


@dataclass(frozen=True)
class RunIndex:
    """The runs of the training tunes as sorted 64-bit hashes, and the hash of their dataset."""

    hashes: npt.NDArray[np.uint64]
    dataset: str

    def copied_runs(self, melody: Melody) -> int:
        """How many runs of nine notes the melody shares with a training tune."""
        return sum(self.holds(run) for run in runs(melody, RUN_MOVES))

    def holds(self, run: Run) -> bool:
        """Whether a training tune has this run of RUN_MOVES moves."""
        wanted = np.uint64(_hashed(run))
        place = int(np.searchsorted(self.hashes, wanted))
        return place < len(self.hashes) and bool(self.hashes[place] == wanted)

    def completes_copy(self, notes: Sequence[tuple[int, int]], onset: int, pitch: int) -> bool:
        """Whether a note at `onset` after `notes` (onset and pitch each) would be the ninth of a copied run."""
        last = [*notes[-RUN_MOVES:], (onset, pitch)]
        if len(last) <= RUN_MOVES:
            return False
        return self.holds(in_lowest_terms([(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(last)]))


def build_index(tunes: Iterable[tuple[Melody, str]], dataset: str) -> RunIndex:
    """The index of tunes, each with the group of its variants; what is common is left out."""
    holders: Counter[Run] = Counter()
    for run, _ in {(run, group) for melody, group in tunes for run in runs(melody, RUN_MOVES)}:
        holders[run] += 1
    hashes = sorted(_hashed(run) for run, groups in holders.items() if groups < COMMON_FROM)
    return RunIndex(np.array(hashes, dtype=np.uint64), dataset)


def save_index(index: RunIndex, path: Path = INDEX_PATH) -> None:
    """Write the index at once or not at all."""
    unfinished = path.with_suffix(".tmp")
    save_file({"hashes": index.hashes}, unfinished, {"dataset": index.dataset, "moves": json.dumps(RUN_MOVES)})
    unfinished.replace(path)


def load_index(dataset: str, path: Path = INDEX_PATH) -> RunIndex:
    """The index in `path`, which must have been built from that dataset.

    Raises:
        IndexRefused: it is missing, broken or of another dataset.
    """
    try:
        with safetensors.safe_open(path, framework="np") as file:
            metadata = file.metadata() or {}
        hashes = load_file(path)["hashes"]
    except (OSError, KeyError, safetensors.SafetensorError) as fault:
        raise IndexRefused(f"there is no index of training runs at {path.name}: {fault}") from fault
    if metadata.get("dataset") != dataset or metadata.get("moves") != json.dumps(RUN_MOVES):
        raise IndexRefused(f"{path.name} was built from another dataset than the checkpoint")
    return RunIndex(hashes, dataset)


def _hashed(run: Run) -> int:
    flat = np.array(run, dtype=np.int16).tobytes()
    return int.from_bytes(hashlib.blake2b(flat, digest_size=8).digest())
