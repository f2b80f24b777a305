"""From one track to the next on the running site, as a creator does it."""

import re
from pathlib import Path

import pytest

from generator.curating.checking import check_midi_file
from generator.melody.melody import Melody
from tests.stack import wait_until
from tests.visitor import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def visitor(site):
    return Visitor(site).sign_up()


@pytest.fixture(scope="module")
def track(visitor):
    """The id of a track that the site has made."""
    return visitor.finished_track(seconds="16")


def made_from(visitor: Visitor, track: str, what: str, **fields: str) -> str:
    """Sends a form of the track's page and waits; the id of the new track."""
    answer = visitor.post(f"/studio/from/{track}/{what}/", **fields)
    assert answer.status == 302, answer.text
    generation = answer.headers["Location"].split("/")[2]
    wait_until(lambda: visitor.state(generation) == "done", otherwise=visitor.site.said)
    found = re.search(r'class="button" href="/library/([0-9a-f-]{36})/"', visitor.get(f"/studio/{generation}/").text)
    assert found
    return found[1]


def melody(visitor: Visitor, track: str, folder: Path) -> Melody:
    path = folder / f"{track}.mid"
    path.write_bytes(visitor.get(f"/library/{track}/download/midi/").body)
    return check_midi_file(path, "editing").melody


def test_the_second_bar_is_redone_and_every_other_note_stays(visitor, track, tmp_path):
    redone = made_from(visitor, track, "bars", first_bar="2", last_bar="2")
    before, after = melody(visitor, track, tmp_path), melody(visitor, redone, tmp_path)
    second = 1 + bool(before.notes[0].onset)
    differ = [
        number
        for number, pair in enumerate(zip(before.bar_contents(), after.bar_contents(), strict=True))
        if pair[0] != pair[1]
    ]
    assert set(differ) <= {second}
    assert f'made from <a href="/library/{track}/">' in visitor.get(f"/library/{redone}/").text


def test_the_same_but_happier_is_in_major_on_the_same_tonic(visitor, track, tmp_path):
    happier = made_from(visitor, track, "mood", mood="happy", intensity="0.7")
    before, after = melody(visitor, track, tmp_path), melody(visitor, happier, tmp_path)
    assert (after.tonic, after.metre, after.mode) == (before.tonic, before.metre, "major")
    assert visitor.get(f"/library/{track}/").status == 200


def test_another_like_it_has_other_notes(visitor, track, tmp_path):
    another = made_from(visitor, track, "another")
    before, after = melody(visitor, track, tmp_path), melody(visitor, another, tmp_path)
    assert (after.key_name, after.metre, after.bars) == (before.key_name, before.metre, before.bars)
    assert after.notes != before.notes


def test_arranged_anew_it_is_the_same_melody_and_longer_at_a_slower_tempo(visitor, track, tmp_path):
    tempo = float(re.search(r"(\d+) quarter notes a minute now", visitor.get(f"/library/{track}/").text)[1])
    slower = made_from(visitor, track, "arrangement", style="folk band", tempo=str(tempo * 0.8))
    before, after = melody(visitor, track, tmp_path), melody(visitor, slower, tmp_path)
    assert after == before
    page = visitor.get(f"/library/{slower}/").text
    assert "<dd>Folk band</dd>" in page
    assert float(re.search(r'<track-player class="player" seconds="([\d.]+)"', page)[1]) > 16 * 1.15


def test_a_stranger_makes_nothing_of_it(site, track):
    stranger = Visitor(site).sign_up()
    assert stranger.post(f"/studio/from/{track}/another/").status == 404
    assert stranger.post(f"/studio/from/{track}/bars/", first_bar="1", last_bar="1").status == 404
