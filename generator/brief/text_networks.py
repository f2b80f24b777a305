"""The two networks that read texts.

`BiLSTM` after Cho & Hwang's reader of reviews: sub-words whose embeddings were learned by word2vec (Mikolov et al.
2013), then a bidirectional LSTM (Schuster & Paliwal 1997; Hochreiter & Schmidhuber 1997), then two classes. `Bag` is
after Joulin et al., Bag of Tricks for Efficient Text Classification (2017): hashed n-grams, an embedding each, summed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class BiLSTMConfig:
    """Sizes: of the vocabulary, the embeddings, and the LSTM in each direction."""

    units: int
    width: int = 128
    hidden: int = 128
    dropout: float = 0.4


class BiLSTM(nn.Module):
    """Whether a review is positive, from its sub-words.

    Texts of one batch are of one length: nothing is padded, so that a text is read alike alone and among others.
    """

    def __init__(self, config: BiLSTMConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = nn.Embedding(config.units, config.width)
        self.lstm = nn.LSTM(config.width, config.hidden, bidirectional=True, batch_first=True)
        self.head = nn.Linear(4 * config.hidden, 1)
        self.dropout = nn.Dropout(config.dropout)

    def summary(self, units: Tensor) -> Tensor:
        """Sub-words (B, T), T at least 1, to what is seen of each text, (B, 4 * hidden): the highest and the mean."""
        x = self.dropout(self.embeddings(units))  # (B, T, width)
        states = self.lstm(x)[0].float()  # (B, T, 2 * hidden)
        return torch.cat([states.amax(1), states.mean(1)], dim=1)

    def forward(self, units: Tensor) -> Tensor:
        """(B, T) to the log odds of positive, (B,)."""
        odds: Tensor = self.head(self.dropout(self.summary(units))).squeeze(1)
        return odds


@dataclass(frozen=True)
class BagConfig:
    """Sizes: rows that the hashes fall into, the embeddings, and the outputs of each head."""

    buckets: int = 1 << 18
    width: int = 48
    heads: Mapping[str, int] = field(default_factory=dict)
    dropout: float = 0.2


class Bag(nn.Module):
    """One table of embeddings of hashed n-grams for both languages, and a head for each thing that is asked."""

    def __init__(self, config: BagConfig) -> None:
        super().__init__()
        self.config = config
        self.table = nn.EmbeddingBag(config.buckets, config.width, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, std=0.1 / config.width**0.5)
        self.heads = nn.ModuleDict({name: nn.Linear(config.width, size) for name, size in config.heads.items()})
        self.dropout = nn.Dropout(config.dropout)

    def summary(self, hashes: Tensor, starts: Tensor) -> Tensor:
        """Hashes (N,) of all texts, and where each text's begin (B,), to what is seen of each text, (B, width).

        The sum is divided by the root of the number of n-grams: what a mean says is the more certain, the more it
        is of. A text without any gives zeros.
        """
        counts = torch.diff(starts, append=starts.new_tensor([len(hashes)]))  # (B,)
        found: Tensor = self.table(hashes % self.config.buckets, starts)  # (B, width)
        return found / counts.clamp(min=1).sqrt().unsqueeze(1)

    def forward(self, hashes: Tensor, starts: Tensor, head: str) -> Tensor:
        """What a head says of each text, (B, its size): log odds, or values."""
        said: Tensor = self.heads[head](self.dropout(self.summary(hashes, starts)))
        return said
