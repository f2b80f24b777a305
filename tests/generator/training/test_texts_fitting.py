"""What the reader's layers are fitted by, and what they are measured by."""

import numpy as np
import pytest
import torch

from generator.training.texts_bag import flat
from generator.training.texts_finish import correlation, fit_labels, fit_mix, fit_ridge, macro_f1, thresholds
from generator.training.texts_lines import fit_label_lines, fit_value_lines


def test_texts_are_laid_one_after_another_and_lose_the_share_that_is_to_be_forgotten():
    line, starts = flat([np.array([5, 6], np.uint32), np.array([], np.uint32), np.array([2**32 - 1], np.uint32)])
    assert line.tolist() == [5, 6, 2**32 - 1]
    assert starts.tolist() == [0, 2, 2]
    torch.manual_seed(0)
    line, starts = flat([np.arange(1000, dtype=np.uint32)] * 2, forget=0.25)
    assert 650 < int(starts[1]) < 850
    assert 1300 < len(line) < 1700


def test_fitted_layers_find_the_line_and_the_labels_they_were_made_from():
    chance = torch.Generator().manual_seed(0)
    seen = torch.randn(400, 5, generator=chance) * 3 + 2
    true = torch.randn(5, 2, generator=chance)
    ridge, left_out = fit_ridge(seen, seen @ true + 1, [number // 4 for number in range(400)])
    assert torch.allclose(ridge(seen), seen @ true + 1, atol=0.05)
    assert torch.allclose(left_out, seen @ true + 1, atol=0.2)
    labels = (seen[:, :2] > 2).float()
    assert (((fit_labels(seen, labels, 1e-4)(seen) > 0) == labels.bool()).float().mean()) > 0.97


def test_thresholds_are_where_f1_is_highest():
    chances = torch.linspace(0, 1, 101).unsqueeze(1)
    labels = (chances >= 0.3).float()
    found = float(thresholds(chances, labels)[0])
    assert 0.2 < found < 0.4
    assert macro_f1(chances >= found, labels) > 0.9


def test_measures_agree_with_their_definitions():
    given = torch.tensor([[True, False], [True, False], [False, False]])
    labels = torch.tensor([[1, 0], [0, 1], [1, 0]])
    assert macro_f1(given, labels) == pytest.approx(0.25)
    said, values = torch.tensor([1.0, 2, 4]), torch.tensor([2.0, 1, 5])
    assert correlation(said, values) == pytest.approx(float(np.corrcoef(said, values)[0, 1]))
    assert correlation(torch.ones(3), values) == 0


def test_the_mix_of_two_polarities_leans_on_the_one_that_is_right():
    chance = torch.Generator().manual_seed(1)
    positive = torch.rand(500, generator=chance) > 0.5
    right = torch.where(positive, 1.0, -1.0) + torch.randn(500, generator=chance)
    mix = fit_mix(torch.stack([right, torch.randn(500, generator=chance)], dim=1), positive)
    assert mix[0] > 5 * abs(mix[1])


def grams(*numbers: int) -> np.ndarray:
    return np.array(sorted(numbers), np.uint32)


TEXTS = [grams(7, 2**32 - 1 - side, 100 + n % 5) for side in (0, 1) for n in range(20)]
SIDES = torch.tensor([[float(side), 0.0] for side in (0, 1) for _ in range(20)])


def test_lines_learn_labels_by_their_n_grams_and_pass_over_what_they_do_not_know():
    lines = fit_label_lines(TEXTS, SIDES)
    said = lines(*flat([*TEXTS, grams(5, 6), grams()]))
    assert torch.equal(said[:40, 0] > 0, SIDES[:, 0] > 0)
    assert torch.allclose(said[40], lines.biases)
    assert torch.allclose(said[41], lines.biases)
    assert (said[:, 1] < -3).all()
    alone = torch.cat([lines(*flat([text])) for text in TEXTS])
    assert torch.allclose(alone, said[:40], atol=1e-5)
    assert torch.allclose(lines(*flat([grams(*TEXTS[0], 5, 6, 9)])), said[:1], atol=1e-5)


def test_lines_of_texts_that_share_no_n_gram_say_how_common_each_label_is():
    lines = fit_label_lines([grams(n) for n in range(4)], torch.tensor([[1.0], [0], [0], [0]]))
    assert len(lines.known) == 0
    assert lines(*flat([grams(1)])).shape == (1, 1)


def test_lines_learn_values_by_their_n_grams():
    values = torch.stack([SIDES[:, 0] - 0.5, torch.full((40,), 0.25)], dim=1)
    said = fit_value_lines(TEXTS, values, [number % 8 for number in range(40)])(*flat(TEXTS))
    assert correlation(said[:, 0], values[:, 0]) > 0.99
    assert torch.allclose(said[:, 1], values[:, 1], atol=0.02)
