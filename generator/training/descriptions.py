"""Descriptions of videos with the moods that suit them, and what is learned from them (`generator.brief.taught`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag, log_softmax

from generator.brief.feeling import EVEN, LEAST_SHARE
from generator.brief.lexicon import LANGUAGES
from generator.brief.scenes import read_scene
from generator.brief.taught import said, scene_hashes
from generator.brief.text_lines import Lines
from generator.mood import MOODS
from generator.training.texts_lines import known_lines, rarities

FOLDER = Path(__file__).parent / "described"
"""The descriptions that come with the project, a file an author."""
SHARES = (0.7, 0.2, 0.1)
"""How much the first, the second and the third right mood of a description count."""
PLAIN, PLAIN_COUNTS = "plain", 2.0
"""What the files begin with whose descriptions are of plain things in their usual feeling, and how much each counts:
in stories things stand in other feelings than usual, and there are more stories."""
PENALTY = 3e-5
"""Of the squared weights, beside the mean loss of a description."""
HOLD = 0.01
"""How firmly the trust in the lexicon is held to 1."""
ROUNDS = 100
GROUPS = 4
"""Parts that the authors are dealt into when each is to be read by what the others taught."""


class BadDescriptions(ValueError):
    """A line that is no description; the message names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Description:
    """One scene: the moods that suit it, the best first, its text by language, and whose it is."""

    moods: tuple[str, ...]
    texts: dict[str, str]
    author: str


def load_descriptions(folder: Path = FOLDER) -> list[Description]:
    """All of them, in the order of the files.

    Raises:
        BadDescriptions: a line has not a list of moods and a text in every language, with tabs between them.
    """
    found = []
    for file in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            moods, *texts = line.split("\t")
            names = tuple(moods.split(","))
            if len(texts) != len(LANGUAGES) or not all(texts) or not set(names) <= set(MOODS):
                raise BadDescriptions(f"{file.name}, line {number}: moods, then a text in {', '.join(LANGUAGES)}")
            found.append(Description(names, dict(zip(LANGUAGES, texts, strict=True)), file.stem))
    return found


def learn(descriptions: Sequence[Description], language: str) -> tuple[Lines, float]:
    """The lines of a language, and how far the lexicon is trusted beside them."""
    texts = [description.texts[language] for description in descriptions]
    grams = [np.array(scene_hashes(text, language), dtype=np.int64) for text in texts]
    lines = known_lines(grams, len(MOODS))
    of_texts = rarities(lines, grams)
    rows, starts = (torch.from_numpy(part).long() for part in (of_texts.indices, of_texts.indptr[:-1]))
    weights = torch.from_numpy(of_texts.data).float()
    lexicon = lexicon_odds(texts, language)
    right = torch.stack([shares_of(description.moods) for description in descriptions])
    counts = torch.tensor([PLAIN_COUNTS if one.author.startswith(PLAIN) else 1.0 for one in descriptions])
    table = torch.zeros(len(lines.known), len(MOODS), requires_grad=True)
    trust = torch.ones((), requires_grad=True)
    optimizer = torch.optim.LBFGS([table, trust], max_iter=ROUNDS, history_size=8, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        odds = trust * lexicon + embedding_bag(rows, table, starts, mode="sum", per_sample_weights=weights)
        fault = -((right * log_softmax(odds, dim=1)).sum(1) * counts).sum() / counts.sum()
        fault = fault + PENALTY * table.square().sum() / 2 + HOLD * (trust - 1).square()
        torch.autograd.backward(fault)
        return fault

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    lines.weights.copy_(table.detach())
    return lines, float(trust.detach())


def lexicon_odds(texts: Sequence[str], language: str) -> Tensor:
    """(texts, moods): the log odds of the moods by the scene lexicon, as `generator.brief.feeling` weighs them."""
    shares = torch.tensor([[read_scene(text, language).moods[name] for name in MOODS] for text in texts])
    return torch.log(shares.clamp(min=LEAST_SHARE) / EVEN)


def shares_of(moods: Sequence[str]) -> Tensor:
    """(moods,): the shares of right moods, the best first."""
    shares = torch.zeros(len(MOODS))
    for name, share in zip(moods, SHARES, strict=False):
        shares[list(MOODS).index(name)] += share
    return shares / shares.sum()


@dataclass(frozen=True)
class Found:
    """How well descriptions are read whose authors were not learned from, as shares 0..1.

    Attributes:
        quadrant: by language, in the quadrant of the best mood.
        mood: by language, with a right mood first.
        agreement: in one quadrant in all languages.
    """

    quadrant: dict[str, float]
    mood: dict[str, float]
    agreement: float


def left_out(descriptions: Sequence[Description], lexicon_alone: bool = False) -> Found:
    """Every description read by what those of other authors taught, or by the lexicon alone; authors go by fours."""
    authors = sorted({description.author for description in descriptions})
    group = [authors.index(description.author) % GROUPS for description in descriptions]
    read: dict[str, list[str]] = {}
    for language in LANGUAGES:
        read[language] = [""] * len(descriptions)
        for number in range(GROUPS):
            others = [one for one, its_group in zip(descriptions, group, strict=True) if its_group != number]
            out = [place for place, its_group in enumerate(group) if its_group == number]
            if not others or not out:
                continue
            texts = [descriptions[place].texts[language] for place in out]
            odds = lexicon_odds(texts, language)
            if not lexicon_alone:
                lines, trust = learn(others, language)
                odds = trust * odds + said(lines, texts, language)
            for place, best in zip(out, odds.argmax(1).tolist(), strict=True):
                read[language][place] = list(MOODS)[best]
    right = [_quadrant(description.moods[0]) for description in descriptions]
    quadrants = {language: [_quadrant(mood) for mood in moods] for language, moods in read.items()}
    return Found(
        {language: _share(a == b for a, b in zip(quadrants[language], right, strict=True)) for language in LANGUAGES},
        {
            language: _share(mood in one.moods for mood, one in zip(moods, descriptions, strict=True))
            for language, moods in read.items()
        },
        _share(len(set(of_languages)) == 1 for of_languages in zip(*quadrants.values(), strict=True)),
    )


def _quadrant(mood: str) -> tuple[bool, bool]:
    return MOODS[mood].valence > 0, MOODS[mood].arousal > 0


def _share(right: Iterable[bool]) -> float:
    given = list(right)
    return sum(given) / max(1, len(given))
