"""The two jobs, with the real composer and the real synthesizer."""

import io
import json
import re
import subprocess
import uuid
import wave

import mido
import pytest
from django.urls import reverse

from emotionmusic.library.models import MelodyRun, Track
from emotionmusic.studio import services, unfinished_files
from emotionmusic.studio.jobs import compose, render, reporting
from emotionmusic.studio.jobs.compose import compose_generation
from emotionmusic.studio.jobs.render import render_generation
from emotionmusic.studio.models import Generation, State
from tests.studio.conftest import queued

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def run(generation: Generation) -> Generation:
    compose_generation(str(generation.id))
    render_generation(str(generation.id))
    generation.refresh_from_db()
    return generation


@pytest.fixture
def composed(generation) -> Generation:
    """A generation that waits for its rendering."""
    waiting = generation()
    compose_generation(str(waiting.id))
    waiting.refresh_from_db()
    assert waiting.state == State.RENDERING
    return waiting


def test_a_wish_becomes_a_track_with_all_its_files(generation, owner, unfinished, kept_folders):
    done = run(generation(seconds=10.0))
    track = Track.objects.get()
    assert (done.state, done.percent, done.track, done.lease, done.midi) == (State.DONE, 100, track, None, None)
    assert (track.owner, track.mood, track.intensity, track.seed) == (owner, "sad", 0.8, 7)
    assert track.title.startswith("Sad in ")
    with wave.open(str(track.wav)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        assert any(sound.readframes(sound.getnframes())), "not only silence"
    assert seconds == pytest.approx(10.0, abs=0.1)
    assert track.seconds == pytest.approx(seconds, abs=0.001)
    probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(track.mp3)]
    assert float(subprocess.run(probe, capture_output=True, check=True, text=True).stdout) == pytest.approx(
        10, abs=0.1
    )
    notes = [
        message for message in mido.MidiFile(file=io.BytesIO(track.midi.read_bytes())) if message.type == "note_on"
    ]
    assert len(notes) > 4
    facts = json.loads((track.folder / "track.json").read_text())
    assert facts == track.facts
    assert facts["seconds_asked"] == 10.0
    assert len(track.peaks) > 20
    assert all(0 <= peak <= 1 for peak in track.peaks)
    assert unfinished() == []
    assert kept_folders() == [str(track.id)]


SECTIONS = [
    {"start": 0.0, "end": 10.0, "mood": "peaceful", "intensity": 0.6},
    {"start": 10.0, "end": 20.5, "mood": "tense", "intensity": 0.9},
]


def test_sections_are_composed_one_after_the_other_and_kept_with_another_one_like_it(generation, client_of, owner):
    done = run(generation(seconds=20.5, mood="tense", sections=SECTIONS, shape={"hits": [15.0]}))
    assert (done.state, done.reason) == (State.DONE, "")
    told = [{name: section[name] for name in SECTIONS[0]} for section in done.track.facts["sections"]]
    assert told == SECTIONS
    page = client_of(owner).get(reverse("library:track", args=[done.track_id])).content.decode()
    assert re.findall(r"0:\d\d – 0:\d\d</span> (\w+)", page) == ["Peaceful", "Tense"]
    client_of(owner).post(reverse("studio:another", args=[done.track_id]))
    again = run(Generation.objects.get(source=done.track))
    assert len(again.track.facts["sections"]) == 2
    assert again.track.melody != done.track.melody


def test_the_files_say_what_they_are_and_under_which_licence(generation, settings):
    settings.SITE_ADDRESS = "https://music.example.com"
    run(generation())
    track = Track.objects.get()
    for path in (track.mp3, track.wav):
        probe = ["ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "json", str(path)]
        told = json.loads(subprocess.run(probe, capture_output=True, check=True, text=True).stdout)["format"]["tags"]
        assert told["title"] == track.title
        assert told["copyright"] == "https://music.example.com/licence/"
        assert "AI-generated music" in told["comment"]
        assert str(track.id) in told["comment"]


def test_the_melody_is_kept_in_the_row_and_the_rendering_queued(composed):
    assert bytes(composed.midi)[:4] == b"MThd"
    assert (composed.lease, composed.percent) == (None, reporting.COMPOSED_PERCENT)
    assert queued("render") == [composed.job_id]


def test_the_same_wish_with_the_same_seed_is_the_same_music(generation):
    first, second = (generation() for _ in range(2))
    for wish in (first, second):
        compose_generation(str(wish.id))
        wish.refresh_from_db()
    assert bytes(first.midi) == bytes(second.midi)


def test_the_facts_say_how_original_the_melody_is(composed):
    told = composed.facts["originality"]
    assert 2 <= told["longest_run"]["notes"] <= composed.facts["notes"]
    assert told["longest_run"]["shared_with"]["title"]
    assert told["people"]["low"] <= told["people"]["mean"] <= told["people"]["high"]
    assert (told["earlier_track"], told["own_earlier_track"]) == (None, None)


def test_a_melody_is_remembered_once_it_is_composed_and_found_by_the_next(composed, generation):
    runs = composed.facts["notes"] - 8
    assert list(MelodyRun.objects.values_list("place", flat=True)) == list(range(runs))
    again = generation()
    compose_generation(str(again.id))
    again.refresh_from_db()
    told = again.facts["originality"]
    assert told["own_earlier_track"] == {"notes": composed.facts["notes"], "at_bar": 1}
    assert told["earlier_track"] is None


def test_a_job_run_twice_does_its_work_once(generation, kept_folders):
    done = run(generation())
    finished_at = done.finished_at
    run(done)
    assert done.finished_at == finished_at
    assert Track.objects.count() == len(kept_folders()) == 1


def test_a_job_that_comes_too_early_or_too_late_does_nothing(generation):
    waiting = generation()
    render_generation(str(waiting.id))
    for state in (State.DONE, State.FAILED, State.CANCELLED):
        run(generation(state))
    assert not Track.objects.exists()
    waiting.refresh_from_db()
    assert waiting.state == State.QUEUED


@pytest.mark.parametrize("job", [compose_generation, render_generation])
def test_a_job_whose_row_is_gone_ends_quietly(db, job):
    job(str(uuid.uuid4()))


def test_a_composer_that_breaks_is_told_plainly(generation, settings, tmp_path):
    settings.CHECKPOINT = tmp_path / "missing.safetensors"
    broken = generation()
    compose_generation(str(broken.id))
    broken.refresh_from_db()
    assert (broken.state, broken.reason, broken.lease) == (State.FAILED, compose.REASON, None)
    assert queued("render") == []


def test_without_a_soundfont_the_failure_is_told_plainly(composed, settings, tmp_path, unfinished, kept_folders):
    settings.SOUNDFONT = tmp_path / "missing.sf2"
    render_generation(str(composed.id))
    composed.refresh_from_db()
    assert (composed.state, composed.reason, composed.midi) == (State.FAILED, render.REASON, None)
    assert unfinished() == kept_folders() == []
    assert not Track.objects.exists()


def test_a_rendering_that_breaks_half_way_leaves_no_half_written_file(
    composed, monkeypatch, tmp_path, unfinished, kept_folders
):
    # The WAV is written by then; ffmpeg is not found.
    monkeypatch.setenv("PATH", str(tmp_path))
    render_generation(str(composed.id))
    composed.refresh_from_db()
    assert (composed.state, composed.reason) == (State.FAILED, render.REASON)
    assert unfinished() == kept_folders() == []
    assert not Track.objects.exists()


@pytest.fixture
def stopped_in_the_middle(monkeypatch):
    """The third sign of life of a worker comes after `what` has happened to its generation."""

    def arrange(what) -> list[int]:
        monkeypatch.setattr(reporting, "REPORT_EVERY", 0.0)
        report, percents = services.report, []

        def spoken(*, generation, lease, percent):
            percents.append(percent)
            if len(percents) == 3:
                what(generation)
            return report(generation=generation, lease=lease, percent=percent)

        monkeypatch.setattr(services, "report", spoken)
        return percents

    return arrange


@pytest.mark.parametrize("step", [State.COMPOSING, State.RENDERING])
def test_a_cancelled_worker_stops_at_its_next_sign_of_life(
    request, generation, stopped_in_the_middle, step, unfinished, kept_folders
):
    work = generation() if step == State.COMPOSING else request.getfixturevalue("composed")
    percents = stopped_in_the_middle(lambda row: services.cancel(generation=row))
    (compose_generation if step == State.COMPOSING else render_generation)(str(work.id))
    assert len(percents) == 3
    assert percents == sorted(percents)
    work.refresh_from_db()
    assert (work.state, work.reason) == (State.CANCELLED, "")
    assert not Track.objects.exists()
    assert unfinished() == kept_folders() == []


def test_a_worker_that_was_given_up_leaves_the_work_to_the_other(
    composed, stopped_in_the_middle, unfinished, kept_folders
):
    def give_up(row) -> None:
        Generation.objects.filter(id=row.id).update(lease=None, attempt=1)

    stopped_in_the_middle(give_up)
    render_generation(str(composed.id))
    composed.refresh_from_db()
    assert (composed.state, composed.lease) == (State.RENDERING, None)
    assert unfinished() == kept_folders() == []
    render_generation(str(composed.id))
    composed.refresh_from_db()
    assert composed.state == State.DONE
    assert kept_folders() == [str(Track.objects.get().id)]


def test_a_generation_cancelled_at_the_very_end_leaves_no_track(composed, monkeypatch, unfinished, kept_folders):
    keep = unfinished_files.keep

    def keep_then_cancel(**where) -> None:
        keep(**where)
        services.cancel(generation=composed)

    monkeypatch.setattr(unfinished_files, "keep", keep_then_cancel)
    render_generation(str(composed.id))
    composed.refresh_from_db()
    assert composed.state == State.CANCELLED
    assert not Track.objects.exists()
    assert unfinished() == kept_folders() == []
