"""The sources that the composer may learn from, read once into compact files."""

import hashlib
import inspect
import json
import os
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import music21
from tqdm import tqdm

from generator.melody.melody import to_common_tonic
from generator.mood import UnknownMood
from generator.training import extracting, reading
from generator.training.cache import keep_lines, kept_lines
from generator.training.pieces import Dropped, Piece, piece_from_json, piece_to_json
from generator.training.variants import find_variants

Reader = Callable[[Path, str], Iterator[Piece | Dropped]]

_DROPPED_START = '{"reason"'
_MUSIC21_CORPUS = Path(music21.__file__).parent / "corpus"


@dataclass(frozen=True)
class Source:
    """A collection: its licence, its origin in words, its files and how to read one of them."""

    name: str
    licence: str
    origin: str
    folder: Path
    pattern: str
    read: Reader

    def files(self) -> list[Path]:
        return sorted(self.folder.glob(self.pattern))


@dataclass(frozen=True)
class CorpusPiece:
    """A piece in the common tonic, with the group of variants that it belongs to."""

    piece: Piece
    group: str


@dataclass(frozen=True)
class Corpus:
    """All that can be learned from, and how many pieces were dropped under which reason.

    `counts` gives the pieces kept a source; `licences` the licence of each of those sources.
    """

    pieces: tuple[CorpusPiece, ...]
    dropped: Counter[str]
    counts: Counter[str]
    licences: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """A hash of every piece, its mood left aside, in hexadecimal: what a checkpoint names as its dataset."""
        digest = hashlib.sha256()
        for entry in self.pieces:
            digest.update(piece_to_json(replace(entry.piece, mood=None)).encode())
        return digest.hexdigest()


def known_sources() -> list[Source]:
    """The sources at hand, in a fixed order; those whose folder is missing are left out.

    `EMOTIONMUSIC_DATA` names the folder with the OpenScore songs, `EMOTIONMUSIC_CURATED` the one that
    holds the pieces approved by the site's curators. music21's `essenFolksong` is never among them: its
    licence forbids commercial use.
    """
    transcribed = "public domain (printed collection), transcribed by volunteers named in the files"
    sources = [
        Source(
            "ryans-mammoth", transcribed, "Ryan's Mammoth Collection, 1883",
            _MUSIC21_CORPUS / "ryansMammoth", "*.abc", reading.read_abc,
        ),
        Source(
            "oneills-1850", transcribed, "O'Neill's Music of Ireland, 1903",
            _MUSIC21_CORPUS / "oneills1850", "*.abc", reading.read_abc,
        ),
        Source(
            "airds-airs", transcribed, "Aird's Airs, 1778-1801",
            _MUSIC21_CORPUS / "airdsAirs", "*.abc", reading.read_abc,
        ),
    ]  # fmt: skip
    if data := os.environ.get("EMOTIONMUSIC_DATA"):
        folder = Path(data) / "scores" / "openscore-lieder"
        sources.append(
            Source("openscore-lieder", "CC0 1.0", "OpenScore Lieder Corpus, the voices", folder, "*.mxl",
                   reading.read_song)
        )  # fmt: skip
    if curated := os.environ.get("EMOTIONMUSIC_CURATED"):
        sources.append(
            Source("curated", "as stated for each piece", "approved by the site's curators", Path(curated),
                   "*.json", read_curated)
        )  # fmt: skip
    return [source for source in sources if source.folder.is_dir()]


def read_curated(path: Path, source: str) -> Iterator[Piece | Dropped]:
    """The approved piece in a file that the site wrote."""
    try:
        yield piece_from_json(path.read_text(encoding="utf-8"))
    except UnknownMood:
        yield Dropped(f"{source}/{path.stem}", "mood not known to the composer")
    except ValueError:
        yield Dropped(f"{source}/{path.stem}", "unreadable")


def load_corpus(sources: list[Source], cache: Path, *, limit: int | None = None) -> Corpus:
    """The corpus of `sources`, with the first `limit` files of each.

    What is read from a source is kept in `cache` and read again only when one of its files or the
    reading itself has changed. Exact copies are dropped; variants share a group.
    """
    pieces: list[Piece] = []
    dropped: Counter[str] = Counter()
    for source in sources:
        for item in _read_source(source, cache, limit):
            if isinstance(item, Dropped):
                dropped[item.reason] += 1
                continue
            melody = to_common_tonic(item.melody)
            if melody is None:
                dropped["range too wide"] += 1
                continue
            pieces.append(replace(item, melody=melody))
    groups, copies = find_variants(pieces)
    dropped["copy of another piece"] += len(copies)
    kept = tuple(CorpusPiece(piece, groups[piece.identity]) for piece in pieces if piece.identity not in copies)
    counts = Counter(entry.piece.source for entry in kept)
    return Corpus(kept, dropped, counts, {s.name: s.licence for s in sources if counts[s.name]})


def _read_source(source: Source, cache: Path, limit: int | None) -> list[Piece | Dropped]:
    files = source.files()[:limit]
    stamp = _stamp(source, files)
    path = cache / f"{source.name}{'' if limit is None else f'-first-{limit}'}.jsonl.gz"
    if (kept := _from_cache(path, stamp)) is not None:
        return kept
    items: list[Piece | Dropped] = []
    with ProcessPoolExecutor() as pool:
        read = partial(_read_file, source.read, source.name)
        for found in tqdm(
            pool.map(read, files, chunksize=4), total=len(files), desc=source.name, unit="file", disable=None
        ):
            items.extend(found)
    _to_cache(path, stamp, items)
    return items


def _read_file(read: Reader, name: str, path: Path) -> list[Piece | Dropped]:
    with warnings.catch_warnings():
        # music21 warns of marks that do not touch a melody: directions, brackets, lyrics.
        warnings.simplefilter("ignore")
        return list(read(path, name))


def _stamp(source: Source, files: list[Path]) -> str:
    """What a source's compact file depends on: the files, and the code that reads them."""
    digest = hashlib.sha256(source.name.encode())
    for module in (reading, extracting):
        digest.update(inspect.getsource(module).encode())
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _from_cache(path: Path, stamp: str) -> list[Piece | Dropped] | None:
    """What the compact file holds, None if it is missing, broken or of other files."""
    lines = kept_lines(path, stamp)
    try:
        return (
            None
            if lines is None
            else [
                Dropped(**json.loads(line)) if line.startswith(_DROPPED_START) else piece_from_json(line)
                for line in lines
            ]
        )
    except ValueError:
        return None


def _to_cache(path: Path, stamp: str, items: list[Piece | Dropped]) -> None:
    keep_lines(
        path, stamp, (_dropped_to_json(item) if isinstance(item, Dropped) else piece_to_json(item) for item in items)
    )


def _dropped_to_json(item: Dropped) -> str:
    return json.dumps({"reason": item.reason, "identity": item.identity})
