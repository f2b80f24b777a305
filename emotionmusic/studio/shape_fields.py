"""Form fields in which moments of a track are written down."""

import re
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from generator.request import MOST_CURVE_POINTS, MOST_HITS

_BETWEEN = re.compile(r"[,;\s]+")
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,4})?")
_LONGEST_HITS, _LONGEST_CURVE = 400, 900
"""Characters; more than the most moments take."""
_HITS_SPELLING = _("Write the seconds with commas between them, such as 12.5, 20.")
_CURVE_SPELLING = _("Write seconds and energy with a colon, such as 0:0.2, 20:0.9. Energy goes from 0 to 1.")


class HitsField(forms.CharField):
    """Seconds separated by commas; in order of time, whatever order they were written in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=_LONGEST_HITS, error_messages={"max_length": _HITS_SPELLING}, **kwargs)

    def clean(self, value: Any) -> tuple[float, ...]:
        words = _words(super().clean(value))
        if len(words) > MOST_HITS:
            raise forms.ValidationError(too_many_hits())
        return tuple(sorted({_number(word, _HITS_SPELLING) for word in words}))


class CurveField(forms.CharField):
    """Points "second:energy" separated by commas; in order of time, whatever order they were written in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=_LONGEST_CURVE, error_messages={"max_length": _CURVE_SPELLING}, **kwargs)

    def clean(self, value: Any) -> tuple[tuple[float, float], ...]:
        words = _words(super().clean(value))
        if len(words) > MOST_CURVE_POINTS:
            said = gettext("The curve can have at most %(most)d points. Leave some of them out.")
            raise forms.ValidationError(said % {"most": MOST_CURVE_POINTS})
        points = sorted(_point(word) for word in words)
        for second, after in pairwise([second for second, energy in points]):
            if second == after:
                said = gettext("Two points of the curve stand at %(second)s s. Leave one of them out.")
                raise forms.ValidationError(said % {"second": f"{second:g}"})
        return tuple(points)


def too_many_hits() -> str:
    """What is said of more hits than there can be."""
    said = ngettext(
        "There can be at most %(most)d hit. Leave some of them out.",
        "There can be at most %(most)d hits. Leave some of them out.",
        MOST_HITS,
    )
    return said % {"most": MOST_HITS}


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def _number(word: str, spelling: Any) -> float:
    if not _NUMBER.fullmatch(word):
        raise forms.ValidationError(spelling)
    return float(word)


def _point(word: str) -> tuple[float, float]:
    second, _, energy = word.partition(":")
    point = _number(second, _CURVE_SPELLING), _number(energy, _CURVE_SPELLING)
    if point[1] > 1:
        raise forms.ValidationError(_CURVE_SPELLING)
    return point
