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
"""

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = (
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
            {name: standing for name, standing in zip(_NAMES, row, strict=True) if standing is not None}
        )
        for mood, row in _TABLE.items()
    }
)
"""What listening studies have every mood ask for at intensity 1."""
