"""What may be chosen for a track beside its mood, intensity and length."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from generator.request import Ending

GOES_ON = ("style", "curve", "hits", "ending")
"""Of a track's facts, what a new track made of its melody has too."""


@dataclass(frozen=True)
class Shape:
    """The choices; what is left as it is here is chosen by the mood and the seed.

    Attributes:
        style: a name in generator.styles.
        tempo: quarter notes a minute.
        key: in words, such as "D minor".
        metre: its name.
        curve: points (second, energy 0..1), in order of time.
        hits: seconds, in order.
        ending: how the piece ends.
    """

    style: str = ""
    tempo: float | None = None
    key: str = ""
    metre: str = ""
    curve: tuple[tuple[float, float], ...] = ()
    hits: tuple[float, ...] = ()
    ending: Ending = Ending.RING

    @classmethod
    def of_fields(cls, fields: dict[str, Any]) -> Self:
        """The shape that `fields` gave."""
        points = tuple((second, energy) for second, energy in fields.get("curve", ()))
        listed = {
            "curve": points,
            "hits": tuple(fields.get("hits", ())),
            "ending": Ending(fields.get("ending", "ring")),
        }
        return cls(**{**fields, **listed})

    def fields(self) -> dict[str, Any]:
        """What was chosen, ready for JSON."""
        untouched = asdict(AS_THE_MOOD_HAS_IT)
        return {name: chosen for name, chosen in asdict(self).items() if chosen != untouched[name]}

    def choices(self) -> dict[str, Any]:
        """What was chosen, as generator.request.Request.of takes it."""
        return {name: getattr(self, name) for name in self.fields()}

    def stretched(self, share: float, seconds: float) -> "Shape":
        """The same shape where the music takes `share` times as long; what lies beyond `seconds` is left out."""
        hits = (round(second * share, 3) for second in self.hits)
        curve = ((round(second * share, 3), energy) for second, energy in self.curve)
        return replace(
            self,
            curve=tuple(point for point in curve if point[0] <= seconds),
            hits=tuple(second for second in hits if second <= seconds),
        )


AS_THE_MOOD_HAS_IT = Shape()
"""Nothing was chosen."""
