"""What is fitted at the end, in closed form or in seconds, on what the networks see of a text."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

RIDGES = tuple(10.0**power for power in range(-1, 6))
"""Weights of the penalty that are tried, least first."""
FOLDS = 5


def fit_ridge(seen: Tensor, values: Tensor, groups: Sequence[int]) -> tuple[nn.Linear, Tensor]:
    """The linear layer from what is seen (texts, n) to values (texts, m) with the least square error and a penalty.

    The penalty of each value is the one of RIDGES by which texts of groups left out are told best; `groups` numbers
    the group, such as the document, of each text. What is told of the texts when they are left out, (texts, m), comes
    with the layer: by that one sees what there is still to be told.
    """
    mean, scale = seen.mean(0), seen.std(0) + 1e-4
    x = ((seen - mean) / scale).double()
    y = values.double()
    fold = torch.tensor(groups) % FOLDS
    told = torch.stack([_left_out(x, y, fold, ridge) for ridge in RIDGES])  # (ridges, texts, m)
    best = (told - y).square().sum(1).argmin(0).tolist()
    weights = torch.cat([_solve(x, y[:, [n]], RIDGES[one]).T for n, one in enumerate(best)])  # (m, n)
    left_out = torch.stack([told[one, :, n] for n, one in enumerate(best)], dim=1)
    return _layer(weights.float(), y.mean(0).float(), mean, scale), left_out.float()


def fit_labels(seen: Tensor, labels: Tensor, penalty: float = 0.02, rounds: int = 60) -> nn.Linear:
    """The linear layer from what is seen (texts, n) to the log odds of labels (texts, m), by logistic regression.

    `penalty` is the weight of the squared weights beside the mean loss of a label.
    """
    mean, scale = seen.mean(0), seen.std(0) + 1e-4
    x = (seen - mean) / scale
    chances = labels.mean(0).clamp(1e-4, 1 - 1e-4)
    weights = torch.zeros(labels.shape[1], x.shape[1], requires_grad=True)
    biases = torch.logit(chances).requires_grad_()
    optimizer = torch.optim.LBFGS([weights, biases], max_iter=rounds, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        fault = binary_cross_entropy_with_logits(x @ weights.T + biases, labels, reduction="none").mean(0).sum()
        fault = fault + penalty * weights.square().sum()
        torch.autograd.backward(fault)
        return fault

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return _layer(weights.detach(), biases.detach(), mean, scale)


def fit_mix(odds: Tensor, positive: Tensor) -> Tensor:
    """Weights of the log odds of several networks (texts, n) and what is added, (n + 1,), by logistic regression."""
    layer = fit_labels(odds, positive.float().unsqueeze(1), penalty=1e-4)
    return torch.cat([layer.weight.detach()[0], layer.bias.detach()])


def thresholds(chances: Tensor, labels: Tensor) -> Tensor:
    """For each label the probability from which on it is to be taken for given, so that its F1 is highest, (m,).

    F1 is looked at along the texts ordered by probability and smoothed, since few texts have a rare label.
    """
    result = []
    for column in range(labels.shape[1]):
        ordered, order = chances[:, column].sort(descending=True)
        hits = labels[order, column].cumsum(0)
        taken = torch.arange(1, len(ordered) + 1)
        f1 = (2 * hits / (taken + labels[:, column].sum()).clamp(min=1)).numpy()
        reach = max(1, int(labels[:, column].sum()) // 8)
        smooth = np.convolve(np.pad(f1, reach, mode="edge"), np.ones(2 * reach + 1) / (2 * reach + 1), "valid")
        result.append(float(ordered[int(smooth.argmax())]))
    return torch.tensor(result)


def macro_f1(given: Tensor, labels: Tensor) -> float:
    """The mean over labels of the F1 of what was given (texts, m); a label that is never right counts 0."""
    hits = (given & labels.bool()).sum(0)
    return float((2 * hits / (given.sum(0) + labels.sum(0)).clamp(min=1)).mean())


def correlation(said: Tensor, values: Tensor) -> float:
    """Pearson's r of two series, (texts,) each; 0 where one of them does not vary."""
    pair = torch.stack([said, values]).double()
    pair = pair - pair.mean(1, keepdim=True)
    norms = pair.norm(dim=1).prod()
    return float((pair[0] * pair[1]).sum() / norms) if norms else 0.0


def _left_out(x: Tensor, y: Tensor, fold: Tensor, ridge: float) -> Tensor:
    """What is told of each text, (texts, m), by those of the other folds."""
    told = y.mean(0).expand_as(y).clone()
    for number in range(FOLDS):
        out = fold == number
        if out.any() and not out.all():
            told[out] = x[out] @ _solve(x[~out], y[~out], ridge) + y[~out].mean(0)
    return told


def _solve(x: Tensor, y: Tensor, ridge: float) -> Tensor:
    """Weights (n, m) for columns about their means."""
    square = x.T @ x + ridge * torch.eye(x.shape[1], dtype=x.dtype)
    solved: Tensor = torch.linalg.solve(square, x.T @ (y - y.mean(0)))
    return solved


def _layer(weights: Tensor, biases: Tensor, mean: Tensor, scale: Tensor) -> nn.Linear:
    """The layer that does what these do to columns less their mean by their scale."""
    layer = nn.Linear(weights.shape[1], weights.shape[0])
    with torch.no_grad():
        layer.weight.copy_(weights / scale)
        layer.bias.copy_(biases - (weights / scale) @ mean)
    return layer
