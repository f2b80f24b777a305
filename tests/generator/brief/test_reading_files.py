"""Good files with words, and what is read from them."""

import json
from pathlib import Path

import pytest

from generator.brief.material import Material, Passage
from generator.brief.reading import read_file, read_words
from generator.brief.reading.times import frame_rate_of, seconds_of
from tests.generator.brief.files import body, cue, docx, run, srt


def read(folder: Path, name: str, content: str | bytes) -> Material:
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path, name)


def texts(material: Material) -> list[str]:
    return [passage.text for passage in material.passages]


def test_typed_words_become_a_passage_a_paragraph() -> None:
    material = read_words("Sunset at the\nbeach.\r\n\r\nThen rain.")
    assert material == Material((Passage("Sunset at the beach."), Passage("Then rain.")), None, "text")


def test_a_single_word_is_enough() -> None:
    assert texts(read_words("love")) == ["love"]


def test_typed_lines_with_times_become_shots_that_last_until_the_next() -> None:
    material = read_words("0:00 Intro\n0:45 - The storm\n1:30 Calm after")
    assert material.kind == "shots"
    assert material.passages == (Passage("Intro", 0, 45), Passage("The storm", 45, 90), Passage("Calm after", 90))
    assert material.seconds is None


def test_a_sentence_that_begins_with_a_time_stays_a_sentence() -> None:
    assert read_words("10:30 is when the train leaves, and she is not there.").kind == "text"


def test_typed_words_lose_what_cannot_be_shown() -> None:
    assert texts(read_words("a\u202eb\x00c\x1b")) == ["abc"]


def test_subtitles_lose_markup_speakers_and_dashes_and_keep_their_times(tmp_path: Path) -> None:
    material = read(
        tmp_path,
        "film.srt",
        srt(cue(1, "<i>Hello</i> {\\an8}there"), cue(3, "JOHN: Run!\n- MARY: No."), cue(5, "[rain falls]")),
    )
    assert texts(material) == ["Hello there", "Run! No.", "[rain falls]"]
    assert [(p.start, p.end) for p in material.passages] == [(1, 1.9), (3, 3.9), (5, 5.9)]
    assert (material.kind, material.seconds) == ("subtitles", 5.9)


def test_a_name_in_small_letters_is_a_speakers_where_it_comes_back(tmp_path: Path) -> None:
    material = read(tmp_path, "a.srt", srt(cue(1, "철수: 안녕"), cue(2, "철수: 잘 가"), cue(3, "Remember: be kind")))
    assert texts(material) == ["안녕", "잘 가", "Remember: be kind"]


def test_cues_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.srt", srt(cue(9, "last"), cue(1, "first"), cue(5, "middle")))) == [
        "first", "middle", "last",
    ]  # fmt: skip


def test_webvtt_is_read_without_notes_styles_cue_names_and_inner_times(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\nNOTE not to be read\n\nSTYLE\n::cue {color: red}\n\nintro\n00:01.000 --> 00:02.500 align:start\n"
        "<v Roger>Hi &amp; bye</v>\n\n00:03.000 --> 00:04.000\nold <00:00:03.200><c>friends</c><00:00:03.500>\n"
    )
    material = read(tmp_path, "a.vtt", text)
    assert material.passages == (Passage("Hi & bye", 1, 2.5), Passage("old friends", 3, 4))


def test_rolling_captions_say_each_line_once(tmp_path: Path) -> None:
    text = (
        "WEBVTT\nKind: captions\n\n00:00:00.000 --> 00:00:02.000\n \nwe<00:00:00.400><c> sail</c>\n\n"
        "00:00:02.000 --> 00:00:04.000\nwe sail\nfar<00:00:02.400><c> away</c>\n"
    )
    assert texts(read(tmp_path, "a.vtt", text)) == ["we sail", "far away"]


SHOT_LISTS = {
    "headings in English": "Shot,Start,End,Description\n1,00:00:00.000,00:00:02.500,Beach\n2,0:02.5,0:06,Rain\n",
    "headings in Chinese, another order, semicolons": "画面;时长;开始\nBeach;2.5;0\nRain;3.5;2.5\n",
    "headings in Korean, tabs": "내용\t시작\t끝\nBeach\t0\t2.5\nRain\t2.5\t6\n",
    "no headings, numbered": "1,0,2.5,Beach\n2,2.5,6,Rain\n",
    "no headings, text first": "Beach,0:00,0:02.5\nRain,0:02.5,0:06\n",
    "timecode at 24": "in,out,action\n00:00:00:00,00:00:02:12,Beach\n00:00:02:12,00:00:05:24,Rain\n".replace(
        ":24", ":23"
    ),
    "timecode at 25 by its heading": (
        "Start (25 fps),End,Text\n00:00:00:00,00:00:02:12,Beach\n00:00:02:12,00:00:06:00,Rain\n"
    ),
    "timecode at 30": "in,out,action\n00:00:00:00,00:00:02:15,Beach\n00:00:02:15,00:00:05:29,Rain\n",
    "seconds with a unit": "start,duration,scene\n0s,2.5s,Beach\n2.5s,3.5s,Rain\n",
}


@pytest.mark.parametrize("text", SHOT_LISTS.values(), ids=SHOT_LISTS.keys())
def test_a_shot_list_is_read_in_any_sensible_form(tmp_path: Path, text: str) -> None:
    material = read(tmp_path, "shots.csv", text)
    assert texts(material) == ["Beach", "Rain"]
    (first, second) = material.passages
    assert (first.start, second.start) == (0, first.end)
    assert first.end == pytest.approx(2.5, abs=0.03)
    assert second.end == pytest.approx(6, abs=0.05)
    assert material.seconds == second.end


def test_lengths_in_place_of_ends_are_known_by_being_smaller_than_the_starts(tmp_path: Path) -> None:
    material = read(tmp_path, "a.csv", "0,4,Beach\n4,2,Rain\n6,3,Home\n")
    assert [(shot.start, shot.end) for shot in material.passages] == [(0, 4), (4, 6), (6, 9)]


def test_shots_without_ends_last_until_the_next(tmp_path: Path) -> None:
    material = read(tmp_path, "a.csv", "time,text\n0:00,calm\n0:30,storm\n")
    assert material.passages == (Passage("calm", 0, 30), Passage("storm", 30))
    assert material.seconds is None


def test_a_shots_texts_are_read_together(tmp_path: Path) -> None:
    material = read(tmp_path, "a.csv", 'start,Visual,VO,lens\n0,"Sea, wide.",We begin,35mm\n5,Face,Quiet,85mm\n')
    assert texts(material) == ["Sea, wide. We begin", "Face. Quiet"]


def test_a_formula_in_a_cell_is_only_text(tmp_path: Path) -> None:
    material = read(tmp_path, "a.csv", 'start,text\n0,"=HYPERLINK(""http://x"",""sea"")"\n5,+cmd|calc\n')
    assert texts(material) == ['=HYPERLINK("http://x","sea")', "+cmd|calc"]


def test_a_table_without_times_is_still_words(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.csv", "who,where\nAnna,harbour\n")) == ["who where", "Anna harbour"]


def test_info_json_gives_title_description_tags_and_chapters(tmp_path: Path) -> None:
    info = {
        "title": "A day\nat sea", "description": "We sail https://x.example out\n\nSubscribe", "tags": ["vlog", "sea"],
        "duration": 61.5, "formats": [{"url": "x"}],
        "chapters": [
            {"start_time": 30, "end_time": 61.5, "title": "Night"}, {"start_time": 0, "end_time": 30, "title": "Dawn"},
        ],
    }  # fmt: skip
    material = read(tmp_path, "a.info.json", json.dumps(info))
    assert (material.kind, material.title, material.seconds) == ("info", "A day at sea", 61.5)
    assert texts(material) == ["We sail out", "Subscribe", "vlog, sea", "Dawn", "Night"]
    assert material.passages[-1] == Passage("Night", 30, 61.5)


def test_info_json_with_values_of_other_kinds_is_read_as_far_as_it_makes_sense(tmp_path: Path) -> None:
    chapters = '"chapters": [1, {"title": "x", "start_time": -5}]'
    text = f'{{"title": 5, "duration": 1e999, "tags": [1], "description": null, {chapters}}}'
    assert read(tmp_path, "a.info.json", text) == Material((Passage("x"),), None, "info")


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    text = "---\ndraft: yes\n---\n# Title\n\nSome **bold** and [a link](http://x) in snake_case\n\n- one\n- *two*\n"
    assert texts(read(tmp_path, "a.md", text)) == ["Title", "Some bold and a link in snake_case", "one", "two"]


def test_a_word_document_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    part = body(
        run("Hello ") + run("world"),
        "",
        run("두 번째") + "<w:tab/>" + run("x"),
        "<w:del><w:delText>no</w:delText></w:del>",
    )
    assert texts(read(tmp_path, "a.docx", docx(part))) == ["Hello world", "두 번째 x"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("subtitles.txt", srt(cue(1, "Hello")), "subtitles"),
        ("story.srt", "Once there was a lighthouse.", "text"),
        ("story.docx", "Once there was a lighthouse.", "text"),
        ("story.txt", docx(body(run("Once there was a lighthouse."))), "text"),
        ("info.txt", '{"title": "The lighthouse"}', "info"),
        ("../../etc/passwd\0.md", "Once there was a lighthouse.", "text"),
        ("", "Once there was a lighthouse.", "text"),
    ],
)
def test_what_a_file_holds_counts_more_than_its_name(
    tmp_path: Path, name: str, content: str | bytes, kind: str
) -> None:
    assert read(tmp_path, name, content).kind == kind


def test_a_korean_file_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.srt", srt(cue(1, "바다 위로 해가 진다")).encode("cp949"))) == [
        "바다 위로 해가 진다"
    ]


def test_a_material_survives_json() -> None:
    material = Material((Passage("a", 1, 2.5), Passage("나")), 3.0, "shots", "T")
    assert Material.from_json(json.loads(json.dumps(material.to_json()))) == material


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("75", 75), ("75.5", 75.5), ("75,5", 75.5), ("1:15", 75), ("01:01:15.250", 3675.25), ("0:01:15,5", 75.5),
        ("00:01:15:12", 75.48), ("00:00:10;15", 10.5005), ("[1:15]", 75), ("1m15s", 75), ("1분 15초", 75), ("75s", 75),
        ("", None), ("soon", None), ("1:2:3:4:5", None), ("-5", None), ("1:75:99x", None), ("9" * 50, None),
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_usual_spelling(written: str, seconds: float | None) -> None:
    assert seconds_of(written) == (seconds if seconds is None else pytest.approx(seconds))


def test_the_frame_rate_is_the_least_that_holds_all_frames() -> None:
    assert [frame_rate_of([f"00:00:01:{last}"]) for last in (23, 24, 29)] == [24, 25, 30]
