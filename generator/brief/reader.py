"""What a text feels like: polarity, valence, arousal and named emotions, by the networks that ship."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor

from generator.brief.subwords import UNKNOWN
from generator.brief.text_checkpoint import SERVED_TEXT, TextCheckpoint, load_text_checkpoint
from generator.brief.text_ratings import signs
from generator.brief.tokens import english_words, hashes, normalise, plain_hashes

LONGEST_UNITS = 400
"""Sub-words of a Korean text that the Bi-LSTM reads."""
AT_A_TIME = 256


@dataclass(frozen=True)
class TextReading:
    """What one text feels like.

    Attributes:
        polarity: from -1, surely negative, to 1, surely positive; None where no network judges the language.
        valence: from -1, unpleasant, to 1, pleasant, on the scale of EmoBank; 0 is neutral.
        arousal: from -1, calm, to 1, excited, on the same scale.
        emotions: the probability of each label, of GoEmotions for English and of KOTE for Korean; several
            may be given at once, so they do not sum to 1. Empty for other languages.
    """

    polarity: float | None
    valence: float
    arousal: float
    emotions: Mapping[str, float]


SILENT = TextReading(None, 0.0, 0.0, MappingProxyType({}))
"""The reading of a text in a language that was not learned, and of one without a letter or sign."""


@lru_cache(maxsize=2)
def load_reader(path: Path = SERVED_TEXT) -> "TextReader":
    """The reader in that file, loaded once.

    Raises:
        ReaderRefused: the file is missing or is not what it should be; the message says what to do.
    """
    return TextReader(load_text_checkpoint(path))


class TextReader:
    """Reads texts in English and Korean. The same texts give the same readings, alone or among others to 1e-5."""

    def __init__(self, checkpoint: TextCheckpoint) -> None:
        self.checkpoint = checkpoint
        self._model = checkpoint.model

    def thresholds(self, language: str) -> Mapping[str, float]:
        """The probability from which on each emotion is taken for given; empty for languages not learned."""
        model = self._model
        if language == "en":
            return dict(zip(model.names.goemotions, model.goemotions_from.tolist(), strict=True))
        if language == "ko":
            return dict(zip(model.names.kote, model.kote_from.tolist(), strict=True))
        return {}

    def read(self, texts: Sequence[str], language: str) -> list[TextReading]:
        """A reading of each text, in their order.

        Args:
            texts: of any length and content; what stands behind the first 2,000 characters is not read.
            language: "en" or "ko"; texts in any other are given silent readings.
        """
        read = {"en": self._english, "ko": self._korean}.get(language)
        if read is None:
            return [SILENT] * len(texts)
        clean = [normalise(text) for text in texts]
        readings = [SILENT] * len(texts)
        told = [number for number, text in enumerate(clean) if text]
        with torch.inference_mode():
            for start in range(0, len(told), AT_A_TIME):
                some = told[start : start + AT_A_TIME]
                for number, reading in zip(some, read([clean[n] for n in some]), strict=True):
                    readings[number] = reading
        return readings

    def _english(self, texts: list[str]) -> list[TextReading]:
        seen, added, odds = self.english_seen(texts)
        feeling = self._model.feeling(seen) + added  # (B, 2)
        return _readings([None] * len(texts), feeling, torch.sigmoid(odds), self._model.names.goemotions)

    def english_seen(self, texts: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """What is seen of normalised English texts.

        That from which valence and arousal are told, (B, n); what their n-grams add to these, (B, 2); and the log
        odds of GoEmotions' labels, (B, labels).
        """
        model = self._model
        grams = _flat([hashes(text, "en") for text in texts])
        summary = model.bag.summary(*grams)  # (B, width)
        odds = model.goemotions_lines(*_flat([plain_hashes(text, "en") for text in texts]))  # (B, labels)
        rated = np.stack([signs(english_words(text), self.checkpoint.ratings) for text in texts])
        return torch.cat([summary, odds, torch.from_numpy(rated)], dim=1), model.feeling_lines(*grams), odds

    def _korean(self, texts: list[str]) -> list[TextReading]:
        polarity, _, chances = self.korean_odds(texts)
        positive = torch.tanh(polarity["all"] / 2)  # (B,): twice the probability, less one
        points = chances @ self._model.kote_points / chances.sum(1, keepdim=True).clamp(min=1e-6)  # (B, 2)
        return _readings(positive.tolist(), points, chances, self._model.names.kote)

    def korean_odds(self, texts: Sequence[str]) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        """What is said of normalised Korean texts.

        The log odds of positive by each Bi-LSTM, "bilstm 1" and so on, by "bag" and by "all", (B,) each; what the
        Bi-LSTMs see, (B, n); and the probabilities of KOTE's labels, (B, labels), by the mean of two log odds.
        """
        model = self._model
        bag = model.bag.summary(*_flat([hashes(text, "ko") for text in texts]))  # (B, width)
        width = model.kote.in_features // len(model.bilstms)
        seen = torch.zeros(len(model.bilstms), len(texts), width)  # (Bi-LSTMs, B, n)
        units = [self.checkpoint.subwords.numbers(text)[:LONGEST_UNITS] or [UNKNOWN] for text in texts]
        for length in sorted(set(map(len, units))):
            rows = [number for number, some in enumerate(units) if len(some) == length]
            for member, bilstm in enumerate(model.members):
                seen[member, rows] = bilstm.summary(torch.tensor([units[row] for row in rows]))
        odds = {f"bilstm {n + 1}": bilstm.head(seen[n]).squeeze(1) for n, bilstm in enumerate(model.members)}
        odds["bag"] = model.bag.heads["nsmc"](bag).squeeze(1)
        odds["all"] = torch.stack([*odds.values()], dim=1) @ model.mix[:-1] + model.mix[-1]
        together = torch.cat([*seen], dim=1)  # (B, Bi-LSTMs * n)
        lines = model.kote_lines(*_flat([plain_hashes(text, "ko") for text in texts]))
        return odds, together, torch.sigmoid((lines + model.kote(together)) / 2)


def _readings(
    polarity: Sequence[float | None], feeling: Tensor, chances: Tensor, names: Sequence[str]
) -> list[TextReading]:
    return [
        TextReading(positive, _inside(valence), _inside(arousal), dict(zip(names, probabilities, strict=True)))
        for positive, (valence, arousal), probabilities in zip(
            polarity, feeling.tolist(), chances.tolist(), strict=True
        )
    ]


def _inside(value: float) -> float:
    return max(-1.0, min(1.0, value))


def _flat(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """All hashes one after another, (N,), and where each text's begin, (B,)."""
    lengths = torch.tensor([0, *(len(text) for text in texts[:-1])])
    return torch.tensor([number for text in texts for number in text], dtype=torch.long), lengths.cumsum(0)
