"""A training piece and how it is kept in a file."""

import json
from dataclasses import dataclass
from typing import Any

from generator.melody.melody import Melody
from generator.melody.written import melody_fields, melody_of_fields


@dataclass(frozen=True)
class Piece:
    """One melody of a corpus, with where it came from.

    `identity` names it for ever ("ryans-mammoth/7thRegimentReel#1"): splits hang on it.
    """

    identity: str
    title: str
    source: str
    melody: Melody


@dataclass(frozen=True)
class Dropped:
    """A piece that cannot be learned from, and the named reason."""

    identity: str
    reason: str


def piece_to_json(piece: Piece) -> str:
    """One line of JSON that `piece_from_json` reads back to an equal piece."""
    words = {"identity": piece.identity, "title": piece.title, "source": piece.source}
    return json.dumps(words | melody_fields(piece.melody), ensure_ascii=False, separators=(",", ":"))


def piece_from_json(line: str) -> Piece:
    """The piece on `line`.

    Raises:
        ValueError: the line is no piece.
    """
    try:
        fields: dict[str, Any] = json.loads(line)
        melody = melody_of_fields(fields)
        return Piece(fields["identity"], fields["title"], fields["source"], melody)
    except (KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"this line is no training piece: {line[:80]!r}") from fault
