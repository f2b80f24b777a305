"""What a creator handed in, as passages of text with the times that they have."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Kind = Literal["text", "subtitles", "shots", "info", "video"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Passage:
    """A paragraph, a subtitle, a shot or a chapter.

    `start` and `end` are seconds from the video's start, 0 or more, `end` after `start`; None where it has no time.
    """

    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class Material:
    """All passages, those with times in the order of these.

    `seconds` is how long the video lasts, as far as the times tell, else None. `title` may be empty.
    """

    passages: tuple[Passage, ...]
    seconds: float | None
    kind: Kind
    title: str = ""

    @property
    def text(self) -> str:
        """The title and all passages, a line each."""
        return "\n".join(filter(None, (self.title, *(passage.text for passage in self.passages))))

    def to_json(self) -> dict[str, Any]:
        """`from_json` makes an equal material of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Material":
        """The material that `to_json` wrote."""
        return cls(
            passages=tuple(Passage(**passage) for passage in written["passages"]),
            seconds=written["seconds"],
            kind=written["kind"],
            title=written["title"],
        )
