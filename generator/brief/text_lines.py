"""What a text's n-grams say one by one, added up: linear models of labels and of values.

Where texts are few and labels many, single words and pairs of words in a linear model are hard to beat (Wang &
Manning, Baselines and Bigrams, 2012). N-grams are weighted by their rarity (Sparck Jones 1972) and kept by their
hashes of 32 bits; one that was not learned from is passed over.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding_bag


class Lines(nn.Module):
    """Sums over the known n-grams of a text, one for each thing that is asked: log odds of labels, or values.

    Attributes:
        known: their hashes, (n,), ascending.
        rarity: the weight of each beside the others of a text, (n,), above 0: the rarer, the more.
        weights: what each says, (n, size).
        biases: what is said of a text without a known n-gram, (size,).
    """

    known: Tensor
    rarity: Tensor
    weights: Tensor
    biases: Tensor

    def __init__(self, known: int, size: int) -> None:
        super().__init__()
        self.register_buffer("known", torch.arange(known))
        self.register_buffer("rarity", torch.ones(known))
        self.register_buffer("weights", torch.zeros(known, size))
        self.register_buffer("biases", torch.zeros(size))

    def forward(self, hashes: Tensor, starts: Tensor) -> Tensor:
        """Hashes (N,) of all texts, and where each text's begin (B,), to what is said of them, (B, size).

        The rarities of a text's known n-grams are scaled to unit length.
        """
        if not len(self.known):
            return self.biases.expand(len(starts), -1)
        rows = torch.searchsorted(self.known, hashes).clamp(max=len(self.known) - 1)  # (N,)
        weight = self.rarity[rows] * (self.known[rows] == hashes)  # (N,)
        length = _sums(torch.arange(len(weight)), weight.square().unsqueeze(1), starts).sqrt()  # (B, 1)
        said = _sums(rows, self.weights, starts, weight)  # (B, size)
        return said / length.clamp(min=1e-6) + self.biases


def _sums(rows: Tensor, table: Tensor, starts: Tensor, weights: Tensor | None = None) -> Tensor:
    return embedding_bag(rows, table, starts, mode="sum", per_sample_weights=weights)
