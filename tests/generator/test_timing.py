"""When the steps of the grid sound."""

import pytest

from generator.timing import TempoMap, Timing

HITS = TempoMap(((6, 0.0), (16, 1.0), (40, 4.0)))


def test_an_even_tempo_lasts_as_long_as_its_quarters():
    even = TempoMap.even(90, first_step=4)
    assert [even.at(step) for step in (4, 8, 40)] == pytest.approx([0, 60 / 90, 9 * 60 / 90])
    assert even.tempo == pytest.approx(90)


def test_every_anchor_sounds_at_its_second_and_the_last_tempo_goes_on():
    assert [HITS.at(step) for step in (6, 16, 40, 48)] == pytest.approx([0, 1, 4, 5])
    assert [step for step, _ in HITS.tempi] == [6, 16]
    assert [tempo for _, tempo in HITS.tempi] == pytest.approx([150, 120])
    assert HITS.tempo == pytest.approx(120)


@pytest.mark.parametrize("swing", [0.0, 0.25, 0.6, 1.0])
@pytest.mark.parametrize("beat", [4, 6])
def test_what_sounds_at_a_second_is_written_at_the_step_that_sounds_then(swing, beat):
    timing = Timing(HITS, swing, beat)
    for step in (6, 7, 9.5, 14, 15, 17, 18, 30, 39, 47):
        assert timing.step_at(timing.at(step)) == pytest.approx(step)


def test_swung_eighths_come_at_two_thirds_of_the_beat_and_beats_stay():
    swung = Timing(TempoMap.even(150), swing=1.0)
    assert [swung.at(step) for step in (0, 4, 8)] == pytest.approx([0, 0.4, 0.8])
    assert swung.at(2) == pytest.approx(0.8 / 3)
    assert all(swung.at(step + 1) > swung.at(step) for step in range(16))
    assert Timing(TempoMap.even(150), swing=1.0, steps_per_beat=6).at(2) == pytest.approx(0.2)


@pytest.mark.parametrize("anchors", [((0, 0.0),), ((0, 0.0), (4, 0.0)), ((4, 0.0), (4, 1.0)), ((0, 1.0), (4, 0.5))])
def test_a_tempo_without_an_order_is_refused(anchors):
    with pytest.raises(ValueError, match="two or more, in order"):
        TempoMap(anchors)
