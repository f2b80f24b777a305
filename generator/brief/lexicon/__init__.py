"""The scene lexicon: which words of a description ask for which of the sixteen moods, in three languages.

The files beside this one are the lexicon; each says in its header how it is read and written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.mood import MOODS

LANGUAGES = ("en", "ko", "zh")
SCENES = ("feel", "deed", "event", "person", "thing", "place", "weather", "light", "sound", "genre", "pace")
"""The kinds of entries that name moods."""
TASKS = (
    "plain",
    "small",
    "form",
    "not",
    "notnext",
    "unnot",
    "more",
    "less",
    "turn",
    "back",
    "bound",
    "between",
    "particle",
    "ending",
)
"""The kinds of entries that name none and do something else."""
_NUMBERED = ("not", "notnext", "more", "less")
_FOLDER = Path(__file__).parent


class BadLexicon(ValueError):
    """A line of a lexicon that cannot be read; the message names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Entry:
    """A word or a few of them, and what they say.

    Attributes:
        text: as it stands in the lexicon.
        kind: one of SCENES or TASKS.
        moods: weights by mood, 1 a hint to 3 decisive; empty for TASKS.
        valence, arousal: what the entry adds to the point that its moods stand for; mostly 0.
        amount: of `more` and `less` the factor, of `not` and `notnext` the characters it reaches over; otherwise 0.
        lemma: of `form` the entry that it is a form of; otherwise empty.
    """

    text: str
    kind: str
    moods: tuple[tuple[str, float], ...] = ()
    valence: float = 0.0
    arousal: float = 0.0
    amount: float = 0.0
    lemma: str = ""

    @property
    def weight(self) -> float:
        """How much it says, all moods together."""
        return sum(weight for _, weight in self.moods)


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """All entries of "en", "ko" or "zh", in the order of the file.

    Raises:
        BadLexicon: a line is not as the file's header says, or an entry says two things.
    """
    return tuple(_read(_FOLDER / f"{language}.tsv"))


@cache
def words(language: str, kind: str) -> frozenset[str]:
    """The texts of all entries of one kind."""
    return frozenset(entry.text for entry in entries(language) if entry.kind == kind)


@cache
def backing() -> Mapping[str, tuple[float, float]]:
    """Valence and arousal, -1..1, of English words that the lexicon may lack (Glasgow Norms, CC BY 4.0)."""
    lines = (_FOLDER / "glasgow.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: (float(valence), float(arousal)) for word, valence, arousal in rows}


def _read(path: Path) -> Iterator[Entry]:
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            for entry in _entries_of(line):
                told = entry.text, "" if entry.kind in SCENES or entry.kind == "plain" else entry.kind
                if told in seen:
                    raise BadLexicon(f"{entry.text!r} stands in line {seen[told]} already")
                seen[told] = number
                yield entry
        except ValueError as wrong:
            raise BadLexicon(f"{path.name}, line {number}: {wrong}") from wrong


def _entries_of(line: str) -> Iterator[Entry]:
    columns = line.split("\t")
    if len(columns) != 4:
        raise BadLexicon(f"there are {len(columns)} columns, not 4")
    kind, moods, nudge, texts = columns
    if kind not in SCENES + TASKS:
        raise BadLexicon(f"there is no kind {kind!r}")
    nudges = {what[0]: float(what[1:]) for what in nudge.split()}
    if not set(nudges) <= {"a", "v"}:
        raise BadLexicon(f"a nudge is written such as a+0.2 or v-0.1, not {nudge!r}")
    made = Entry(
        "",
        kind,
        moods=tuple(_weights(moods)) if kind in SCENES else (),
        valence=nudges.get("v", 0.0),
        arousal=nudges.get("a", 0.0),
        amount=float(moods) if kind in _NUMBERED else 0.0,
        lemma=moods if kind == "form" else "",
    )
    for text in texts.split(","):
        if not text.strip():
            raise BadLexicon("an entry is empty")
        yield Entry(text.strip(), kind, made.moods, made.valence, made.arousal, made.amount, made.lemma)


def _weights(moods: str) -> Iterator[tuple[str, float]]:
    words = moods.split()
    if not words or len(words) % 2:
        raise BadLexicon(f"moods are written such as peaceful 2 dreamy 1, not {moods!r}")
    for name, weight in zip(words[::2], words[1::2], strict=True):
        if name not in MOODS:
            raise BadLexicon(f"there is no mood named {name!r}")
        if not 0 < float(weight) <= 3:
            raise BadLexicon(f"a weight lies above 0 and is at most 3, not {weight}")
        yield name, float(weight)
