"""The drawing of a track: every part, its chords, its sound, on one axis of time."""

import re
from itertools import pairwise

import pytest
from django.urls import reverse

from emotionmusic.library.midi_notes import read_notes
from emotionmusic.library.piano_roll import HEAD, WIDEST_FRAME, draw_track
from tests.tracks import FILES, PITCHES, kept_track

BEAT = 60 / 66


@pytest.fixture
def page(creator, track):
    return creator.get(reverse("library:track", args=[track.id])).content.decode()


def test_notes_and_bars_are_read_by_the_second():
    drawing = read_notes(FILES["track.mid"])
    assert [part.name for part in drawing.parts] == list(PITCHES)
    assert [[note.pitch for note in part.notes] for part in drawing.parts] == list(PITCHES.values())
    assert [part.drums for part in drawing.parts] == [False, False, True]
    third = drawing.parts[0].notes[2]
    assert (third.start, third.end) == (pytest.approx(2 * BEAT, abs=1e-4), pytest.approx(3 * BEAT, abs=1e-4))
    assert drawing.bars == pytest.approx([4 * BEAT * bar for bar in range(8)], abs=1e-3)


def test_every_part_is_one_path_of_all_its_notes_in_a_colour_of_its_own(page):
    paths = re.findall(r'<path class="roll__part (roll__part--\d)" data-part="(\d)" d="([^"]+)"', page)
    assert len(paths) == len(PITCHES)
    assert len({colour for colour, *_ in paths}) == len(PITCHES)
    drawn = {int(number): path for _, number, path in paths}
    assert [drawn[number].count("M") for number in range(3)] == [len(pitches) for pitches in PITCHES.values()]


def test_all_of_it_stands_on_one_axis_of_time(track):
    roll = draw_track(track)
    assert roll.width == WIDEST_FRAME == round(track.seconds * roll.scale)
    starts = [int(x) for x in re.findall(r"M(\d+)", roll.parts[0].path)]
    assert starts == [round(beat * BEAT * roll.scale) for beat in range(4)]
    assert [chord.x for chord in roll.chords] == [round(second * roll.scale) for second, _ in track.facts["chords"]]
    assert [bar.x for bar in roll.bars][:2] == [0, round(4 * BEAT * roll.scale)]
    assert f" {roll.width} " in roll.wave, "the sound ends where the drawing does"


def test_drums_lie_below_the_notes_and_notes_below_the_chords(track):
    roll = draw_track(track)
    heights = [[int(y) for y in re.findall(r"M\d+ (\d+)h", part.path)] for part in roll.parts]
    assert min(heights[2]) > max(heights[0] + heights[1])
    assert min(heights[0]) >= HEAD > max(chord.y for chord in roll.chords)
    assert heights[0][0] > heights[0][1], "a higher note stands higher"


def test_the_chords_stand_above_and_are_listed_once_each_among_the_facts(page):
    assert re.findall(r'<text class="roll__chord"[^>]*>([^<]+)<', page) == ["Dm", "Gm", "A7", "Dm"]
    assert "<dd>Dm, Gm, A7</dd>" in page
    assert "<dt>Style</dt><dd>Piano</dd>" in page


def test_the_drawing_is_an_image_with_words_in_its_place(page):
    assert '<svg role="img"' in page
    assert "9 notes of 3 parts in 8 bars, 30 seconds" in page
    for name in PITCHES:
        assert f"</span>{name}</span>" in page


def test_crowded_chords_go_to_a_second_row_and_none_covers_another(owner):
    track = kept_track(owner)
    track.facts = {**track.facts, "chords": [[second / 4, f"{'CDEFGAB'[second % 7]}maj7"] for second in range(40)]}
    drawn = draw_track(track).chords
    assert {chord.y for chord in drawn} == {27, 40}
    for row in (27, 40):
        places = [chord.x for chord in drawn if chord.y == row]
        assert all(after - before >= 8 * len("Cmaj7") for before, after in pairwise(places))


def test_a_track_without_its_notes_is_still_shown(creator, track):
    track.midi.unlink()
    answer = creator.get(reverse("library:track", args=[track.id]))
    assert answer.status_code == 200
    assert "<track-roll" not in answer.content.decode()


def test_a_track_from_before_chords_and_styles_were_kept_is_still_shown(creator, track):
    track.facts = {name: fact for name, fact in track.facts.items() if name not in ("chords", "style")}
    track.save()
    page = creator.get(reverse("library:track", args=[track.id])).content.decode()
    assert "roll__chord" not in page
    assert "<dt>Style</dt>" not in page
    assert "<track-roll" in page


def test_a_page_asks_the_database_no_more_for_a_long_track_than_for_a_short_one(
    creator, owner, django_assert_max_num_queries
):
    track = kept_track(owner, seconds=180.0)
    with django_assert_max_num_queries(8):
        creator.get(reverse("library:track", args=[track.id]))
