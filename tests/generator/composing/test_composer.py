"""What the composer hands back, with the network that ships."""

import numpy as np
import pytest

from generator.composing import composer as composing
from generator.composing.choosing import judge
from generator.composing.composer import Composer, closed, load_composer, nearest_tonic
from generator.composing.earlier import EarlierRun
from generator.composing.editing import plan_anew
from generator.composing.fixed import BEGINS, FREE, NO_MODEL, Fixed, start_of
from generator.composing.originality import KnownTune, RunIndex, build_index
from generator.composing.report import Originality
from generator.composing.sampling import Candidate, Sampling, sample
from generator.melody.events import NO_EVENT, melody_to_events
from generator.melody.form import Likeness, likeness
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
    return [(plan, composer.compose(plan, start_of(plan))) for plan in plans]


def composed_anew(composer, request, **more):
    return composer.compose(*plan_anew(request), **more)


def all_free(melody: Melody) -> Fixed:
    return Fixed(np.full(melody.steps, FREE), NO_MODEL)


def index_of(melody: Melody) -> RunIndex:
    return build_index([KnownTune(melody, "known")], "")


def test_the_same_plan_gives_the_same_melody_alone_and_after_others(composer, melodies):
    for plan, composed in melodies[::6]:
        assert composer.compose(plan, start_of(plan)) == composed


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
        assert not composed.judgement.over_limit
        assert composer.index.copied_runs(composed.melody) == 0


def test_candidates_that_are_finished_are_what_they_would_be_had_none_been_given_up(composer):
    plan, fixed = plan_anew(Request.of("sad", 0.8, 15, 2))
    how, asked = Sampling(count=8, seed=5, guidance=1.0), []

    def busy(melody: Melody) -> float:
        asked.append(melody)
        return len(melody.notes)

    every = sample(composer.checkpoint.network, composer.index, plan, fixed, how, lambda _: None)
    finished = sample(composer.checkpoint.network, composer.index, plan, fixed, how, lambda _: None, busy)
    assert [candidate in every for candidate in finished] == [True, True]
    assert len(asked) == 8 + 4
    first = sorted(asked[:8], key=busy)[:4]
    assert {candidate.melody.notes[:3] for candidate in finished} <= {melody.notes[:3] for melody in first}


def test_where_bars_are_kept_all_candidates_are_finished(composer, monkeypatch):
    drawn = []

    def noted(*arguments):
        drawn.append(sample(*arguments))
        return drawn[-1]

    monkeypatch.setattr(composing, "sample", noted)
    plan, free = plan_anew(Request.of("sad", 0.8, 15, 2, candidates=8))
    composer.compose(plan, free)
    kept = free.events.copy()
    kept[-8:] = NO_EVENT
    composer.compose(plan, Fixed(kept, NO_MODEL))
    assert [len(candidates) for candidates in drawn] == [2, 8]


def test_candidates_of_one_pass_differ(composer):
    plan, fixed = plan_anew(Request.of("happy", 0.8, 15, 1))
    how = Sampling(count=6, seed=5, guidance=0.0)
    candidates = sample(composer.checkpoint.network, composer.index, plan, fixed, how, lambda _: None)
    assert len({candidate.melody.notes for candidate in candidates}) == 6


class Enough(Exception):
    """Raised by a progress that wants the work to stop."""


def test_progress_rises_and_can_stop_the_work(composer):
    request, told = Request.of("sad", 0.5, 20, 2), []
    composed_anew(composer, request, progress=told.append)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        composed_anew(composer, request, progress=stop)


def test_a_melody_that_the_network_would_write_is_not_written_again_once_it_is_known(composer):
    request = Request.of("happy", 0.8, 12, 3)
    known = composed_anew(composer, request).melody
    again = composed_anew(Composer(composer.checkpoint, index_of(known)), request)
    assert index_of(known).copied_runs(known) > 0
    assert not again.judgement.over_limit
    assert again.melody.notes != known.notes


def test_when_every_candidate_of_a_pass_copies_the_composer_tries_again(composer, monkeypatch):
    plan, fixed = plan_anew(Request.of("happy", 0.8, 12, 3))
    known, passes = composer.compose(plan, fixed).melody, []

    def copies_first(*arguments):
        passes.append(1)
        if len(passes) == 1:
            return [Candidate(known.transposed(-plan.transposition), 0.0)] * plan.request.candidates
        return sample(*arguments)

    monkeypatch.setattr(composing, "sample", copies_first)
    again = Composer(composer.checkpoint, index_of(known)).compose(plan, fixed)
    assert (again.rounds, again.judgement.over_limit) == (2, False)


class TakenBefore:
    """Earlier tracks of somebody else, one of which is this melody."""

    def __init__(self, melody: Melody) -> None:
        self.melody = melody

    def longest_shared(self, melody: Melody) -> EarlierRun | None:
        same = [a.pitch - b.pitch for a, b in zip(melody.notes, self.melody.notes, strict=False)]
        return EarlierRun(len(same), 1) if len(set(same)) == 1 else None

    def longest_own(self, melody: Melody) -> EarlierRun | None:
        return None


def test_what_somebody_else_was_given_before_is_composed_again(composer):
    request = Request.of("happy", 0.8, 15, 4)
    given = composed_anew(composer, request).melody
    again = composed_anew(composer, request, earlier=TakenBefore(given))
    assert len(given.notes) > 16
    assert again.melody.notes != given.notes
    assert not again.judgement.over_limit


def test_more_candidates_come_nearer_to_what_is_asked(composer):
    def mean_distance(candidates: int) -> float:
        requests = [Request.of("sad", 0.8, 15, seed, candidates=candidates) for seed in range(6)]
        return sum(composed_anew(composer, request).judgement.distance for request in requests) / len(requests)

    assert mean_distance(16) < mean_distance(1)


def test_guidance_drives_a_melody_farther_to_what_is_asked(composer):
    plan, fixed = plan_anew(Request.of("hopeful", 0.0, 15, 3, attributes={"density": 0.95}))

    def density(guidance: float) -> float:
        how = Sampling(count=16, seed=1, guidance=guidance)
        drawn = sample(composer.checkpoint.network, composer.index, plan, fixed, how, lambda _: None)
        return sum(len(candidate.melody.notes) for candidate in drawn) / len(drawn)

    assert density(1.5) > density(0.0)


def test_a_pick_up_sounds_where_the_plan_has_it(melodies):
    assert {bool(plan.pick_up) for plan, _ in melodies} == {True, False}
    for plan, composed in melodies:
        assert composed.melody.notes[0].onset == plan.silent_steps


def test_bars_take_up_the_bars_that_the_form_names(melodies):
    kept = [
        likeness(bars[number], bars[echo.model])
        for plan, composed in melodies
        for bars in [composed.melody.bar_contents()]
        for number, echo in enumerate(plan.form[:-1])
        if echo.likeness is Likeness.SAME
    ]
    assert len(kept) > 10
    assert sum(found is Likeness.SAME for found in kept) > 0.6 * len(kept)


def test_fixed_events_stand_in_every_candidate(composer):
    plan, fixed = plan_anew(Request.of("happy", 0.8, 15, 6, metre="4/4"))
    events = fixed.events.copy()
    events[32:48] = melody_to_events(tune([60, 64, 67, 72], [4, 4, 4, 4]))
    events[48] = BEGINS
    how = Sampling(count=4, seed=1, guidance=0.5)
    for candidate in sample(
        composer.checkpoint.network, composer.index, plan, Fixed(events, NO_MODEL), how, lambda _: None
    ):
        assert melody_to_events(candidate.melody)[32:48].tolist() == events[32:48].tolist()
        assert any(note.onset == 48 for note in candidate.melody.notes)


def test_an_end_off_the_tonic_is_led_home_and_one_on_it_is_kept():
    melody = tune([60, 64, 67, 64, 62], [4, 4, 4, 4, 16])
    astray = closed(melody, all_free(melody))
    assert astray.notes[-1].pitch == 60
    at_home = tune([60, 64, 67, 64, 60], [4, 4, 4, 4, 12])
    assert closed(at_home, all_free(at_home)).notes == (*at_home.notes[:-1], Note(16, 16, 60))


def test_a_melody_that_falls_silent_early_gets_a_last_note():
    silent = Melody((Note(0, 4, 64), Note(4, 4, 67)), METRES["4/4"], 0, Mode.MAJOR, 64)
    assert closed(silent, all_free(silent)).notes[-1] == Note(48, 16, 72)


@pytest.mark.parametrize(("pitch", "tonic", "home"), [(62, 0, 60), (70, 0, 72), (66, 0, 60), (61, 2, 62)])
def test_the_nearest_tonic_is_near(pitch, tonic, home):
    assert nearest_tonic(pitch, tonic) == home


def test_a_last_bar_that_is_kept_is_left_as_it_is():
    melody = tune([60, 64, 67, 64, 62], [4, 4, 4, 4, 16])
    kept = Fixed(melody_to_events(melody), NO_MODEL)
    assert closed(melody, kept) == melody


def test_a_stuck_a_scattered_and_a_copied_melody_rank_below_a_sound_one(composer):
    plan = make_plan(Request.of("hopeful", 0.2, 20, 1, metre="4/4"))
    sound, stuck, scattered = (
        closed(melody, all_free(melody))
        for melody in (wandering_tune(3), tune([60] * 32, [4] * 32), tune([48, 83] * 16, [4] * 32))
    )

    def rank(melody: Melody, index: RunIndex = composer.index) -> tuple[bool, bool, float]:
        return judge(Candidate(melody, 0.0), plan, composer.checkpoint.scale, Originality(index)).rank

    assert rank(sound) < rank(stuck)
    assert rank(sound) < rank(scattered)
    assert rank(scattered) < rank(sound, index_of(sound))


def test_a_kept_bar_that_follows_well_ranks_above_one_that_does_not(composer):
    plan, melody = make_plan(Request.of("hopeful", 0.2, 20, 1, metre="4/4")), wandering_tune(3)
    well, badly = (
        judge(Candidate(melody, join), plan, composer.checkpoint.scale, Originality(composer.index))
        for join in (-0.5, -2.0)
    )
    assert well.rank < badly.rank
