"""What descriptions of videos taught: n-grams that speak for moods, added to what the scene lexicon found.

Thousands of descriptions were written for it in all three languages, each with the moods that suit it. A linear model
of their n-grams (see `text_lines`) starts from the lexicon's log odds of the sixteen moods and learns what to add.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from generator.brief.checkpoint_files import ReaderRefused, open_checkpoint
from generator.brief.eight_bits import from_eight_bits, to_eight_bits
from generator.brief.scenes_chinese import to_simplified
from generator.brief.text_lines import Lines
from generator.brief.tokens import LONGEST, READING, character_hashes, hashes, normalise, plain_hashes
from generator.mood import MOODS

NAME = "scene_lines"
COMMAND = "python -m generator train-scenes"
SERVED_SCENES = Path(__file__).parent.parent / "checkpoints" / f"{NAME}.safetensors"
"""The checkpoint that reads descriptions."""
MOST_TELLING = 3
_CHINESE_SIZES = (1, 2, 3)
_PARTS = {
    "en": re.compile(r"[^\W_]+(?:['’][^\W_]+)*"),
    "ko": re.compile(r"[^\W_]+"),
    "zh": re.compile(r"(?=([㐀-鿿]{2}))"),
}
"""What is named as a reason: words, in Chinese pairs of characters."""
_READING = {"tokens": READING, "chinese": [*_CHINESE_SIZES], "moods": list(MOODS)}
_MIDDLE = 1 << 31
"""Of the hashes: less that they are kept in 32 bits with a sign."""


@dataclass(frozen=True)
class Taught:
    """What there is to say about one text beside the lexicon.

    Attributes:
        trust: what the lexicon's log odds are multiplied by.
        odds: what is added to them, by mood; all 0 if no n-gram of the text is known.
    """

    trust: float
    odds: Mapping[str, float]


@dataclass(frozen=True)
class TaughtReader:
    """Reads descriptions in the languages of the lexicon: "en", "ko" and "zh".

    Attributes:
        lines: by language, from a text's n-grams to the sixteen moods in their order.
        trust: by language, what the lexicon's log odds are multiplied by.
        training: what they learned from.
        identity: NAME and the first twelve hex digits of the file's SHA-256.
    """

    lines: Mapping[str, Lines]
    trust: Mapping[str, float]
    training: Mapping[str, Any]
    identity: str

    def read(self, texts: Sequence[str], language: str) -> list[Taught]:
        """What is to be added to the lexicon's reading of each text."""
        rows = said(self.lines[language], texts, language).tolist()
        return [Taught(self.trust[language], dict(zip(MOODS, row, strict=True))) for row in rows]

    def telling(self, text: str, language: str, mood: str) -> tuple[str, ...]:
        """The parts of a text that speak for a mood, the clearest first, at most MOST_TELLING."""
        parts = list(dict.fromkeys(_PARTS[language].findall(text[:LONGEST])))
        rows = said(self.lines[language], parts, language)
        clear = (rows[:, list(MOODS).index(mood)] - rows.mean(1)).tolist()
        found = sorted(zip(clear, parts, strict=True), key=lambda pair: -pair[0])
        return tuple(part for clearness, part in found[:MOST_TELLING] if clearness > 0)


def said(lines: Lines, texts: Sequence[str], language: str) -> Tensor:
    """(texts, moods): what lines add to the lexicon's log odds."""
    if not texts:
        return torch.zeros(0, len(MOODS))
    grams = [scene_hashes(text, language) for text in texts]
    starts = torch.tensor([0, *(len(some) for some in grams[:-1])]).cumsum(0)
    with torch.inference_mode():
        rows: Tensor = lines(torch.tensor([one for some in grams for one in some], dtype=torch.long), starts)
    return rows


def scene_hashes(text: str, language: str) -> list[int]:
    """The distinct n-grams of a description, hashed to 32 bits, in ascending order."""
    text = normalise(text)
    if language == "zh":
        return character_hashes(to_simplified(text), _CHINESE_SIZES)
    return hashes(text, "en") if language == "en" else plain_hashes(text, "ko")


@lru_cache(maxsize=2)
def load_taught(path: Path = SERVED_SCENES) -> TaughtReader:
    """The reader in that file, loaded once.

    Raises:
        ReaderRefused: the file is missing or is not what it should be; the message says what to do.
    """
    metadata, tensors = open_checkpoint(path, COMMAND)
    try:
        if metadata["network"] != NAME or json.loads(metadata["reading"]) != _READING:
            raise ReaderRefused(f"{path.name} is of another version: run `{COMMAND}`")
        trust: dict[str, float] = json.loads(metadata["trust"])
        return TaughtReader(
            {language: _lines(tensors, language) for language in trust},
            trust,
            json.loads(metadata["training"]),
            f"{NAME}-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}",
        )
    except (KeyError, ValueError, RuntimeError) as fault:
        raise ReaderRefused(f"{path.name} holds something else: run `{COMMAND}`") from fault


def save_taught(
    path: Path, lines: Mapping[str, Lines], trust: Mapping[str, float], training: Mapping[str, Any]
) -> None:
    """Write the checkpoint at once or not at all, its tables in 8 and 16 bits."""
    tensors: dict[str, Tensor] = {}
    for language, of_language in lines.items():
        tensors[f"{language}.known"] = (of_language.known - _MIDDLE).int()
        tensors[f"{language}.rarity"] = of_language.rarity.half()
        tensors[f"{language}.weights"], tensors[f"{language}.scales"] = to_eight_bits(of_language.weights)
    facts = {"reading": _READING, "trust": trust, "training": training}
    metadata = {"network": NAME} | {name: json.dumps(fact, ensure_ascii=False) for name, fact in facts.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    save_file(tensors, unfinished, metadata)
    unfinished.replace(path)


def _lines(tensors: Mapping[str, Tensor], language: str) -> Lines:
    known = tensors[f"{language}.known"].long() + _MIDDLE
    lines = Lines(len(known), len(MOODS))
    lines.known.copy_(known)
    lines.rarity.copy_(tensors[f"{language}.rarity"])
    lines.weights.copy_(from_eight_bits(tensors[f"{language}.weights"], tensors[f"{language}.scales"]))
    return lines
