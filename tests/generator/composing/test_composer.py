"""What the composer hands back, with the network that ships."""

import pytest

from generator.composing import composer as composing
from generator.composing.choosing import judge
from generator.composing.composer import CANDIDATES, Composer, closed, load_composer, nearest_tonic
from generator.composing.originality import RunIndex, build_index
from generator.composing.sampling import Candidate, sample
from generator.melody.melody import Melody, Mode, Note
from generator.melody.metre import METRES
from generator.plan import make_plan
from generator.request import Request
from tests.generator.tunes import tune, wandering_tune

MOODS = ("happy", "peaceful", "sad", "scary")


@pytest.fixture(scope="module")
def composer():
    return load_composer()


@pytest.fixture(scope="module")
def melodies(composer):
    plans = [make_plan(Request.of(mood, 0.8, 15, seed)) for mood in MOODS for seed in range(5)]
    return [(plan, composer.compose(plan)) for plan in plans]


def index_of(melody: Melody) -> RunIndex:
    return build_index([(melody, "known")], "")


def test_the_same_plan_gives_the_same_melody_alone_and_after_others(composer, melodies):
    for plan, composed in melodies[::6]:
        assert composer.compose(plan) == composed


def test_different_seeds_give_different_melodies(melodies):
    assert len({composed.melody.notes for _, composed in melodies}) == len(melodies)


def test_every_melody_fills_its_bars_in_its_key_and_metre(melodies):
    for plan, composed in melodies:
        assert (composed.melody.bars, composed.melody.metre) == (plan.bars, plan.metre)
        assert (composed.melody.tonic, composed.melody.mode) == (plan.tonic, plan.mode)


def test_every_melody_ends_on_the_tonic_held_to_the_last_bar_line(melodies):
    for _, composed in melodies:
        last = composed.melody.notes[-1]
        assert last.pitch % 12 == composed.melody.tonic
        assert last.end == composed.melody.steps
        assert composed.melody.metre.is_strong(last.onset)


def test_no_melody_copies_nine_notes_of_a_training_tune(composer, melodies):
    for _, composed in melodies:
        assert composed.copied_runs == 0
        assert composer.index.copied_runs(composed.melody) == 0


def test_candidates_of_one_pass_differ(composer):
    candidates = sample(
        composer.checkpoint.network, composer.index, make_plan(Request.of("happy", 0.8, 15, 1)), 6, 5, lambda _: None
    )
    assert len({candidate.melody.notes for candidate in candidates}) == 6


class Enough(Exception):
    """Raised by a progress that wants the work to stop."""


def test_progress_rises_and_can_stop_the_work(composer):
    plan, told = make_plan(Request.of("sad", 0.5, 20, 2)), []
    composer.compose(plan, told.append)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        composer.compose(plan, stop)


def test_a_melody_that_the_network_would_write_is_not_written_again_once_it_is_known(composer):
    plan = make_plan(Request.of("happy", 0.8, 12, 3))
    known = composer.compose(plan).melody
    again = Composer(composer.checkpoint, index_of(known)).compose(plan)
    assert index_of(known).copied_runs(known) > 0
    assert again.copied_runs == 0
    assert again.melody.notes != known.notes


def test_when_every_candidate_of_a_pass_copies_the_composer_tries_again(composer, monkeypatch):
    plan, passes = make_plan(Request.of("happy", 0.8, 12, 3)), []
    known = composer.compose(plan).melody

    def copies_first(*arguments):
        passes.append(1)
        if len(passes) == 1:
            return [Candidate(known.transposed(-plan.transposition), -1.0)] * CANDIDATES
        return sample(*arguments)

    monkeypatch.setattr(composing, "sample", copies_first)
    again = Composer(composer.checkpoint, index_of(known)).compose(plan)
    assert (again.rounds, again.copied_runs) == (2, 0)


def test_an_end_off_the_tonic_is_led_home_and_one_on_it_is_kept():
    astray = closed(tune([60, 64, 67, 64, 62], [4, 4, 4, 4, 16]))
    assert astray.notes[-1].pitch == 60
    at_home = tune([60, 64, 67, 64, 60], [4, 4, 4, 4, 12])
    assert closed(at_home).notes == (*at_home.notes[:-1], Note(16, 16, 60))


def test_a_melody_that_falls_silent_early_gets_a_last_note():
    silent = Melody((Note(0, 4, 64), Note(4, 4, 67)), METRES["4/4"], 0, Mode.MAJOR, 64)
    assert closed(silent).notes[-1] == Note(48, 16, 72)


@pytest.mark.parametrize(("pitch", "tonic", "home"), [(62, 0, 60), (70, 0, 72), (66, 0, 60), (61, 2, 62)])
def test_the_nearest_tonic_is_near(pitch, tonic, home):
    assert nearest_tonic(pitch, tonic) == home


def test_a_stuck_a_scattered_and_a_copied_melody_rank_below_a_sound_one(composer):
    sound = closed(wandering_tune(3))
    stuck = closed(tune([60] * 32, [4] * 32))
    scattered = closed(tune([48, 83] * 16, [4] * 32))

    def rank(melody: Melody, index: RunIndex = composer.index) -> tuple[bool, bool, float]:
        return judge(Candidate(melody, -1.0), (0.5, 0.0), composer.checkpoint.scale, index).rank

    assert rank(sound) < rank(stuck)
    assert rank(sound) < rank(scattered)
    assert rank(scattered) < rank(sound, index_of(sound))
