"""Where a melody stands on the plane of valence and arousal, judged by its notes alone.

Listening studies agree on the signs and on the order of weight. Mode weighs most for valence (Eerola,
Friberg & Bresin 2013, doi 10.3389/fpsyg.2013.00487), then tempo, to which the density of onsets is the
counterpart within a melody, then register; their effects add up and are close to linear. Many notes,
a high register, a wide range and large intervals go with high arousal, rests with low; chromatic notes and
dissonant intervals go with low valence (Gabrielsson & Lindström 2010, "The role of structure in the musical
expression of emotions", in Juslin & Sloboda, Handbook of Music and Emotion). The weights keep that order; they
are weights of where the attributes stand in the corpus and claim no more than their order and sign.
"""

from collections.abc import Mapping

from generator.melody.melody import Mode

MODE_SHARE = 0.5
"""How far the mode alone moves the valence from zero; the rest of the scale is left to the notes."""
VALENCE_WEIGHTS = {"density": 0.3, "register": 0.3, "chromaticism": -0.5, "dissonance": -0.3, "semitones": -0.3}
AROUSAL_WEIGHTS = {
    "density": 1.0, "interval_size": 0.3, "register": 0.3, "range": 0.2, "syncopation": 0.1, "rests": -0.2,
}  # fmt: skip


def place_on_plane(standing: Mapping[str, float], mode: Mode) -> tuple[float, float]:
    """The valence and the arousal, each in [-1, 1], of a melody by where its attributes stand, each in [-1, 1].

    0 is the corpus's middle; the sign of the valence is that of the mode.
    """
    side = 1.0 if mode is Mode.MAJOR else -1.0
    return side * MODE_SHARE + (1 - MODE_SHARE) * _mean(standing, VALENCE_WEIGHTS), _mean(standing, AROUSAL_WEIGHTS)


def _mean(standing: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weight * standing[name] for name, weight in weights.items()) / sum(map(abs, weights.values()))
