"""How much each word found in a description says: negation, degree, turns, its place, and what it repeats."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from generator.brief.scenes_marks import Mark

_CLAUSE = re.compile(r"[.!?;:,…。！？；：，、\n—]+")

BEGINNING, END = 0.85, 1.15
"""What a word weighs at the beginning and at the end of a text; between them the line is straight."""
BEFORE_TURN, AFTER_TURN = 0.4, 1.5
MOST_BEFORE_TURN = 0.8
SUBSTANTIAL = 2.0
"""From this weight on, what follows a turn outweighs what precedes it, however much that is."""
SET_BACK = 0.4
"""What stands beside a word such as "although" weighs this much."""
AGAIN = 0.5
"""What every further time of the same entry weighs, compared with the one before."""
DEGREE_REACH = {"en": 12, "ko": 6, "zh": 3}
"""How many characters may lie between "very" and what it stresses."""
OF_KIND = {
    "feel": 1.1,
    "event": 1.15,
    "deed": 1.1,
    "weather": 0.9,
    "light": 0.8,
    "person": 0.8,
    "place": 0.75,
    "thing": 0.8,
}
"""What happens decides more than where and among what."""
BACKING = 0.15
"""What a word counts that only the ratings of single words know, on the scale of 1 a hint to 3 decisive."""
_NEITHER = re.compile(r"하?지도\s*")
_AND = re.compile(r"\W*(?:or|nor|and|和|或|与|也不|、|도)?\W*")


@dataclass(frozen=True)
class Weighed:
    """A word that says something.

    Attributes:
        mark: where it stands and what it says.
        weight: how much that counts here, about 0..6.
        negated: whether it is said not to be so.
        start: where the word begins, its negation included if that stands before it.
        end: where it ends, likewise.
        degree: the factor of the words of degree before it, 1 without any.
    """

    mark: Mark
    weight: float
    negated: bool
    start: int
    end: int
    degree: float


def weighed(text: str, marks: list[Mark], language: str) -> list[Weighed]:
    """What every mark that says something weighs, in the order of the text."""
    clauses = [match.start() for match in _CLAUSE.finditer(text)]
    clause_of = [bisect_right(clauses, mark.start) for mark in marks]
    negations = _negations(text, marks, clause_of, backwards=language == "ko")
    degrees = _degrees(marks, clause_of, DEGREE_REACH[language])
    turn = _turn(text, marks)
    set_back = {clause for mark, clause in zip(marks, clause_of, strict=True) if mark.entry.kind == "back"}
    times: Counter[str] = Counter()
    found: list[Weighed] = []
    for number, (mark, clause) in enumerate(zip(marks, clause_of, strict=True)):
        if not mark.says:
            continue
        degree = degrees.get(number, 1.0)
        weight = mark.entry.weight if mark.entry.kind != "backing" else BACKING
        weight *= (
            OF_KIND.get(mark.entry.kind, 1.0)
            * degree
            * (BEGINNING + (END - BEGINNING) * mark.start / max(1, len(text)))
        )
        weight *= AGAIN ** min(20, times[mark.entry.text])
        times[mark.entry.text] += 1
        if turn is not None:
            weight *= BEFORE_TURN if mark.start < turn else AFTER_TURN
        if clause in set_back:
            weight *= SET_BACK
        negation = negations.get(number)
        start = min(mark.word_start, negation.start) if negation else mark.word_start
        end = max(mark.word_end, negation.word_end) if negation else mark.word_end
        found.append(Weighed(mark, weight, negation is not None, start, end, degree))
    return found if turn is None else _outweighed(found, turn)


def _outweighed(words: list[Weighed], turn: int) -> list[Weighed]:
    """The words, those before the turn weighing together no more than MOST_BEFORE_TURN of those after it."""
    before = sum(word.weight for word in words if word.mark.start < turn)
    after = sum(word.weight for word in words if word.mark.start >= turn)
    if after < SUBSTANTIAL or before <= MOST_BEFORE_TURN * after:
        return words
    less = MOST_BEFORE_TURN * after / before
    return [replace(word, weight=word.weight * less) if word.mark.start < turn else word for word in words]


def _negations(text: str, marks: list[Mark], clause_of: list[int], *, backwards: bool) -> dict[int, Mark]:
    """By the number of a mark the word that negates it."""
    found: dict[int, Mark] = {}
    for number, mark in enumerate(marks):
        if mark.entry.kind not in ("not", "notnext"):
            continue
        if backwards and mark.entry.kind == "not":
            _negate_before(found, text, marks, clause_of, number)
        else:
            _negate_after(found, text, marks, clause_of, number)
    return found


def _negate_before(found: dict[int, Mark], text: str, marks: list[Mark], clause_of: list[int], number: int) -> None:
    """Negates the word before that says something, and what is joined to it by "neither"."""
    negation = marks[number]
    last: Mark | None = None
    for before in range(number - 1, -1, -1):
        mark = marks[before]
        if clause_of[before] != clause_of[number]:
            return
        if last is None and negation.start - mark.end > negation.entry.amount:
            return
        if mark.entry.kind in ("unnot", "not"):
            return
        if mark.says:
            if last is not None and not _NEITHER.fullmatch(text, mark.end, last.start):
                return
            found[before] = negation
            last = mark


def _negate_after(found: dict[int, Mark], text: str, marks: list[Mark], clause_of: list[int], number: int) -> None:
    """Negates the next word that says something, and what is joined to it."""
    negation = marks[number]
    last: Mark | None = None
    for after in range(number + 1, len(marks)):
        mark = marks[after]
        if clause_of[after] != clause_of[number] or mark.entry.kind in ("turn", "unnot", "not", "notnext"):
            return
        if last is None and (mark.entry.kind == "bound" or mark.start - negation.end > negation.entry.amount):
            return
        if last is not None and not _AND.fullmatch(text, last.end, mark.start):
            return
        if mark.says:
            if negation.entry.kind == "notnext" and not mark.entry.text.endswith("-"):
                return
            found[after] = negation
            last = mark
        elif last is not None and mark.entry.kind not in ("small", "bound"):
            return


def _degrees(marks: list[Mark], clause_of: list[int], reach: int) -> dict[int, float]:
    """By the number of a mark the factor of the words of degree right before it."""
    found: dict[int, float] = {}
    for number, mark in enumerate(marks):
        if mark.entry.kind not in ("more", "less"):
            continue
        for after in range(number + 1, len(marks)):
            if clause_of[after] != clause_of[number] or marks[after].start - mark.end > reach:
                break
            if marks[after].says:
                found[after] = found.get(after, 1.0) * mark.entry.amount
                break
    return {number: min(2.5, max(0.3, factor)) for number, factor in found.items()}


def _turn(text: str, marks: list[Mark]) -> int | None:
    """Where the last turn that has something to say on both its sides ends; None without one."""
    saying = [mark.start for mark in marks if mark.says and mark.entry.kind != "backing"]
    turns = [mark.end for mark in marks if mark.entry.kind == "turn"]
    for turn in reversed(turns):
        place = bisect_left(saying, turn)
        if 0 < place < len(saying):
            return turn
    return None
