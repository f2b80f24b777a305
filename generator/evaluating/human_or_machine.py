"""A judge that learns to tell what a machine wrote from what people wrote, by the features.

Where it is no better than chance the features hold nothing that gives the machine away (a classifier two-sample test,
Lopez-Paz & Oquab 2017, arXiv 1610.06545).
"""

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from generator.evaluating.view import Floats


@dataclass(frozen=True)
class Recognition:
    """How well the judge does: the mean of the area under its ROC curve and the standard deviation over `fits`.

    0.5 is chance, 1 certainty. The fits share their melodies, so the deviation is that of the halving alone.
    """

    auc: float
    deviation: float
    fits: int


def recognition(human: Floats, machine: Floats, *, repeats: int = 10, seed: int = 0) -> Recognition:
    """The judge's success on tables of features (n, F), a row of `machine` for the same row of `human`.

    `repeats` times the rows are halved at random; on each half the judge learns once and is tested on the other. A
    melody and its human counterpart, which has its metre, mode and length, stand in the same half.

    Raises:
        ValueError: the tables differ in shape or have fewer than four rows.
    """
    if human.shape != machine.shape or len(human) < 4:
        raise ValueError(f"two equal tables of four rows or more are needed, not {human.shape} and {machine.shape}")
    chance = np.random.default_rng(seed)
    areas: list[float] = []
    for _ in range(repeats):
        order = chance.permutation(len(human))
        halves = order[: len(order) // 2], order[len(order) // 2 :]
        for learned, tested in (halves, halves[::-1]):
            judge = _judge(len(areas)).fit(*_labelled(human[learned], machine[learned]))
            table, labels = _labelled(human[tested], machine[tested])
            areas.append(float(roc_auc_score(labels, judge.predict_proba(table)[:, 1])))
    return Recognition(float(np.mean(areas)), float(np.std(areas)), len(areas))


def _judge(seed: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.08,
        max_leaf_nodes=8,
        min_samples_leaf=8,
        l2_regularization=1.0,
        max_features=0.3,
        early_stopping=False,
        random_state=seed,
    )


def _labelled(human: Floats, machine: Floats) -> tuple[Floats, Floats]:
    """Both tables as one, and 0 for each human row, 1 for each of the machine."""
    return np.concatenate([human, machine]), np.repeat([0.0, 1.0], [len(human), len(machine)])
