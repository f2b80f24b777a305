"""How chords are measured against the composer's, and the page of it."""

from dataclasses import replace

from generator.chords import Chord, Harmony, Quality
from generator.cli import harmony as command
from generator.cli.main import main
from generator.evaluating.harmony import (
    agreement,
    by_beat_of_three,
    by_harmony,
    lead,
    strong_beats,
    tonic_throughout,
)
from generator.evaluating.harmony_report import LEARNED, THREE, lines, measure, requests, section
from generator.melody.melody import Key
from generator.training.songs import HarmonisedSong
from tests.generator.tunes import tune, wandering_tune

C, F, G, G7 = (
    (0, Quality.MAJOR), (5, Quality.MAJOR), (7, Quality.MAJOR), (7, Quality.DOMINANT_SEVENTH),
)  # fmt: skip


def song(chords=(C, C, F, F, G7, G7, C, C)) -> HarmonisedSong:
    melody = tune([64, 67, 69, 65, 62, 71, 72, 72], [4] * 8)
    return HarmonisedSong("a", melody, chords[::2], tuple(chords), tuple(root for root, _ in chords[::2]))


def test_the_composer_agrees_with_himself_and_a_seventh_is_right_in_root_and_triad():
    assert agreement([song()], lambda song: song.beats).quality == 1.0  # type: ignore[arg-type]
    plain = agreement([song()], by_beat_of_three)
    assert (plain.root, plain.triad, plain.quality) == (1.0, 1.0, 0.75)
    assert agreement([song()], tonic_throughout).root == 0.5


def test_beats_without_a_chord_and_bars_without_the_voice_are_not_judged():
    silent = replace(
        song(), melody=replace(song().melody, steps=48), beats=(*song().beats[:6], None, None, G, G, G, G)
    )
    assert agreement([silent], by_beat_of_three).beats == 6


def test_a_lead_is_given_with_its_interval():
    songs = [song(), song((C, C, C, C, G7, G7, C, C)), song((C, C, F, F, G7, G7, G, G))]
    low, high = lead(agreement(songs, by_beat_of_three), agreement(songs, tonic_throughout))
    assert 0 <= low < high <= 0.5


def test_notes_on_strong_beats_count_as_held_or_not():
    melody = tune([60, 62, 62, 60], [4, 4, 4, 4])
    harmony = Harmony(Key.named("C major"), (Chord(0, Quality.MAJOR, 0, 16),))
    assert strong_beats([(melody, harmony)]) == 0.5


def test_the_page_gives_both_figures_for_every_part():
    composed = [(request, wandering_tune(number)) for number, request in enumerate(requests()[:4])]
    measured = measure({"validation": [song()], "test": [song(), song()]}, composed, {"songs": "7", "chords": "9"})
    page = section(measured)
    assert "Learned from 7 songs (9 chords); measured on 1 songs of the validation part and 2" in page
    for part in ("validation", "test"):
        assert all(f"| {part} | {way} |" in page for way in (LEARNED, THREE))
    assert {line["chords"] for line in lines(measured) if "chords" in line} >= {LEARNED, THREE}
    assert agreement([song()], by_harmony()).root == measured.parts["validation"].ways[LEARNED].root


def test_without_the_songs_the_command_says_what_it_needs(monkeypatch, capsys):
    monkeypatch.setattr(command, "known_sources", lambda: [])
    assert main(["harmony"]) == 2
    assert "EMOTIONMUSIC_DATA names the folder" in capsys.readouterr().err
