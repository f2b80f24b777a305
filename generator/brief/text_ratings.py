"""Words that people rated, and what a text's rated words say of it together.

Ratings: Scott, Keitel, Becirspahic, Yao & Sereno, The Glasgow Norms (2019), CC BY 4.0.
"""

from collections.abc import Mapping, Sequence

import numpy as np

Ratings = Mapping[str, tuple[float, float]]
"""Valence and arousal of each word, each from -1 to 1."""

SIGNS = 15
"""How many numbers `signs` gives."""
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
)
_DENYING = frozenset({"not", "no", "never", "n't", "nothing", "without", "hardly", "nor", "neither", "cannot"})


def signs(words: Sequence[str], ratings: Ratings) -> np.ndarray:
    """What the rated words of a text say, (SIGNS,), each number about 1 at most: means, extremes and marks.

    A word after a denying one is counted apart. A text without rated words gives zeros but for its marks.
    """
    found = _rated(words, ratings)
    numbers = np.zeros(SIGNS, np.float32)
    if found:
        values = np.array([value for value, _ in found], np.float32)  # (n, 2)
        denied = np.array([was for _, was in found])
        numbers[0:2] = values.mean(0)
        numbers[2:4] = values.max(0)
        numbers[4:6] = values.min(0)
        numbers[6:8] = values.sum(0) / len(found) ** 0.5 / 2
        strong = np.abs(values[:, 0])
        numbers[8] = (values[:, 0] * strong).sum() / max(float(strong.sum()), 1e-3)
        numbers[9] = values[denied, 0].sum() / 2
        numbers[10] = len(found) / len(words)
    total = max(len(words), 1)
    numbers[11] = sum("!" in word for word in words) / total
    numbers[12] = sum("?" in word for word in words) / total
    numbers[13] = np.log1p(len(words)) / 4
    numbers[14] = sum(map(_denies, words)) / total
    return numbers


def rating(word: str, ratings: Ratings) -> tuple[float, float] | None:
    """A word's rating, or that of the word that it is a form of; None if neither was rated."""
    if word in ratings:
        return ratings[word]
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        for form in (stem + instead, stem[:-1] if stem[-1] == stem[-2] else ""):
            if form in ratings:
                return ratings[form]
    return None


def _rated(words: Sequence[str], ratings: Ratings) -> list[tuple[tuple[float, float], bool]]:
    """The ratings of the words that have one, each with whether one of the three words before it denies."""
    result = []
    for number, word in enumerate(words):
        value = rating(word, ratings)
        if value is not None:
            result.append((value, any(_denies(other) for other in words[max(0, number - 3) : number])))
    return result


def _denies(word: str) -> bool:
    return word in _DENYING or word.endswith("n't")
