"""Melodies composed to be measured: many at once over the cores, and kept, so that a run that broke off goes on."""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from generator.composing.composer import load_composer
from generator.composing.editing import plan_anew
from generator.evaluating.progress import Told, silent
from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES
from generator.plan import make_plan
from generator.request import Request

VERSION = 2
"""Of the way of composing and choosing, which the plan does not show: what was kept under another is composed anew."""


@dataclass(frozen=True)
class Composed:
    """A melody that was composed to be measured.

    Attributes:
        melody: in the common tonic C, as the composer judged it.
        distance: how far it is from what was asked of its notes, as `choosing.distance` has it.
        seconds: that composing it took.
    """

    melody: Melody
    distance: float
    seconds: float


class Shelf:
    """The melodies that are kept in one file, a line each, by what was asked for.

    A line that a broken-off run left unfinished is passed over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, Composed] = {}
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        self._line_break = "" if not text or text.endswith("\n") else "\n"
        for line in text.splitlines():
            try:
                key, *fields = json.loads(line)
                self._kept[key] = _read(*fields)
            except (ValueError, TypeError, KeyError):
                continue

    def __contains__(self, request: Request) -> bool:
        return key_of(request) in self._kept

    def __getitem__(self, request: Request) -> Composed:
        return self._kept[key_of(request)]

    def add(self, key: str, composed: Composed) -> None:
        """Keep a melody under the key of its request."""
        self._kept[key] = composed
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{self._line_break}{json.dumps([key, *_written(composed)], separators=(',', ':'))}\n")
        self._line_break = ""


def key_of(request: Request) -> str:
    """What a melody is kept under: what was asked for, and what the plan made of it."""
    asked = " ".join(f"{name}={share:g}" for name, share in request.attributes.items())
    planned = hashlib.blake2b(f"{VERSION} {make_plan(request)!r}".encode(), digest_size=8).hexdigest()
    return (
        f"{request.mood.spelling} {request.intensity:g} {request.seconds:g}s seed {request.seed} "
        f"of {request.candidates} {asked} {planned}"
    )


def compose_missing(
    requests: Sequence[Request], checkpoint: Path, shelf: Shelf, *, workers: int = 1, progress: Told = silent
) -> None:
    """Put on `shelf` what it lacks of `requests`, composed by the composer of `checkpoint` in so many processes.

    `progress` is told the share of the lacking ones that is done, 0..1, and may raise to stop; what is done is kept.

    Raises:
        CheckpointRefused, IndexRefused: the checkpoint is no composer's, or its index does not fit it.
        NothingComposed: it wrote no note.
    """
    missing = {key_of(request): request for request in requests if request not in shelf}
    with _composing(missing, checkpoint, workers) as found:
        for number, (key, composed) in enumerate(found, 1):
            shelf.add(key, composed)
            progress(number / len(missing))


def compose(request: Request, checkpoint: Path) -> Composed:
    """The melody of a request, by the composer of `checkpoint` as it serves."""
    plan, fixed = plan_anew(request)
    composer = load_composer(checkpoint)
    start = time.perf_counter()
    composed = composer.compose(plan, fixed)
    taken = time.perf_counter() - start
    melody = composed.melody.transposed(-plan.transposition)
    return Composed(melody, round(composed.judgement.distance, 5), round(taken, 3))


@contextmanager
def _composing(
    requests: Mapping[str, Request], checkpoint: Path, workers: int
) -> Iterator[Iterator[tuple[str, Composed]]]:
    """The melodies by key, as they are done; what has not begun when the block is left is not begun."""
    if workers == 1 or len(requests) < 2:
        yield ((key, compose(request, checkpoint)) for key, request in requests.items())
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(compose, request, checkpoint): key for key, request in requests.items()}
        try:
            yield ((futures[future], future.result()) for future in as_completed(futures))
        finally:
            pool.shutdown(cancel_futures=True)


def _written(composed: Composed) -> list[Any]:
    melody = composed.melody
    notes = [(note.onset, note.duration, note.pitch) for note in melody.notes]
    return [melody.metre.name, melody.mode.value, melody.steps, notes, composed.distance, composed.seconds]


def _read(metre: str, mode: str, steps: int, notes: list[list[int]], distance: float, seconds: float) -> Composed:
    melody = Melody(tuple(Note(*note) for note in notes), METRES[metre], 0, Mode(mode), steps)
    return Composed(melody, distance, seconds)
