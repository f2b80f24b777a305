"""Chords: their notes, and how they are written in a key."""

import pytest

from generator.chords import Chord, Harmony, Quality
from generator.melody.melody import Key


@pytest.mark.parametrize(
    ("key", "root", "quality", "symbol"),
    [
        ("F major", 10, Quality.MAJOR, "Bb"),
        ("D major", 6, Quality.MINOR, "F#m"),
        ("C major", 2, Quality.MINOR_SEVENTH, "Dm7"),
        ("C major", 8, Quality.MAJOR, "Ab"),
        ("C major", 6, Quality.DIMINISHED_SEVENTH, "F#dim7"),
        ("C major", 3, Quality.DIMINISHED_SEVENTH, "D#dim7"),
        ("C major", 3, Quality.MAJOR, "Eb"),
        ("A minor", 8, Quality.DIMINISHED_SEVENTH, "G#dim7"),
        ("F# minor", 1, Quality.DOMINANT_SEVENTH, "C#7"),
        ("F# minor", 5, Quality.DIMINISHED_SEVENTH, "E#dim7"),
        ("Gb major", 11, Quality.MAJOR, "Cb"),
        ("Db major", 9, Quality.MAJOR, "A"),
        ("Eb minor", 4, Quality.MAJOR, "Fb"),
        ("D minor", 7, Quality.HALF_DIMINISHED, "Gm7b5"),
        ("G major", 7, Quality.SUSPENDED, "Gsus4"),
    ],
)
def test_a_chord_is_written_with_the_flats_and_sharps_of_its_key(key, root, quality, symbol):
    assert Chord(root, quality, 0, 8).symbol(Key.named(key)) == symbol


def test_an_inverted_chord_names_its_bass_as_its_third_or_fifth():
    chord = Chord(9, Quality.DOMINANT_SEVENTH, 0, 8, inversion=1)
    assert chord.symbol(Key.named("D major")) == "A7/C#"
    assert chord.bass == 1


def test_every_root_and_quality_can_be_written_in_every_key():
    for tonic in range(12):
        for mode in ("major", "minor"):
            key = Key.named(f"{('C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B')[tonic]} {mode}")
            for root in range(12):
                for quality in Quality:
                    chords = [Chord(root, quality, 0, 4, place) for place in range(len(quality.intervals))]
                    assert all(chord.symbol(key)[0] in "ABCDEFG" for chord in chords)
                    assert chords[0].pitch_classes[0] == root


def test_chords_with_a_gap_between_them_are_no_harmony():
    first, last = Chord(0, Quality.MAJOR, 0, 8), Chord(0, Quality.MAJOR, 12, 4)
    with pytest.raises(ValueError, match="without a gap"):
        Harmony(Key.named("C major"), (first, last))
    with pytest.raises(ValueError, match="no chord sounds at step 8"):
        Harmony(Key.named("C major"), (first,)).at(8)
