"""A training piece and how it is kept in a file."""

import json
from dataclasses import dataclass
from typing import Any

from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES


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
    melody = piece.melody
    return json.dumps(
        {
            "identity": piece.identity,
            "title": piece.title,
            "source": piece.source,
            "metre": melody.metre.name,
            "tonic": melody.tonic,
            "mode": melody.mode.value,
            "steps": melody.steps,
            "notes": [[note.onset, note.duration, note.pitch] for note in melody.notes],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def piece_from_json(line: str) -> Piece:
    """The piece on `line`.

    Raises:
        ValueError: the line is no piece.
    """
    try:
        fields: dict[str, Any] = json.loads(line)
        melody = Melody(
            notes=tuple(Note(*note) for note in fields["notes"]),
            metre=METRES[fields["metre"]],
            tonic=fields["tonic"],
            mode=Mode(fields["mode"]),
            steps=fields["steps"],
        )
        return Piece(fields["identity"], fields["title"], fields["source"], melody)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"this line is no training piece: {line[:80]!r}") from fault
