"""Edits as they come out, with the network that ships."""

from dataclasses import replace

import pytest

from generator.compose import ComposedTrack, compose_track
from generator.composing.composer import Composer, load_composer
from generator.composing.editing import Edit, seconds_of, tempo_of
from generator.composing.retelling import Source, Wish, another_like, bars_redone, in_another_mood
from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES
from generator.request import Request

pytestmark = pytest.mark.slow
SECONDS = 18.0


@pytest.fixture(scope="module")
def composer():
    return load_composer()


@pytest.fixture(scope="module", params=[("happy", 2), ("sad", 4), ("playful", 1)], ids=lambda param: param[0])
def track(composer, request) -> ComposedTrack:
    """A track to go on from, of another mood each time."""
    mood, seed = request.param
    return compose_track(Request.of(mood, 0.8, SECONDS, seed, candidates=2), composer)


def source_of(track: ComposedTrack) -> Source:
    return Source(track.melody, track.facts["instrument"])


def wish(track: ComposedTrack, seed: int = 9) -> Wish:
    return Wish(track.facts["mood"], 0.8, SECONDS, seed)


def made(composer: Composer, request: Request, edit: Edit) -> ComposedTrack:
    """The edit, chosen from few candidates."""
    return compose_track(replace(request, candidates=2), composer, edit=edit)


def in_bars(melody: Melody) -> list[list[tuple[int, int, int]]]:
    """For each bar the onsets in it, the pitches and the durations as far as the bar lasts."""
    length = melody.metre.steps_per_bar
    bars: list[list[tuple[int, int, int]]] = [[] for _ in range(melody.bars)]
    for note in melody.notes:
        place = note.onset % length
        bars[note.onset // length].append((place, note.pitch, min(note.duration, length - place)))
    return bars


def changed_bars(before: Melody, after: Melody) -> list[int]:
    """The numbers of the bars that differ, from 1, a pick-up being 0 then."""
    pick_up = bool(before.notes[0].onset)
    pairs = zip(in_bars(before), in_bars(after), strict=True)
    return [number + 1 - pick_up for number, (there, here) in enumerate(pairs) if there != here]


def test_redoing_bars_changes_these_and_nothing_else(composer, track):
    request, edit = bars_redone(source_of(track), wish(track), 3, 4)
    redone = made(composer, request, edit)
    changed = changed_bars(track.melody, redone.melody)
    assert changed
    assert set(changed) <= {3, 4}
    for fact in ("key", "metre", "bars", "pick_up", "instrument", "seconds_asked"):
        assert redone.facts[fact] == track.facts[fact]
    assert redone.facts["tempo"] == pytest.approx(track.facts["tempo"], abs=0.002)
    assert redone.facts["edit"]["new_bars"] == "3-4"


def test_another_seed_redoes_them_otherwise_and_the_same_one_alike(composer, track):
    def redone(seed: int) -> Melody:
        request, edit = bars_redone(source_of(track), wish(track, seed), 2, 4)
        return made(composer, request, edit).melody

    assert redone(9) == redone(9)
    assert redone(9) != redone(10)


def test_kept_bars_are_the_same_to_the_note(composer, track):
    tempo = tempo_of(track.melody, SECONDS)
    request = Request.of("happy", 0.8, SECONDS, 3, tempo=tempo)
    kept = made(composer, request, Edit.keep(track.melody, 1, 2))
    first = 2 + bool(track.melody.notes[0].onset)
    assert in_bars(kept.melody)[:first] == in_bars(track.melody)[:first]
    assert kept.melody != track.melody


def test_varying_nothing_changes_nothing(composer, track):
    request = Request.of(track.facts["mood"], 0.8, SECONDS, 3, tempo=tempo_of(track.melody, SECONDS))
    same = made(composer, request, Edit.vary(track.melody, 0.0, 3))
    assert same.melody == track.melody


def test_varying_changes_no_other_bars_and_is_still_much_the_same(composer, track):
    edit = Edit.vary(track.melody, 0.3, 3)
    request = Request.of(track.facts["mood"], 0.8, SECONDS, 3, tempo=tempo_of(track.melody, SECONDS))
    varied = made(composer, request, edit)
    before = bool(track.melody.notes[0].onset)
    assert set(changed_bars(track.melody, varied.melody)) <= {bar + 1 - before for bar in edit.varied}
    assert len(edit.varied) == round(0.3 * track.melody.bars)


def test_another_like_it_has_the_same_frame_and_other_notes(composer, track):
    request, edit = another_like(source_of(track), wish(track))
    another = made(composer, request, edit)
    for fact in ("key", "metre", "bars", "pick_up", "instrument", "mood", "intensity", "seconds_asked"):
        assert another.facts[fact] == track.facts[fact]
    assert len(changed_bars(track.melody, another.melody)) > track.melody.bars / 2


@pytest.mark.parametrize("mood", ["sad", "energetic"])
def test_in_another_mood_it_can_be_recognised_in_its_other_mode_and_tempo(composer, track, mood):
    source = source_of(track)
    request, edit = in_another_mood(source, Wish(mood, 0.8, SECONDS, 5))
    other = made(composer, request, edit)
    assert (other.melody.tonic, other.melody.metre) == (track.melody.tonic, track.melody.metre)
    assert other.melody.mode is (Mode.MINOR if mood == "sad" else Mode.MAJOR)
    shared = sum(
        [onset for onset, _ in here] == [onset for onset, _ in there]
        for here, there in zip(other.melody.bar_contents(), track.melody.bar_contents(), strict=False)
    )
    assert shared >= min(other.melody.bars, track.melody.bars) / 2 - 2
    assert (other.facts["mood"], other.facts["seconds_asked"]) == (mood, SECONDS)


def test_a_track_between_moods_can_be_gone_on_from_and_others_be_moved_between_moods(composer, track):
    between = "happy:0.7,sad:0.3"
    request, edit = in_another_mood(source_of(track), Wish(between, 0.8, SECONDS, 5))
    moved = made(composer, request, edit)
    assert (moved.facts["mood"], moved.melody.tonic, moved.melody.mode) == (between, track.melody.tonic, Mode.MAJOR)
    another = made(composer, *another_like(source_of(moved), wish(moved)))
    for fact in ("key", "metre", "bars", "instrument", "mood"):
        assert another.facts[fact] == moved.facts[fact]
    assert changed_bars(moved.melody, made(composer, *bars_redone(source_of(moved), wish(moved), 2, 2)).melody) == [2]


def test_someone_else_s_tune_can_be_kept_transposed_and_put_into_another_mode_and_metre(composer):
    steps = (0, 0, 7, 7, 9, 9, 7, 5, 5, 4, 4, 2, 2, 0)
    lengths = (4, 4, 4, 4, 4, 4, 8, 4, 4, 4, 4, 4, 4, 8)
    onsets = [sum(lengths[:place]) for place in range(len(lengths))]
    notes = tuple(Note(onset, length, 60 + step) for onset, length, step in zip(onsets, lengths, steps, strict=True))
    twinkle = Melody(notes, METRES["4/4"], 0, Mode.MAJOR, 64)
    request = Request.of("sad", 0.8, seconds_of(twinkle, 60.0), 1, key="D minor", tempo=60.0)
    kept = made(composer, request, Edit.keep(twinkle, 1, 4)).melody
    assert [note.pitch - 62 for note in kept.notes] == [0, 0, 7, 7, 8, 8, 7, 5, 5, 3, 3, 2, 2, 0]
    assert (kept.tonic, kept.mode) == (2, Mode.MINOR)
    waltz = Request.of("sad", 0.8, 15.0, 1, metre="3/4", tempo=60.0)
    assert made(composer, waltz, Edit.keep(twinkle, 1, 4)).melody.metre.name == "3/4"
