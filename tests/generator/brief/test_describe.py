"""A description, subtitles or a video are understood: which mood when, and why."""

import csv
import io
import json
import subprocess
import sys
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from generator.brief.describing import describe, feel
from generator.brief.reading import read_file, read_words
from generator.brief.refusal import BriefRefused, Refusal
from generator.brief.video import VideoReading, read_video
from generator.compose import compose_track
from generator.composing.composer import load_composer
from generator.mood import MOODS, mood_named
from generator.rendering.reading import score_of
from generator.request import Request
from generator.suite import Section, compose_suite
from tests.generator.brief.files import video as made_video

DESCRIPTIONS = Path(__file__).parent / "descriptions"
LANGUAGES = ("en", "ko", "zh")
THREE_ACTS = (
    "We buried my grandfather today. Everyone wept at his grave in the rain.",
    "At night something scratches behind the locked door. A shadow creeps through the dark cellar.",
    "Sunshine at last. The children dance and laugh at the birthday party. Balloons are everywhere.",
)


def described(language: str) -> list[dict[str, str]]:
    with (DESCRIPTIONS / f"{language}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def quadrant(mood: str) -> tuple[bool, bool]:
    return MOODS[mood].valence > 0, MOODS[mood].arousal > 0


def subtitles(acts=THREE_ACTS, each: int = 20) -> str:
    cues = io.StringIO()
    number = 0
    for act, text in enumerate(acts):
        for line, sentence in enumerate(text.split(". ")):
            start = act * each + line * 8
            number += 1
            cues.write(f"{number}\n00:00:{start:02},000 --> 00:00:{start + 6:02},500\n{sentence}\n\n")
    return cues.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_are_put_into_the_right_quadrant_and_mostly_under_a_right_mood(language):
    rows = described(language)
    assert len(rows) >= 40
    moods = [feeling.mood for feeling in feel([row["text"] for row in rows], language)]
    right = [row["moods"].split(",") for row in rows]
    quadrants = sum(quadrant(mood) in map(quadrant, ok) for mood, ok in zip(moods, right, strict=True))
    assert quadrants / len(rows) >= 0.85
    assert sum(mood in ok for mood, ok in zip(moods, right, strict=True)) / len(rows) >= 0.6


def test_the_same_description_has_the_same_quadrant_in_the_three_languages():
    found = {
        language: {
            row["id"]: quadrant(feeling.mood)
            for row, feeling in zip(
                described(language), feel([row["text"] for row in described(language)], language), strict=True
            )
        }
        for language in LANGUAGES
    }
    same = [len({found[language][number] for language in LANGUAGES}) == 1 for number in found["en"]]
    assert sum(same) / len(same) >= 0.85


def test_two_sentences_of_two_moods_are_two_segments_and_the_ending_weighs_more():
    timeline = describe(read_words(" ".join(THREE_ACTS[::2])), 40)
    assert [quadrant(segment.feeling.mood) for segment in timeline.segments] == [(False, False), (True, True)]
    assert (timeline.segments[0].start, timeline.segments[-1].end) == (0, 40)
    assert quadrant(timeline.overall.mood) == (True, True)
    assert timeline.segments[0].feeling.why


def test_subtitles_of_three_acts_give_three_moods_and_the_track_follows_them(tmp_path):
    path = tmp_path / "story.srt"
    path.write_text(subtitles(), encoding="utf-8")
    timeline = describe(read_file(path, path.name))
    assert [quadrant(segment.feeling.mood) for segment in timeline.segments] == [
        (False, False), (False, True), (True, True),
    ]  # fmt: skip
    assert [segment.start for segment in timeline.segments] == pytest.approx([0, 20, 40], abs=8.5)
    sections = [
        Section(mood_named(segment.feeling.mood), 0.8, segment.end - segment.start) for segment in timeline.segments
    ]
    request = Request.of(timeline.overall.mood, 0.8, timeline.seconds, 3, candidates=1)
    track = compose_suite(request, sections, load_composer())
    assert [section["mood"] for section in track.facts["sections"]] == [
        segment.feeling.mood for segment in timeline.segments
    ]
    score = score_of(track.midi)
    for segment in timeline.segments:
        assert any(abs(note.start - segment.start) < 0.05 for note in score.parts[0].notes)


def video(halves: tuple[tuple[float, float, float], ...], **more) -> VideoReading:
    """A video of halves of 20 s, each of a brightness, a saturation and a motion."""
    spread = [[value for (*half,) in halves for value in [half[place]] * 80] for place in range(3)]
    return VideoReading(
        seconds=20.0 * len(halves), frame_rate=25, samples_a_second=4, brightness=tuple(spread[0]),
        saturation=tuple(spread[1]), warmth=(0.0,) * 80 * len(halves), motion=tuple(spread[2]), **more,
    )  # fmt: skip


def test_a_dark_slow_and_then_bright_fast_video_without_words_is_felt_so_and_keeps_its_cuts():
    cuts = tuple(20.0 + number for number in range(20))
    timeline = describe(None, video=video(((0.05, 0.05, 0.01), (0.75, 0.6, 0.8)), cuts=cuts))
    first, last = timeline.segments[0].feeling, timeline.segments[-1].feeling
    assert first.point.arousal < last.point.arousal
    assert first.point.valence < last.point.valence
    assert timeline.cuts == cuts
    assert timeline.language == ""


def test_a_video_s_cuts_are_found_to_the_frame_and_the_music_hits_them(tmp_path):
    scenes = (("color=c=0x080808", 11), ("testsrc2", 5), ("mandelbrot", 4), ("color=c=yellow", 4), ("testsrc2", 6))
    path = made_video(tmp_path / "dark-then-bright.mp4", *scenes)
    timeline = describe(None, video=read_video(path, path.name))
    wanted = list(accumulate(seconds for _, seconds in scenes))[:-1]
    assert timeline.seconds == pytest.approx(30, abs=0.05)
    assert all(min(abs(cut - second) for cut in timeline.cuts) <= 1 / 25 for second in wanted)
    assert timeline.segments[0].feeling.point.arousal < timeline.segments[-1].feeling.point.arousal
    request = Request.of(timeline.overall.mood, 0.8, 30, 3, candidates=1, hits=tuple(map(float, wanted)))
    score = score_of(compose_track(request, load_composer()).midi)
    for second in wanted:
        assert min(abs(note.start - second) for part in score.parts for note in part.notes) <= 0.05


def test_words_overrule_the_pictures():
    bright = video(((0.75, 0.6, 0.8),), cuts=())
    timeline = describe(read_words(THREE_ACTS[0]), video=bright)
    assert quadrant(timeline.overall.mood) == (False, False)
    assert timeline.seconds == 20


@pytest.mark.parametrize("text", ["Ceci est une histoire triste et belle.", "これはとても悲しい物語です。"])
def test_other_languages_are_not_guessed(text):
    with pytest.raises(BriefRefused, match="We read English, Korean and Chinese") as refused:
        describe(read_words(text))
    assert refused.value.reason is Refusal.OTHER_LANGUAGE


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "describe", *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_at_a_terminal_a_line_in_is_a_line_out_and_what_cannot_be_read_says_why():
    done = run(
        "--batch", stdin="A puppy chases bubbles in the garden.\nhttps://example.com/x\n그녀는 혼자 울고 있다.\n"
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line.get("language") for line in lines] == ["en", None, "ko"]
    assert quadrant(lines[0]["overall"]["mood"]) == (True, True)
    assert "only a link" in lines[1]["error"]
    assert lines[2]["overall"]["moods"][0][0] == lines[2]["overall"]["mood"]


def test_at_a_terminal_a_file_s_segments_are_end_to_end(tmp_path):
    path = tmp_path / "story.srt"
    path.write_text(subtitles(), encoding="utf-8")
    done = run(str(path))
    (line,) = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.returncode, line["file"]) == (0, "story.srt")
    borders = [(segment["start"], segment["end"]) for segment in line["segments"]]
    assert borders[0][0] == 0
    assert all(before[1] == after[0] for before, after in pairwise(borders))
    assert borders[-1][1] == line["seconds"]


def test_at_a_terminal_nothing_to_describe_is_said_in_one_line():
    done = run()
    assert done.returncode == 2
    assert "name files, or --text, or --batch" in done.stderr
