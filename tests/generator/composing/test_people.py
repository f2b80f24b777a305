"""What tunes by people share, and which of it a melody is compared with."""

import pytest

from generator.composing.originality import KnownTune, build_index
from generator.composing.people import longest_runs, people_like, share_of_people
from tests.generator.tunes import wandering_tune


def test_a_run_that_leaves_the_excerpt_counts_up_to_its_end():
    # Nine notes; from the second on six moves are shared, from the eighth on one.
    lengths = [0, 6, 5, 4, 3, 2, 1, 1]
    assert longest_runs(lengths, 4) == [3, 4]
    assert longest_runs(lengths, 8) == [7]
    assert longest_runs(lengths, 9) == [7]
    assert longest_runs(lengths, 10) == []


def test_tunes_are_averaged_not_excerpts():
    short, long = [7] * 7, [1] * 31
    share = share_of_people([short, long])[0]
    assert (share.notes, share.tunes) == (8, 2)
    assert share.mean == (8 + 2) / 2
    assert share.median == 2
    assert share.low <= share.mean <= share.high


def test_the_interval_is_narrow_for_many_tunes_and_the_same_every_time():
    few, many = ([[1 + n % 5] * 31 for n in range(count)] for count in (10, 1000))
    narrow, wide = share_of_people(many)[2], share_of_people(few)[2]
    assert narrow.high - narrow.low < (wide.high - wide.low) / 4
    assert share_of_people(many)[2] == narrow


def test_a_melody_is_compared_with_the_longest_excerpts_that_are_not_longer():
    shares = share_of_people([[3] * 100])
    assert [share.notes for share in shares] == [8, 16, 32, 64]
    for notes, compared in ((8, 8), (15, 8), (63, 32), (64, 64), (400, 64)):
        assert people_like(shares, notes).notes == compared
    assert people_like(shares, 7) is None
    assert people_like([], 50) is None


def test_held_out_tunes_are_compared_with_the_others_and_never_with_themselves():
    melodies = [wandering_tune(seed) for seed in range(12)]
    tunes = [KnownTune(melody, f"{n}", held_out=n > 9) for n, melody in enumerate(melodies)]
    apart = build_index(tunes, "").people
    copied = build_index([*tunes, KnownTune(melodies[11].transposed(1), "copy")], "").people
    assert [share.notes for share in apart] == [8, 16, 32]
    assert apart[1].tunes == 2
    assert apart[1].most < 10
    assert copied[1].most == pytest.approx(16, abs=1)
