"""The texts that the reader learns from, and which of them are held out."""

import csv
import gzip
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.brief.tokens import normalise

HELD_OUT_REVIEWS, VALIDATION_REVIEWS = 20_000, 10_000
"""Reviews to be measured on, and to choose by; half of each negative."""
NEGATIVE, POSITIVE = range(1, 5), range(9, 11)
"""The ratings of the two classes, those of NSMC; the others are of neither."""

_PLACE_IN_DOCUMENT = re.compile(r"_\d+_\d+$")


class DataMissing(Exception):
    """The texts are not at hand; the message says what to do."""


@dataclass(frozen=True)
class Review:
    """A film review as it was normalised, its rating from 1 to 10."""

    text: str
    rating: int

    @property
    def positive(self) -> bool:
        return self.rating in POSITIVE


@dataclass(frozen=True)
class Reviews:
    """Reviews to learn from, to choose by and to measure on; no text stands in two of them.

    `train` holds every rating, `validation` and `test` the two classes alone, in equal numbers.
    """

    train: list[Review]
    validation: list[Review]
    test: list[Review]


@dataclass(frozen=True)
class Labelled:
    """A text with what people said of it: numbers of labels, or values on scales from -1 to 1.

    `held_out` says that nothing may learn from it, `calibrating` that only thresholds may. Texts of one document
    are of one `group`.
    """

    text: str
    labels: tuple[int, ...] = ()
    values: tuple[float, ...] = ()
    held_out: bool = False
    calibrating: bool = False
    group: int = 0


@dataclass(frozen=True)
class Texts:
    """All of them. `goemotions` and `kote` have labels, `emobank` and `glasgow` valence and arousal."""

    reviews: Reviews
    goemotions: list[Labelled]
    goemotions_names: list[str]
    kote: list[Labelled]
    kote_names: list[str]
    emobank: list[Labelled]
    glasgow: list[Labelled]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all texts, what is said of them and who holds them out, in hexadecimal."""
        digest = hashlib.sha256()
        for part in (self.reviews.train, self.reviews.validation, self.reviews.test):
            for review in part:
                digest.update(f"{review.rating} {review.text}\n".encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
        for entries in (self.goemotions, self.kote, self.emobank, self.glasgow):
            for entry in entries:
                digest.update(f"{entry}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def texts_folder() -> Path:
    """Where the texts are.

    Raises:
        DataMissing: EMOTIONMUSIC_DATA names no folder with texts.
    """
    data = os.environ.get("EMOTIONMUSIC_DATA")
    if not data:
        raise DataMissing("the texts are missing: EMOTIONMUSIC_DATA must name the folder that holds text/")
    folder = Path(data) / "text"
    if not folder.is_dir():
        raise DataMissing(f"the texts are missing: there is no folder {folder}; EMOTIONMUSIC_DATA names the one above")
    return folder


def load_texts(folder: Path, held_out: int = HELD_OUT_REVIEWS, validation: int = VALIDATION_REVIEWS) -> Texts:
    """Read all of them.

    Args:
        folder: with the files of `docs/text_model_card.md`.
        held_out, validation: reviews of those parts, both classes together.

    Raises:
        DataMissing: a file is missing or is not what its name says.
    """
    try:
        names = [
            (folder / f"{source}_labels.txt").read_text(encoding="utf-8").split() for source in ("goemotions", "kote")
        ]
        return Texts(
            reviews=split_reviews(list(_reviews(folder / "nsmc_reviews.tsv.gz")), held_out, validation),
            goemotions=list(_goemotions(folder)),
            goemotions_names=names[0],
            kote=list(_kote(folder / "kote.tsv")),
            kote_names=names[1],
            emobank=list(_emobank(folder / "emobank.csv")),
            glasgow=list(_glasgow(folder / "glasgow_norms.csv")),
        )
    except FileNotFoundError as fault:
        raise DataMissing(f"the texts are missing: there is no {fault.filename}") from fault
    except (OSError, EOFError, ValueError, KeyError) as fault:
        raise DataMissing(f"the texts in {folder} are not as they should be: {fault}") from fault


def split_reviews(reviews: list[Review], held_out: int, validation: int) -> Reviews:
    """Each distinct text once, as it first comes, in the order of a hash: first the test, then the validation part.

    The parts are the same whatever order the reviews come in, but for texts that come with two ratings.
    """
    distinct = {review.text: review for review in reversed(reviews) if review.text}
    ordered = sorted(distinct.values(), key=lambda review: _digest(review.text))
    parts: dict[str, list[Review]] = {"test": [], "validation": [], "train": []}
    room = {
        (part, side): size // 2 for part, size in (("test", held_out), ("validation", validation)) for side in (0, 1)
    }
    for review in ordered:
        part = "train"
        if review.rating in NEGATIVE or review.positive:
            part = next((part for part in ("test", "validation") if room[part, review.positive]), "train")
        if part != "train":
            room[part, review.positive] -= 1
        parts[part].append(review)
    return Reviews(**parts)


def share(identity: str) -> float:
    """A number in [0, 1) by a hash of an identity: what stands below a share is of that part."""
    return int(_digest(identity)[:12], 16) / 16**12


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _reviews(path: Path) -> Iterator[Review]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        for line in lines:
            _, rating, text = line.rstrip("\n").split("\t", 2)
            yield Review(normalise(text), int(rating))


def _goemotions(folder: Path) -> Iterator[Labelled]:
    for part in ("train", "dev"):
        for text, labels, _ in _rows(folder / f"goemotions_{part}.tsv"):
            clean, own = normalise(text), part == "dev"
            yield Labelled(clean, _numbers(labels), held_out=own, calibrating=not own and share(clean) < 0.1)


def _kote(path: Path) -> Iterator[Labelled]:
    for _, text, labels in _rows(path):
        clean = normalise(text)
        place = share(clean)
        yield Labelled(clean, _numbers(labels), held_out=place < 0.2, calibrating=0.2 <= place < 0.3)


def _emobank(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            document = _PLACE_IN_DOCUMENT.sub("", row["id"])
            values = tuple((float(row[scale]) - 3) / 2 for scale in "VA")
            place = share(document)
            yield Labelled(normalise(row["text"]), values=values, held_out=place < 0.15, group=int(place * 1e6))


def _glasgow(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            word = normalise(row["Word"])
            values = tuple((float(row[scale]) - 5) / 4 for scale in ("Valence", "Arousal"))
            yield Labelled(word, values=values, held_out=share(word) < 0.15)


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\r\n").split("\t")


def _numbers(labels: str) -> tuple[int, ...]:
    return tuple(int(label) for label in labels.split(","))
