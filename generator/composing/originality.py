"""What a melody shares with the tunes that the composer learned from: how much, where, and whether that is a copy."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors
from safetensors.numpy import load_file, save_file

from generator.composing.people import PeopleShare, share_of_people
from generator.composing.spelling import MOVE_BYTES, spell_tunes, text_length
from generator.composing.suffixes import OrderedRuns
from generator.melody.fingerprint import Move, moves
from generator.melody.melody import Melody
from generator.melody.metre import bar_number

RUN_MOVES = 8
"""Moves in a run: nine notes. Eight consecutive notes may be shared, nine may not."""
COMMON_FROM = 6
"""A run that stands in this many unrelated tunes is common property: scales, broken chords."""
INDEX_PATH = Path(__file__).parent.parent / "checkpoints" / "training_runs.safetensors"
_FORMAT = "2"


class IndexRefused(Exception):
    """The index of training runs cannot be used; the message says why."""


@dataclass(frozen=True)
class KnownTune:
    """A tune to be indexed.

    Attributes:
        group: of its variants, which count as one tune.
        source: the collection in words.
        held_out: whether it was kept from training, so that it shows what tunes by people share.
    """

    melody: Melody
    group: str
    identity: str = ""
    title: str = ""
    source: str = ""
    held_out: bool = False


@dataclass(frozen=True)
class SharedRun:
    """The longest run of notes that a melody shares with a tune: same intervals, same rhythm up to a common factor.

    Attributes:
        notes: how many, 2 or more.
        at_bar: the bar of the melody in which the run begins, counted from 1, a pick-up with the first.
        identity, title, source: of the tune; of several the first of the corpus.
        bar: the bar of the tune in which the run begins there. The first bar counts as 1 even if only a pick-up
            stands in it, and repeats are not played.
        common: whether the run stands in COMMON_FROM or more unrelated tunes.
    """

    notes: int
    at_bar: int
    identity: str
    title: str
    source: str
    bar: int
    common: bool


@dataclass(frozen=True)
class _IndexedTune:
    """A tune as it is kept: `first` is the place of its first move among all moves."""

    identity: str
    title: str
    source: str
    group: str
    first: int
    onset: int
    steps_per_bar: int


class RunIndex:
    """All runs of the known tunes.

    Attributes:
        dataset: the hash of the corpus that it was built from.
        people: what held-out tunes share with the others, by number of notes; empty if none was held out.
    """

    def __init__(
        self,
        tunes: Sequence[_IndexedTune],
        intervals: npt.NDArray[np.int8],
        durations: npt.NDArray[np.uint16],
        dataset: str,
        people: Sequence[PeopleShare] = (),
        suffixes: npt.NDArray[np.int32] | None = None,
    ) -> None:
        """Index `tunes`, whose moves stand end to end in `intervals` and `durations`; `suffixes` if known."""
        self.tunes = tuple(tunes)
        self.intervals, self.durations = intervals, durations
        self.dataset = dataset
        self.people = tuple(people)
        self._starts = [tune.first for tune in self.tunes]
        text, self._spelling = spell_tunes(intervals, durations, self._starts)
        self._runs = OrderedRuns(text, suffixes)
        numbers = {group: number for number, group in enumerate(dict.fromkeys(tune.group for tune in self.tunes))}
        counts = np.diff([*self._starts, len(intervals)])
        self._groups = np.repeat([numbers[tune.group] for tune in self.tunes], counts).data

    @property
    def suffixes(self) -> npt.NDArray[np.int32]:
        """The places (M,) of all moves, ordered by the runs that begin there."""
        return self._runs.suffixes

    def longest_shared(self, melody: Melody) -> SharedRun | None:
        """The longest run that the melody shares with a known tune, the first of equals; None if there is none."""
        lengths = self.shared_lengths(melody)
        longest = max(lengths, default=0)
        return self._shared_run(melody, lengths.index(longest), longest) if longest else None

    def longest_uncommon(self, melody: Melody) -> SharedRun | None:
        """The longest run that the melody shares with a known tune and that is not common property."""
        lengths = self.shared_lengths(melody)
        # Where the longest run from a note is common, so are all shorter ones.
        for start in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
            if not lengths[start]:
                break
            run = self._shared_run(melody, start, lengths[start])
            if not run.common:
                return run
        return None

    def copied_runs(self, melody: Melody) -> int:
        """How many notes of the melody begin a run of nine or more notes of a known tune that is not common."""
        text = self._spelling.spelled(moves(melody))
        return sum(
            length >= RUN_MOVES and not self._is_common(_run_at(text, start, length))
            for start, length in enumerate(self._shared_lengths(text))
        )

    def completes_copy(self, notes: Sequence[tuple[int, int]], onset: int, pitch: int) -> bool:
        """Whether a note at `onset` after `notes` (onset and pitch each) would end a run that is a copy.

        A run that is common is looked at again with the note before it: a longer one may stand in fewer tunes.
        """
        for length in range(RUN_MOVES, len(notes) + 1):
            run = self._spelling.spelled(_moves_between([*notes[-length:], (onset, pitch)]))
            if not self._runs.hold(run):
                return False
            if not self._is_common(run):
                return True
        return False

    def shared_lengths(self, melody: Melody) -> list[int]:
        """For every note but the last the moves of the longest run from there that a known tune has."""
        return self._shared_lengths(self._spelling.spelled(moves(melody)))

    def _shared_lengths(self, text: bytes) -> list[int]:
        return [self._runs.longest_start(text[start:]) for start in range(0, len(text), MOVE_BYTES)]

    def _shared_run(self, melody: Melody, start: int, length: int) -> SharedRun:
        run = _run_at(self._spelling.spelled(moves(melody)), start, length)
        place = min(self._runs.places(run))
        tune = self.tunes[bisect_right(self._starts, place) - 1]
        onset = tune.onset + int(self.durations[tune.first : place].sum())
        return SharedRun(
            notes=length + 1,
            at_bar=bar_number(melody.notes[start].onset, melody.notes[0].onset, melody.metre.steps_per_bar),
            identity=tune.identity,
            title=tune.title,
            source=tune.source,
            bar=bar_number(onset, tune.onset, tune.steps_per_bar),
            common=self._is_common(run),
        )

    def _is_common(self, run: bytes) -> bool:
        """Whether COMMON_FROM or more unrelated tunes have the run."""
        found: set[int] = set()
        for place in self._runs.places(run):
            found.add(self._groups[place])
            if len(found) == COMMON_FROM:
                return True
        return False


def build_index(tunes: Iterable[KnownTune], dataset: str) -> RunIndex:
    """The index of tunes of two or more notes; with held-out ones among them, it knows what people share."""
    tunes = [tune for tune in tunes if len(tune.melody.notes) > 1]
    people: list[PeopleShare] = []
    held_out = [tune.melody for tune in tunes if tune.held_out]
    if held_out:
        learned = _index_of([tune for tune in tunes if not tune.held_out], "", [])
        people = share_of_people([learned.shared_lengths(melody) for melody in held_out])
    return _index_of(tunes, dataset, people)


def _index_of(tunes: list[KnownTune], dataset: str, people: list[PeopleShare]) -> RunIndex:
    found = [moves(tune.melody) for tune in tunes]
    firsts = accumulate((len(own) for own in found), initial=0)
    every = [move for own in found for move in own]
    return RunIndex(
        [
            _IndexedTune(
                tune.identity, tune.title, tune.source, tune.group,
                first, tune.melody.notes[0].onset, tune.melody.metre.steps_per_bar,
            )
            for tune, first in zip(tunes, firsts, strict=False)
        ],
        np.array([interval for interval, _ in every], dtype=np.int8),
        np.array([duration for _, duration in every], dtype=np.uint16),
        dataset,
        people,
    )  # fmt: skip


def save_index(index: RunIndex, path: Path = INDEX_PATH) -> None:
    """Write the index at once or not at all."""
    tunes = json.dumps([list(asdict(tune).values()) for tune in index.tunes], ensure_ascii=False).encode()
    people = json.dumps([asdict(share) for share in index.people])
    unfinished = path.with_suffix(".tmp")
    save_file(
        {
            "intervals": index.intervals,
            "durations": index.durations,
            "suffixes": index.suffixes,
            "tunes": np.frombuffer(tunes, dtype=np.uint8),
        },
        unfinished,
        {"format": _FORMAT, "dataset": index.dataset, "moves": json.dumps(RUN_MOVES), "people": people},
    )
    unfinished.replace(path)


def load_index(dataset: str, path: Path = INDEX_PATH) -> RunIndex:
    """The index in `path`, which must have been built from that dataset.

    Raises:
        IndexRefused: it is missing, broken, of another version or of another dataset.
    """
    try:
        with safetensors.safe_open(path, framework="np") as file:
            metadata = file.metadata() or {}
        if metadata.get("format") != _FORMAT or metadata.get("moves") != json.dumps(RUN_MOVES):
            raise IndexRefused(f"{path.name} was written by another version of the composer; train it again")
        if metadata.get("dataset") != dataset:
            raise IndexRefused(f"{path.name} was built from another dataset than the checkpoint")
        return _unpacked(load_file(path), metadata)
    except (OSError, KeyError, ValueError, TypeError, safetensors.SafetensorError) as fault:
        raise IndexRefused(f"there is no index of training runs at {path.name}: {fault}") from fault


def _unpacked(arrays: dict[str, npt.NDArray[Any]], metadata: dict[str, str]) -> RunIndex:
    """The index in a file.

    Raises:
        KeyError, ValueError, TypeError: its parts do not fit together.
    """
    intervals, durations, suffixes = (arrays[name] for name in ("intervals", "durations", "suffixes"))
    tunes = [_IndexedTune(*row) for row in json.loads(arrays["tunes"].tobytes())]
    people = [PeopleShare(**row) for row in json.loads(metadata["people"])]
    if not len(intervals) == len(durations) == len(suffixes) or (np.bincount(suffixes) != 1).any():
        raise ValueError("its parts are of different lengths")
    firsts = [tune.first for tune in tunes]
    if firsts[:1] != [0] or any(after <= before for before, after in pairwise([*firsts, len(intervals)])):
        raise ValueError("its tunes are out of order")
    return RunIndex(tunes, intervals, durations, metadata["dataset"], people, suffixes)


def _moves_between(notes: Sequence[tuple[int, int]]) -> list[Move]:
    return [(after[1] - before[1], after[0] - before[0]) for before, after in pairwise(notes)]


def _run_at(text: bytes, start: int, length: int) -> bytes:
    """The run of `length` moves from the move `start` on."""
    first = MOVE_BYTES * start
    return text[first : first + text_length(length)]
