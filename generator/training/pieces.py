"""A training piece and how it is kept in a file."""

import json
from dataclasses import dataclass, replace
from typing import Any

from generator.melody.melody import Melody
from generator.melody.written import melody_fields, melody_of_fields
from generator.mood import mood_named


@dataclass(frozen=True)
class Piece:
    """One melody of a corpus, with where it came from.

    `identity` names it for ever ("ryans-mammoth/7thRegimentReel#1"): splits hang on it. `mood` names the mood that
    listeners feel in it, None where nobody said so.
    """

    identity: str
    title: str
    source: str
    melody: Melody
    mood: str | None = None


@dataclass(frozen=True)
class Dropped:
    """A piece that cannot be learned from, and the named reason."""

    identity: str
    reason: str


def piece_to_json(piece: Piece) -> str:
    """One line of JSON that `piece_from_json` reads back to an equal piece."""
    words = {"identity": piece.identity, "title": piece.title, "source": piece.source}
    if piece.mood is not None:
        words["mood"] = piece.mood
    return json.dumps(words | melody_fields(piece.melody), ensure_ascii=False, separators=(",", ":"))


def piece_from_json(line: str) -> Piece:
    """The piece on `line`.

    Raises:
        UnknownMood: the piece is labelled with a word that is no mood.
        ValueError: the line is no piece.
    """
    try:
        fields: dict[str, Any] = json.loads(line)
        melody = melody_of_fields(fields)
        piece = Piece(fields["identity"], fields["title"], fields["source"], melody)
    except (KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"this line is no training piece: {line[:80]!r}") from fault
    return replace(piece, mood=mood_named(str(fields["mood"])).name) if "mood" in fields else piece
