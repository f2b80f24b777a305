"""A piece that has passed the check, with the facts a curator judges it by."""

import json
from dataclasses import dataclass
from typing import Any

from generator.melody.melody import Melody
from generator.melody.metre import STEPS_PER_QUARTER
from generator.training.pieces import Piece, piece_from_json, piece_to_json

SOURCE = "curated"
"""The name of the collection that uploaded pieces belong to."""


@dataclass(frozen=True)
class CheckedPiece:
    """The melody found in a file, and how it was found.

    Attributes:
        melody: on the grid, in the key and octave of the file.
        title: the file's own title, cleaned; empty if it has none.
        part: the name of the track that the melody stands in, cleaned; empty if it has none.
        tempo: quarter notes a minute.
        voices: how many notes of the part sound at once at most; of several, the top line was taken.
        off_grid: share of the part's onsets that had to be moved to the nearest sixteenth, 0..1.
        metre_is_stated: False, if the file names no metre and 4/4 was assumed, as MIDI has it.
    """

    melody: Melody
    title: str
    part: str
    tempo: float
    voices: int
    off_grid: float
    metre_is_stated: bool

    @property
    def seconds(self) -> float:
        """How long the melody lasts at its tempo."""
        return self.melody.steps / STEPS_PER_QUARTER * 60 / self.tempo

    @property
    def notes(self) -> int:
        return len(self.melody.notes)

    @property
    def lowest(self) -> int:
        """The lowest pitch, a MIDI number."""
        return min(note.pitch for note in self.melody.notes)

    @property
    def highest(self) -> int:
        """The highest pitch, a MIDI number."""
        return max(note.pitch for note in self.melody.notes)

    @property
    def metre(self) -> str:
        return self.melody.metre.name

    @property
    def key(self) -> str:
        return self.melody.key_name

    @property
    def bars(self) -> int:
        return self.melody.bars

    @property
    def line(self) -> str:
        """In words, whether the part had one voice or the top one of several was taken."""
        return "single line" if self.voices == 1 else f"top line of {self.voices} voices"

    def to_json(self) -> str:
        """JSON that `from_json` reads back to an equal piece."""
        piece = json.loads(piece_to_json(Piece("", self.title, SOURCE, self.melody)))
        facts = {
            "part": self.part,
            "tempo": self.tempo,
            "voices": self.voices,
            "off_grid": self.off_grid,
            "metre_is_stated": self.metre_is_stated,
        }
        return json.dumps({"piece": piece, "facts": facts})

    @classmethod
    def from_json(cls, text: str) -> "CheckedPiece":
        """The piece in `text`.

        Raises:
            ValueError: the text is no checked piece.
        """
        try:
            fields: dict[str, Any] = json.loads(text)
            piece = piece_from_json(json.dumps(fields["piece"]))
            return cls(melody=piece.melody, title=piece.title, **fields["facts"])
        except (KeyError, TypeError) as fault:
            raise ValueError(f"this is no checked piece: {text[:80]!r}") from fault
