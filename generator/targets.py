"""What each mood asks of the notes: where each attribute of the melody is to stand among the corpus's.

-1 is below all training tunes, 0 in their middle, 1 above all. The signs are those of listening studies, the sizes
are ours, tried out so that the network reaches them:

- mode_clarity: clear with triumph and peace, since pleasant melodies are strong in their key (Costa, Fine & Ricci
  Bitti 2004, doi 10.1525/mp.2004.22.1.1).
- density: many notes with excitement, few with calm: within a melody the counterpart of tempo (Eerola, Friberg &
  Bresin 2013, doi 10.3389/fpsyg.2013.00487; rhythmic density: Williams et al. 2015, doi 10.1145/2749466).
- register: high with happy and dreamy, low with sad and threatening (Gabrielsson & Lindström 2010, in Juslin &
  Sloboda, Handbook of Music and Emotion; the third of six cues in Eerola et al. 2013; minor themes lie slightly
  lower: Huron 2008, doi 10.18061/1811/31940).
- range, contour, interval_size, leaps, rhythm_contrast: wide, rising, large and varied with joy and power, narrow,
  falling, small and even with sadness and calm (Gabrielsson & Lindström 2010; smaller intervals in minor themes,
  weakly: Huron 2008).
- syncopation: with joy (Keller & Schubert 2011, doi 10.2478/v10053-008-0094-0).
- semitones, dissonance, chromaticism: with tension, fear and anger (minor seconds and tritones with motion and
  displeasure, foreign notes with displeasure: Costa et al. 2004; chromatic with sadness and anger: Gabrielsson &
  Lindström 2010).
- repeated_notes: insistence; unisons with power and vigour (Costa et al. 2004).
- rests, and syncopation and sevenths with unease: ours.

Where curators labelled training pieces with a mood, what these say goes before the table (`training.labelled`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

TARGETS_PATH = Path(__file__).parent / "checkpoints" / "targets.json"
ASKED_ATTRIBUTES = (
    "mode_clarity", "density", "rhythm_contrast", "syncopation", "rests", "register", "range", "contour",
    "interval_size", "leaps", "repeated_notes", "semitones", "dissonance", "chromaticism",
)  # fmt: skip
# None leaves an attribute to the network.
_TABLE = {
    # mood         mode   dens  contr  sync   rest   reg    range  cont   size   leaps  rep    semi   diss   chrom
    "happy":       (0.4,  0.75, 0.1,   0.3,  -0.3,   0.45,  0.4,   0.2,   0.3,   0.3,   None, -0.4,  -0.4,  -0.5),
    "playful":     (0.3,  0.7,  0.3,   0.4,   0.1,   0.5,   0.4,   0.1,   0.5,   0.5,   0.2,  -0.2,  -0.1,  -0.2),
    "energetic":   (0.3,  0.9, -0.2,   0.4,  -0.5,   0.3,   0.5,   0.1,   0.4,   0.4,   0.1,  -0.3,  -0.3,  -0.4),
    "triumphant":  (0.6,  0.45, 0.5,   0.0,  -0.2,   0.45,  0.5,   0.4,   0.6,   0.6,   0.4,  -0.6,  -0.4,  -0.5),
    "hopeful":     (0.4,  0.3,  0.1,   0.1,  -0.1,   0.4,   0.3,   0.7,   0.2,   0.2,   None, -0.3,  -0.4,  -0.4),
    "tense":      (-0.7,  0.55, 0.3,   0.2,   0.2,  -0.3,   0.1,   0.1,   0.0,   0.2,   0.5,   0.7,   0.6,   0.8),
    "scary":      (-0.8,  0.6,  0.5,   0.3,   0.2,  -0.75,  0.5,  -0.1,   0.4,   0.4,   None,  0.7,   0.85,  0.9),
    "angry":      (-0.5,  0.85, 0.1,   0.3,  -0.3,  -0.35,  0.4,  -0.1,   0.4,   0.4,   0.5,   0.4,   0.6,   0.6),
    "mysterious": (-0.8,  0.2,  0.4,   0.3,   0.4,   0.0,   0.3,   0.3,   0.3,   0.3,  -0.2,   0.5,   0.6,   0.75),
    "sad":         (-0.3, -0.7,  0.0,  -0.1,   0.2,  -0.5,  -0.4,  -0.5,  -0.4,  -0.4,   None,  0.4,  -0.2,   0.1),
    "melancholic": (-0.4, -0.5,  0.1,   0.0,   0.2,  -0.3,  -0.2,  -0.3,  -0.2,  -0.2,   None,  0.4,   0.0,   0.2),
    "lonely":      (-0.3, -0.8,  0.2,   0.0,   0.5,   0.0,  -0.3,  -0.4,   0.0,   0.0,  -0.3,   0.2,  -0.1,   0.0),
    "peaceful":    (0.5, -0.65, -0.4, -0.3,   0.0,   0.1,  -0.3,   0.0,  -0.4,  -0.4,   None, -0.2,  -0.4,  -0.5),
    "dreamy":      (0.1, -0.5,  -0.2,  0.1,   0.2,   0.45,  0.0,   0.2,   0.1,   0.1,   None,  0.0,  -0.2,   0.0),
    "romantic":    (0.2, -0.45,  0.1,  0.1,   0.0,   0.1,   0.1,   0.1,   0.0,   0.0,   None,  0.2,  -0.1,   0.1),
    "nostalgic":   (0.2, -0.45,  0.2,  0.0,   0.0,   0.0,  -0.1,  -0.2,  -0.1,  -0.1,   None,  0.1,  -0.3,  -0.1),
}  # fmt: skip

PUBLISHED: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        mood: MappingProxyType(
            {name: standing for name, standing in zip(ASKED_ATTRIBUTES, row, strict=True) if standing is not None}
        )
        for mood, row in _TABLE.items()
    }
)
"""What listening studies have every mood ask for at intensity 1."""


class TargetsRefused(Exception):
    """The learned targets cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class MoodTargets:
    """What a mood asks for at intensity 1, learned from pieces that were labelled with it.

    Attributes:
        pieces: how many there were, at least one.
        standings: -1..1 by attribute, the published table weighed in; an attribute that is missing is left to it.
    """

    pieces: int
    standings: Mapping[str, float]


def full_character(mood_name: str, path: Path = TARGETS_PATH) -> Mapping[str, float]:
    """What a mood asks for at intensity 1: the standing, -1..1, of every attribute that it does not leave free.

    Raises:
        KeyError: there is no such mood.
        TargetsRefused: the learned targets in `path` are broken.
    """
    published = PUBLISHED[mood_name]
    learned = load_targets(path).get(mood_name)
    return MappingProxyType({**published, **learned.standings}) if learned else published


def targets_name(path: Path = TARGETS_PATH) -> str:
    """What names the targets in a track's facts: the published table, or the hash of what was learned beside it.

    Raises:
        TargetsRefused: the learned targets in `path` are broken.
    """
    if not load_targets(path):
        return "published"
    return f"learned-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


def save_targets(moods: Mapping[str, MoodTargets], dataset: str, path: Path = TARGETS_PATH) -> None:
    """Write what was learned of each mood from the dataset of that fingerprint, at once or not at all."""
    told = {name: {"pieces": mood.pieces, "targets": dict(mood.standings)} for name, mood in moods.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps({"dataset": dataset, "moods": told}, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(path)


@lru_cache(maxsize=1)
def load_targets(path: Path = TARGETS_PATH) -> Mapping[str, MoodTargets]:
    """What was learned of each mood, by its name, loaded once a process; nothing if there is no such file.

    Raises:
        TargetsRefused: it is broken.
    """
    try:
        moods = json.loads(path.read_text(encoding="utf-8"))["moods"]
        return MappingProxyType({name: _mood_targets(name, fields) for name, fields in moods.items()})
    except FileNotFoundError:
        return MappingProxyType({})
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as fault:
        advice = "remove it, or learn it anew: python -m generator targets"
        raise TargetsRefused(f"the learned targets in {path.name} are broken ({fault}); {advice}") from fault


def _mood_targets(mood_name: str, fields: Any) -> MoodTargets:
    pieces, standings = fields["pieces"], fields["targets"]
    if mood_name not in PUBLISHED:
        raise ValueError(f"there is no mood {mood_name!r}")
    if not (type(pieces) is int and pieces > 0):
        raise ValueError(f"{mood_name} was learned from {pieces!r} pieces")
    for name, standing in standings.items():
        if name not in ASKED_ATTRIBUTES or not (type(standing) in (int, float) and -1 <= standing <= 1):
            raise ValueError(f"{mood_name} asks for {name} at {standing!r}")
    return MoodTargets(pieces, MappingProxyType(standings))
