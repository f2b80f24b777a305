"""The form that a melody is asked to have: sixteen bars as tunes have them, and longer pieces made of such sections.

The bank holds the forms of the first sixteen bars of training tunes, which bar takes up which and how
closely, without a single note. A longer piece is A A' B A and goes on in such fours (A A' B A, C C' B A, ...).
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import safetensors
from safetensors.numpy import load_file, save_file

from generator.melody.form import Echo, Form, Likeness, form_of
from generator.melody.melody import Melody
from generator.melody.metre import METRE_NAMES, Metre

BANK_PATH = Path(__file__).parent / "checkpoints" / "forms.safetensors"
BANK_BARS = 16
SECTION_BARS = 8
FEWEST_RETURNS = 0.25
"""The share of a form's bars that take up an earlier one whole or varied; with fewer a tune has no motif."""
MOST_RETURNS = 0.75
MOST_EXACT = 0.5
"""The share of a form's bars that repeat an earlier one to the note; with more a tune goes in circles."""
NEAR_IN_REPETITION = 0.1
"""Of the forms in a metre, the share from which one is chosen where it matters how much is repeated."""

_UNUSED = 255


class BankRefused(Exception):
    """The bank of forms cannot be used; the message says why."""


@dataclass(frozen=True)
class FormBank:
    """The forms of N tunes.

    Attributes:
        metres: (N,) index into METRE_NAMES.
        likeness: (N, BANK_BARS) how closely each bar takes up its model.
        models: (N, BANK_BARS) the bar that it takes up.
    """

    metres: npt.NDArray[np.uint8]
    likeness: npt.NDArray[np.uint8]
    models: npt.NDArray[np.uint8]

    def drawn(self, metre: Metre, chance: random.Random, repetition: float | None = None) -> Form:
        """The form of a tune in that metre, BANK_BARS long.

        With `repetition` it is one of those next to that share, 0..1, of them in the order of their exact repeats.
        """
        fitting = np.flatnonzero(self.metres == METRE_NAMES.index(metre.name))
        if repetition is not None:
            exact = (self.likeness[fitting] == Likeness.SAME).sum(axis=1)
            near = max(1, round(NEAR_IN_REPETITION * len(fitting)))
            first = round(repetition * (len(fitting) - near))
            fitting = fitting[np.argsort(exact, kind="stable")][first : first + near]
        row = int(chance.choice(fitting.tolist()))
        return tuple(
            Echo(Likeness(likeness), int(model) if likeness else None)
            for likeness, model in zip(self.likeness[row].tolist(), self.models[row].tolist(), strict=True)
        )


def build_bank(melodies: Iterable[Melody]) -> FormBank:
    """The bank of all tunes that are long enough and have a form worth taking over; a pick-up is left out."""
    rows = []
    for melody in melodies:
        start = 1 if melody.notes[0].onset else 0
        if melody.bars < start + BANK_BARS:
            continue
        form = _cut(form_of(melody), start, BANK_BARS)
        if _is_worth_taking(form):
            rows.append((METRE_NAMES.index(melody.metre.name), form))
    return FormBank(
        np.array([metre for metre, _ in rows], dtype=np.uint8),
        np.array([[echo.likeness for echo in form] for _, form in rows], dtype=np.uint8),
        np.array(
            [[_UNUSED if echo.model is None else echo.model for echo in form] for _, form in rows], dtype=np.uint8
        ),
    )


def save_bank(bank: FormBank, path: Path = BANK_PATH) -> None:
    """Write the bank at once or not at all."""
    unfinished = path.with_suffix(".tmp")
    save_file(vars(bank), unfinished)
    unfinished.replace(path)


@lru_cache(maxsize=1)
def load_bank(path: Path = BANK_PATH) -> FormBank:
    """The bank in `path`, loaded once a process.

    Raises:
        BankRefused: it is missing or broken.
    """
    try:
        return FormBank(**load_file(path))
    except (OSError, TypeError, safetensors.SafetensorError) as fault:
        raise BankRefused(f"there is no bank of forms at {path.name}: {fault}") from fault


def planned_form(
    bars: int, metre: Metre, chance: random.Random, bank: FormBank, repetition: float | None = None
) -> Form:
    """A form of `bars` whole bars, a pick-up not counted; its free choices hang on `chance` alone.

    `repetition` 0..1 is how much of it is to return to the note, as a place among the forms of the bank; the
    bank's own measure if None.
    """
    if bars <= BANK_BARS:
        return bank.drawn(metre, chance, repetition)[:bars]
    form: list[Echo] = []
    homes: dict[str, int] = {}
    for letter in _letters(bars // SECTION_BARS):
        home = homes.setdefault(letter.upper(), len(form))
        if home == len(form):
            form += _moved(bank.drawn(metre, chance, repetition)[:SECTION_BARS], home)
        elif repetition is None:
            form += _return(home, chance, varied=letter.islower())
        else:
            form += _return_so_exactly(repetition, home, chance)
    coda = bars - len(form)
    form += [Echo(Likeness.VARIED, SECTION_BARS - coda + bar) for bar in range(coda)]
    return tuple(form)


def with_pick_up(form: Form) -> Form:
    """The form with a bar before it that holds the pick-up alone."""
    return (Echo(Likeness.NEW), *_moved(form, 1))


def _letters(sections: int) -> str:
    """The sections in order, small where one returns varied: AaBA, CcBA, DdBA, ..., closing with A."""
    fours, rest = divmod(sections, 4)
    verses = "".join(f"{letter}{letter.lower()}BA" for letter in "ACDEFGHIJKLMNOP"[:fours])
    return verses + ("", "a", "BA", "BaA")[rest] if verses else ("", "A", "AB", "ABA")[rest]


def _return(home: int, chance: random.Random, *, varied: bool) -> list[Echo]:
    """A section that takes up the one at bar `home`: whole, or varied in its second half."""
    kinds = [Likeness.SAME] * SECTION_BARS
    if varied:
        kinds[4:] = [chance.choice((Likeness.VARIED, Likeness.RHYTHM)) for _ in range(4)]
        kinds[chance.randrange(4)] = Likeness.VARIED
    elif chance.random() < 0.5:
        kinds[-2] = Likeness.VARIED
    return [Echo(kind, home + bar) for bar, kind in enumerate(kinds)]


def _return_so_exactly(share: float, home: int, chance: random.Random) -> list[Echo]:
    """A section that takes up the one at bar `home`, about that share of its bars to the note."""
    same = round(share * SECTION_BARS)
    kinds = [Likeness.SAME] * same + [Likeness.VARIED] * (SECTION_BARS - same)
    chance.shuffle(kinds)
    return [Echo(kind, home + bar) for bar, kind in enumerate(kinds)]


def _is_worth_taking(form: Form) -> bool:
    returns = sum(echo.likeness >= Likeness.VARIED for echo in form) / len(form)
    exact = sum(echo.likeness is Likeness.SAME for echo in form) / len(form)
    return FEWEST_RETURNS <= returns <= MOST_RETURNS and exact <= MOST_EXACT


def _cut(form: Form, start: int, bars: int) -> Form:
    """`bars` of the form from `start` on; what takes up a bar before it becomes new."""
    return tuple(
        Echo(Likeness.NEW) if echo.model is None or echo.model < start else Echo(echo.likeness, echo.model - start)
        for echo in form[start : start + bars]
    )


def _moved(form: Form, bars: int) -> list[Echo]:
    return [echo if echo.model is None else Echo(echo.likeness, echo.model + bars) for echo in form]
