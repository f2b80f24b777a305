"""Where a melody stands on the plane of valence and arousal, judged by its notes alone.

Listening studies agree on the signs and on the order of weight. Mode weighs most for valence (Eerola,
Friberg & Bresin 2013, doi 10.3389/fpsyg.2013.00487), then tempo, to which the density of onsets is the
counterpart within a melody, then register; their effects add up and are close to linear. Many notes,
a high register, a wide range and large leaps go with high arousal, long notes with low; chromatic notes
go with low valence (Gabrielsson & Lindström 2010, "The role of structure in the musical expression of
emotions", in Juslin & Sloboda, Handbook of Music and Emotion). The weights keep that order; they are
weights of standardised attributes and claim no more than their order and sign.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import erf, sqrt

import numpy as np

from generator.melody.attributes import ATTRIBUTE_NAMES, Attributes, measure
from generator.melody.melody import Melody, Mode

MODE_SHARE = 0.5
"""How far the mode alone moves the valence from zero; the rest of the scale is left to the notes."""
VALENCE_WEIGHTS = {"density": 0.5, "register": 0.3, "chromaticism": -0.5}
AROUSAL_WEIGHTS = {"density": 1.0, "length": -0.5, "register": 0.4, "range": 0.3, "leaps": 0.3}


@dataclass(frozen=True)
class EmotionScale:
    """The means and standard deviations of the attributes in a corpus: what "many notes" means there."""

    means: dict[str, float]
    deviations: dict[str, float]

    @classmethod
    def of(cls, melodies: Iterable[Melody]) -> "EmotionScale":
        """The scale of a corpus of at least two melodies."""
        table = np.array([list(asdict(measure(melody)).values()) for melody in melodies])
        deviations = np.maximum(table.std(axis=0), 1e-6)
        return cls(
            dict(zip(ATTRIBUTE_NAMES, table.mean(axis=0).tolist(), strict=True)),
            dict(zip(ATTRIBUTE_NAMES, deviations.tolist(), strict=True)),
        )

    def place(self, melody: Melody) -> tuple[float, float]:
        """The valence and the arousal of `melody`, each in [-1, 1].

        0 is the corpus's middle; the sign of the valence is that of the mode.
        """
        attributes = measure(melody)
        side = 1.0 if melody.mode is Mode.MAJOR else -1.0
        nuance = self._standing(attributes, VALENCE_WEIGHTS)
        return side * MODE_SHARE + (1 - MODE_SHARE) * nuance, self._standing(attributes, AROUSAL_WEIGHTS)

    def _standing(self, attributes: Attributes, weights: dict[str, float]) -> float:
        """The weighted sum of standardised attributes, through the normal distribution into [-1, 1]."""
        values = asdict(attributes)
        total = sum(
            weight * (values[name] - self.means[name]) / self.deviations[name] for name, weight in weights.items()
        )
        return erf(total / sqrt(2 * sum(weight**2 for weight in weights.values())))


def asked_place(valence: float, arousal: float, mode: Mode) -> tuple[float, float]:
    """Where a melody must be placed to answer a wish in [-1, 1]² that is to stand in `mode`."""
    side = 1.0 if mode is Mode.MAJOR else -1.0
    return side * MODE_SHARE + (1 - MODE_SHARE) * valence, arousal
