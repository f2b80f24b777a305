"""What each mood asks for, learned from the training pieces that curators labelled with it.

After the supervised clustering of EmoGen (Kang et al. 2023, arXiv 2307.01229): the pieces with one label are a cluster
among the attributes, and what lies about its centre is what the label means in general, since every single label is
subjective. Medians instead of means, how many count as outliers and the trust in the published table are ours.
Of the n pieces of the training part with a mood, each a row of standings -1..1:

    centre = their median, attribute by attribute
    near   = all but the n // 5 farthest from the centre (Euclidean distance)
    weight = n / (n + 20)
    target = weight * median of near + (1 - weight) * published

so that the table counts as 20 pieces. An attribute that the table leaves free stays free with fewer than 20 pieces;
from then on it is asked for as if 0, the corpus's middle, were published. A label is taken to mean intensity 1.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from generator.melody.attributes import AttributeScale
from generator.melody.melody import Melody
from generator.targets import ASKED_ATTRIBUTES, PUBLISHED, TARGETS_PATH, MoodTargets, save_targets
from generator.training.corpora import Corpus
from generator.training.dataset import melodies_of, part_of

PUBLISHED_COUNTS_AS = 20
"""Labelled pieces that weigh as much as the published table."""
OUTLIERS_ONE_IN = 5


def targets_of(mood_name: str, standings: npt.NDArray[np.float64]) -> MoodTargets:
    """What a mood asks for, by where the pieces labelled with it stand.

    `standings` is (n, ASKED_ATTRIBUTES) in -1..1, n at least 1.
    """
    pieces = len(standings)
    weight = pieces / (pieces + PUBLISHED_COUNTS_AS)
    distances = np.linalg.norm(standings - np.median(standings, axis=0), axis=1)
    near = np.argsort(distances, kind="stable")[: pieces - pieces // OUTLIERS_ONE_IN]
    published = PUBLISHED[mood_name]
    return MoodTargets(
        pieces,
        {
            name: round(weight * float(middle) + (1 - weight) * published.get(name, 0.0), 4)
            for name, middle in zip(ASKED_ATTRIBUTES, np.median(standings[near], axis=0), strict=True)
            if name in published or pieces >= PUBLISHED_COUNTS_AS
        },
    )


def learn_targets(corpus: Corpus) -> dict[str, MoodTargets]:
    """What the labelled pieces of the training part say of every mood that one of them has, by the mood's name."""
    labelled: defaultdict[str, list[Melody]] = defaultdict(list)
    for entry in corpus.pieces:
        if entry.piece.mood is not None and part_of(entry) == "train":
            labelled[entry.piece.mood].append(entry.piece.melody)
    if not labelled:
        return {}
    scale = AttributeScale.of(melodies_of(corpus, "train"))
    return {name: targets_of(name, _standings(melodies, scale)) for name, melodies in labelled.items()}


def renew_targets(corpus: Corpus, report: Callable[[str], None], path: Path = TARGETS_PATH) -> None:
    """Write to `path` what the corpus's labelled pieces say, and report it; without any there is no such file."""
    learned = learn_targets(corpus)
    if not learned:
        path.unlink(missing_ok=True)
        report(
            "no training piece at hand is labelled with a mood: what moods ask for is the published table alone "
            "(EMOTIONMUSIC_CURATED names the folder of the approved pieces)"
        )
        return
    save_targets(learned, corpus.fingerprint, path)
    for name, targets in learned.items():
        report(f"{name}: {_what_moved_most(name, targets)}")


def _standings(melodies: list[Melody], scale: AttributeScale) -> npt.NDArray[np.float64]:
    placed = [scale.place(melody) for melody in melodies]
    return np.array([[standing[name] for name in ASKED_ATTRIBUTES] for standing in placed])


def _what_moved_most(mood_name: str, targets: MoodTargets) -> str:
    published = PUBLISHED[mood_name]
    count = "1 piece" if targets.pieces == 1 else f"{targets.pieces} pieces"
    moved = {name: standing - published.get(name, 0.0) for name, standing in targets.standings.items()}
    most = max(moved, key=lambda name: abs(moved[name]))
    before = f"{published[most]:+.2f}" if most in published else "free"
    return f"{count}, moved most: {most.replace('_', ' ')} from {before} to {targets.standings[most]:+.2f}"
