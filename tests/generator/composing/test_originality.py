"""What a melody shares with the training tunes: how much and where; copies are found, common turns are no copies."""

import json
from itertools import pairwise

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from generator.composing.originality import (
    COMMON_FROM,
    IndexRefused,
    KnownTune,
    build_index,
    load_index,
    save_index,
)
from generator.melody.melody import Melody
from generator.melody.metre import bar_number
from generator.networks.checkpoint import load_checkpoint
from tests.generator.tunes import tune, wandering_tune

TUNES = [
    KnownTune(wandering_tune(seed), f"tune {seed}", f"book/{seed}", f"Tune {seed}", "A book, 1801")
    for seed in range(20)
]
INDEX = build_index(TUNES, "data")
SCALE = [60, 62, 64, 65, 67, 69, 71, 72, 74]


def rhythm(melody: Melody) -> list[int]:
    """From each note's onset to the next one's, in steps; from the last one's to the end."""
    onsets = [note.onset for note in melody.notes] + [melody.steps]
    return [after - before for before, after in pairwise(onsets)]


def borrowing(source: Melody, first: int, count: int, up: int = 0, slower: int = 1) -> Melody:
    """Five notes that no tune has, then `count` notes of `source` from its note `first` on, then three more."""
    durations = [slower * duration for duration in rhythm(source)[first : first + count]]
    pitches = [note.pitch + up for note in source.notes[first : first + count]]
    return tune([50, 83, 49, 82, 51, *pitches, 49, 83, 48], [11, 13, 11, 13, 11, *durations[:-1], 13, 7, 11, 9])


def copies_ended(melody: Melody) -> list[int]:
    """The notes (counted from 0) at which a writer who asks before every note is told of a copy."""
    notes = [(note.onset, note.pitch) for note in melody.notes]
    return [place for place, (onset, pitch) in enumerate(notes) if INDEX.completes_copy(notes[:place], onset, pitch)]


@pytest.mark.parametrize(("up", "slower"), [(0, 1), (3, 1), (-5, 2), (7, 3)])
def test_a_borrowed_run_is_found_in_any_key_and_note_values_with_its_place_on_both_sides(up, slower):
    source = TUNES[4].melody
    melody = borrowing(source, 6, 12, up, slower)
    shared = INDEX.longest_shared(melody)
    assert shared is not None
    assert (shared.notes, shared.identity, shared.title, shared.source) == (12, "book/4", "Tune 4", "A book, 1801")
    assert shared.bar == bar_number(source.notes[6].onset, source.notes[0].onset, 16)
    assert shared.at_bar == bar_number(melody.notes[5].onset, melody.notes[0].onset, 16)
    assert not shared.common
    assert INDEX.longest_uncommon(melody) == shared


def test_a_whole_copy_is_as_long_as_the_tune():
    for known in TUNES:
        copy = known.melody.transposed(2)
        shared = INDEX.longest_shared(copy)
        assert (shared.notes, shared.title, shared.at_bar) == (len(copy.notes), known.title, shared.bar)
        assert INDEX.copied_runs(copy) == len(copy.notes) - 8


def test_a_run_ends_where_a_tune_ends_and_does_not_go_on_into_the_next_one():
    first, second = TUNES[0].melody, TUNES[1].melody
    both = tune([note.pitch for note in (*first.notes, *second.notes)], rhythm(first) + rhythm(second))
    assert INDEX.longest_shared(both).notes == max(len(first.notes), len(second.notes))


def test_the_longest_run_is_the_one_that_a_slow_search_finds():
    def run(melody: Melody, start: int, count: int) -> tuple[tuple[int, ...], tuple[float, ...]]:
        pitches = [note.pitch for note in melody.notes[start : start + count]]
        durations = rhythm(melody)[start : start + count - 1]
        return tuple(pitch - pitches[0] for pitch in pitches), tuple(d / durations[0] for d in durations)

    for seed in range(100, 106):
        melody = wandering_tune(seed)
        longest = 0
        for known in TUNES:
            while longest < len(melody.notes):
                theirs = {run(known.melody, at, longest + 1) for at in range(len(known.melody.notes) - longest)}
                if not any(run(melody, at, longest + 1) in theirs for at in range(len(melody.notes) - longest)):
                    break
                longest += 1
        assert INDEX.longest_shared(melody).notes == longest


def test_eight_shared_notes_are_allowed_and_nine_are_not():
    for count, copied in ((8, 0), (9, 1), (10, 2)):
        borrowed = borrowing(TUNES[2].melody, 0, count)
        assert INDEX.copied_runs(borrowed) == copied
        assert copies_ended(borrowed) == [5 + place for place in range(8, count)]


def test_a_new_melody_copies_nothing():
    melody = wandering_tune(999)
    assert INDEX.copied_runs(melody) == 0
    assert copies_ended(melody) == []
    assert 2 <= INDEX.longest_shared(melody).notes <= 8


def test_a_turn_that_stands_in_many_unrelated_tunes_belongs_to_everyone():
    scale = tune(SCALE, [2] * 9)
    for groups, common in ((COMMON_FROM - 1, False), (COMMON_FROM, True)):
        index = build_index([KnownTune(scale, f"{n}") for n in range(groups)], "")
        assert index.copied_runs(scale) == (0 if common else 1)
        assert index.longest_shared(scale).common is common
        assert (index.longest_uncommon(scale) is None) is common


def test_variants_of_one_tune_do_not_make_a_turn_common():
    scale = tune(SCALE, [2] * 9)
    assert build_index([KnownTune(scale, "one tune")] * 10, "").copied_runs(scale) == 1


def test_a_long_run_of_one_tune_is_a_copy_even_where_each_nine_notes_of_it_are_common():
    pitches = [*SCALE, 76]
    halves = [tune(pitches[:9], [2] * 9), tune(pitches[1:], [2] * 9)]
    known = [KnownTune(half, f"{n}") for n in range(COMMON_FROM) for half in halves]
    whole = tune(pitches, [2] * 10)
    notes = [(note.onset, note.pitch) for note in whole.notes]
    assert not build_index(known, "").completes_copy(notes[:-1], *notes[-1])
    index = build_index([*known, KnownTune(whole, "the only one")], "")
    assert not index.completes_copy(notes[:-2], *notes[-2])
    assert index.completes_copy(notes[:-1], *notes[-1])
    assert index.copied_runs(whole) == 1


def test_a_common_turn_is_told_beside_the_longest_run_that_is_not_common():
    source = TUNES[3].melody
    index = build_index([*TUNES, *(KnownTune(tune(SCALE, [2] * 9), f"scale {n}") for n in range(COMMON_FROM))], "")
    borrowed = borrowing(source, 0, 7)
    melody = tune(
        [note.pitch for note in borrowed.notes] + [pitch + 1 for pitch in SCALE], [*rhythm(borrowed), *[4] * 9]
    )
    longest, uncommon = index.longest_shared(melody), index.longest_uncommon(melody)
    assert (longest.notes, longest.common) == (9, True)
    assert (uncommon.notes, uncommon.common, uncommon.title) == (7, False, "Tune 3")
    assert index.copied_runs(melody) == 0


def test_melodies_of_one_note_and_an_index_of_no_tune_share_nothing():
    one, nothing = tune([60], [16]), build_index([], "")
    assert INDEX.longest_shared(one) is None
    assert INDEX.longest_uncommon(one) is None
    assert INDEX.copied_runs(one) == 0
    assert nothing.longest_shared(TUNES[0].melody) is None
    assert nothing.copied_runs(TUNES[0].melody) == 0


@pytest.fixture
def path(tmp_path):
    """An index in a file."""
    path = tmp_path / "runs.safetensors"
    save_index(build_index([*TUNES, KnownTune(wandering_tune(77), "x", held_out=True)], "data"), path)
    return path


def test_the_index_comes_back_from_its_file_with_its_tunes_and_what_people_share(path):
    loaded = load_index("data", path)
    for known in TUNES:
        assert loaded.longest_shared(known.melody) == INDEX.longest_shared(known.melody)
    assert [share.notes for share in loaded.people] == [8, 16, 32]
    assert all(share.tunes == 1 and share.low <= share.mean <= share.high for share in loaded.people)


def test_an_index_of_another_dataset_is_refused(path):
    with pytest.raises(IndexRefused, match="another dataset"):
        load_index("other data", path)


@pytest.mark.parametrize("broken", [b"", b"broken", b"\xff" * 400])
def test_a_broken_and_a_missing_file_are_refused(path, broken):
    path.write_bytes(broken)
    with pytest.raises(IndexRefused, match="no index of training runs"):
        load_index("data", path)
    path.unlink()
    with pytest.raises(IndexRefused, match="no index of training runs"):
        load_index("data", path)


def test_a_file_that_was_cut_short_is_refused(path):
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(IndexRefused, match="no index of training runs"):
        load_index("data", path)


def test_the_index_of_an_earlier_version_is_refused(path):
    save_file({"hashes": np.zeros(3, np.uint64)}, path, {"dataset": "data", "moves": "8"})
    with pytest.raises(IndexRefused, match="another version"):
        load_index("data", path)


@pytest.mark.parametrize("part", ["intervals", "durations", "suffixes", "tunes"])
def test_a_file_whose_parts_do_not_fit_together_is_refused(path, part):
    arrays = load_file(path)
    late_start = np.frombuffer(b'[["a", "b", "c", "d", 5, 0, 16]]', np.uint8)
    arrays[part] = late_start if part == "tunes" else arrays[part][:-1]
    metadata = {"format": "2", "dataset": "data", "moves": "8", "people": json.dumps([])}
    save_file(arrays, path, metadata)
    with pytest.raises(IndexRefused, match="no index of training runs"):
        load_index("data", path)


def test_the_index_that_ships_knows_thousands_of_tunes_and_what_people_share():
    index = load_index(load_checkpoint().training.dataset)
    assert len(index.tunes) > 4000
    assert all(tune.title and tune.source for tune in index.tunes)
    share = {share.notes: share for share in index.people}[64]
    assert share.tunes > 300
    assert 8 < share.low < share.mean < share.high < 13
    assert share.median <= share.most
