"""Linear models of n-grams: which are known, how rare each is, and what it says."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge
from torch import Tensor

from generator.brief.text_lines import Lines
from generator.training.texts_bag import Hashes

FREEDOM = 4.0
"""The inverse of the penalty of logistic regression."""
RIDGES = (1.0, 3.0, 10.0, 30.0)
"""Penalties of the linear model of values that are tried."""
FOLDS = 5


def fit_label_lines(texts: Sequence[Hashes], labels: Tensor, *, rarest: int = 2) -> Lines:
    """The log odds of each label (texts, labels) by logistic regression; n-grams of fewer texts than `rarest` aside.

    A label that no text has, or all have, gets the bias of a text more or less.
    """
    lines = known_lines(texts, labels.shape[1], rarest)
    x = rarities(lines, texts)
    for column, given in enumerate(labels.numpy().T):
        if given.min() == given.max() or not x.shape[1]:
            chance = (given.sum() + 0.5) / (len(given) + 1)
            lines.biases[column] = float(np.log(chance / (1 - chance)))
            continue
        model = LogisticRegression(C=FREEDOM, solver="liblinear", max_iter=60, random_state=0).fit(x, given)
        lines.weights[:, column] = torch.from_numpy(model.coef_[0])
        lines.biases[column] = float(model.intercept_[0])
    return lines


def fit_value_lines(texts: Sequence[Hashes], values: Tensor, groups: Sequence[int], *, rarest: int = 2) -> Lines:
    """Values (texts, size) by ridge regression, the penalty by which groups left out are told best."""
    lines = known_lines(texts, values.shape[1], rarest)
    if not len(lines.known):
        lines.biases.copy_(values.mean(0))
        return lines
    x, y, fold = rarities(lines, texts), values.numpy(), np.array(groups) % FOLDS
    faults = [_fault(penalty, x, y, fold) for penalty in RIDGES]
    model = _ridge(RIDGES[int(np.argmin(faults))]).fit(x, y)
    lines.weights.copy_(torch.from_numpy(model.coef_.T))
    lines.biases.copy_(torch.from_numpy(model.intercept_))
    return lines


def known_lines(texts: Sequence[Hashes], size: int, rarest: int = 2) -> Lines:
    """Lines that say nothing yet, and know the n-grams of at least `rarest` texts with their rarities."""
    counts = Counter(number for text in texts for number in text.tolist())
    known = sorted(number for number, count in counts.items() if count >= rarest)
    lines = Lines(len(known), size)
    lines.known.copy_(torch.tensor(known, dtype=torch.long))
    lines.rarity.copy_(torch.tensor([np.log((1 + len(texts)) / (1 + counts[number])) + 1 for number in known]))
    return lines


def rarities(lines: Lines, texts: Sequence[Hashes]) -> csr_matrix:
    """(texts, n): the rarities of the known n-grams of each text, scaled to unit length."""
    known, rarity = lines.known.numpy(), lines.rarity.numpy()
    columns, starts = [], [0]
    for text in texts:
        where = np.searchsorted(known, text).clip(max=max(len(known) - 1, 0))
        columns.append(where[known[where] == text] if len(known) else where[:0])
        starts.append(starts[-1] + len(columns[-1]))
    column = np.concatenate([np.zeros(0, np.int64), *columns])
    table = csr_matrix((rarity[column], column, np.array(starts)), shape=(len(texts), len(known)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(1)).ravel()).clip(min=1e-6)
    table.data /= np.repeat(lengths, np.diff(table.indptr)).astype(table.data.dtype)
    return table


def _fault(penalty: float, x: csr_matrix, y: np.ndarray, fold: np.ndarray) -> float:
    """The squared error on folds left out."""
    fault = 0.0
    for number in range(FOLDS):
        out = fold == number
        if out.any() and not out.all():
            fault += float(np.square(_ridge(penalty).fit(x[~out], y[~out]).predict(x[out]) - y[out]).sum())
    return fault


def _ridge(penalty: float) -> Ridge:
    return Ridge(alpha=penalty, solver="sparse_cg")
