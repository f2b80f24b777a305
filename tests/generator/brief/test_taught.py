"""What descriptions taught: scenes that name no feeling, plain ones, and reasons where the lexicon has none."""

import csv
from functools import cache
from pathlib import Path

import pytest
import torch

from generator.brief.checkpoint_files import ReaderRefused
from generator.brief.describing import feel
from generator.brief.lexicon import LANGUAGES
from generator.brief.scenes import read_scene
from generator.brief.taught import SERVED_SCENES, load_taught
from generator.cli.main import main
from generator.mood import MOODS
from generator.training.descriptions import FOLDER, load_descriptions

DESCRIPTIONS = Path(__file__).parent / "descriptions"
PLAIN = [
    ("happy", "Birthday party with balloons and cake", "풍선과 케이크가 있는 생일 파티", "有气球和蛋糕的生日派对"),
    ("happy", "Children at the playground", "놀이터의 아이들", "游乐场里的孩子们"),
    ("playful", "A puppy plays with a ball", "강아지가 공을 가지고 논다", "小狗在玩球"),
    ("romantic", "A candlelight dinner for two", "둘만의 촛불 저녁 식사", "两个人的烛光晚餐"),
    ("peaceful", "A quiet lake in the morning", "아침의 고요한 호수", "清晨安静的湖"),
    ("energetic", "Gym workout", "헬스장 운동", "健身训练"),
    ("triumphant", "We win the championship", "우승했다", "我们夺冠了"),
    ("nostalgic", "Old photographs of my grandmother", "할머니의 옛날 사진들", "奶奶的老照片"),
    ("sad", "My dog died", "우리 강아지가 죽었다", "我的狗死了"),
    ("sad", "A funeral in the rain", "비 내리는 장례식", "雨中的葬礼"),
    ("scary", "A haunted house at night", "밤의 귀신 들린 집", "深夜的鬼屋"),
    ("tense", "A bomb with a ticking clock", "똑딱거리는 시한폭탄", "滴答作响的定时炸弹"),
    ("angry", "Protesters shout at the police", "시위대가 경찰에게 소리친다", "抗议者对警察怒吼"),
    ("mysterious", "Strange lights over the forest", "숲 위의 이상한 불빛", "森林上空的奇怪光芒"),
]


def quadrant(mood: str) -> tuple[bool, bool]:
    return MOODS[mood].valence > 0, MOODS[mood].arousal > 0


@cache
def unseen(language: str) -> tuple[list[str], list[list[str]]]:
    """Moods read from the descriptions that nobody looked at, and the right ones."""
    with (DESCRIPTIONS / f"{language}-fresh.tsv").open(encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if int(row["id"][1:]) % 2 == 0
        ]
    read = feel([row["text"] for row in rows], language)
    return [feeling.mood for feeling in read], [row["moods"].split(",") for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_that_nobody_looked_at_fall_into_the_right_quadrant_with_a_right_mood_first(language):
    read, right = unseen(language)
    assert len(read) == 80
    assert sum(quadrant(mood) == quadrant(moods[0]) for mood, moods in zip(read, right, strict=True)) >= 0.85 * 80
    assert sum(mood in moods for mood, moods in zip(read, right, strict=True)) >= 0.6 * 80


def test_what_nobody_looked_at_has_one_quadrant_in_all_three_languages():
    read = [[quadrant(mood) for mood in unseen(language)[0]] for language in LANGUAGES]
    assert sum(len(set(of_languages)) == 1 for of_languages in zip(*read, strict=True)) >= 0.85 * 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_things_keep_the_feeling_that_they_usually_have(language):
    texts = [texts[LANGUAGES.index(language)] for _, *texts in PLAIN]
    for (mood, *_), text, feeling in zip(PLAIN, texts, feel(texts, language), strict=True):
        assert quadrant(feeling.mood) == quadrant(mood), (text, feeling.mood)


def test_a_reason_is_named_where_the_lexicon_knows_no_word():
    text = "Nobody answers the intercom"
    (feeling,) = feel([text], "en")
    assert feeling.why
    assert all(word in text for word in feeling.why)


def test_traditional_and_simplified_characters_teach_the_same():
    simplified, traditional = load_taught().read(["我们的婚礼", "我們的婚禮"], "zh")
    assert simplified == traditional


def test_reasons_speak_for_the_mood_that_was_read():
    reading = read_scene("A funeral, then laughter and a party", "en")
    assert "funeral" in reading.words_for("sad")
    assert "funeral" not in reading.words_for("happy")
    assert "laughter" in reading.words_for("happy")


def test_the_command_learns_from_a_folder_and_writes_what_reads(tmp_path, capsys):
    folder, out = tmp_path / "described", tmp_path / "lines.safetensors"
    folder.mkdir()
    for number, file in enumerate(sorted(FOLDER.glob("*.tsv"))[:4]):
        (folder / f"{number}.tsv").write_text(
            "\n".join(file.read_text(encoding="utf-8").splitlines()[:20]), encoding="utf-8"
        )
    assert main(["train-scenes", "--descriptions", str(folder), "--out", str(out)]) == 0
    reader = load_taught(out)
    assert reader.training["descriptions"] == 80
    first = load_descriptions(folder)[0]
    (taught,) = reader.read([first.texts["en"]], "en")
    assert max(taught.odds, key=lambda name: taught.odds[name]) in first.moods
    assert main(["train-scenes", "--descriptions", str(folder), "--left-out"]) == 0
    assert "the lexicon alone" in capsys.readouterr().out


def test_the_same_descriptions_teach_the_same(tmp_path):
    folder = tmp_path / "described"
    folder.mkdir()
    lines = sorted(FOLDER.glob("*.tsv"))[0].read_text(encoding="utf-8").splitlines()[:20]
    (folder / "a.tsv").write_text("\n".join(lines), encoding="utf-8")
    for name in ("one", "two"):
        assert main(["train-scenes", "--descriptions", str(folder), "--out", str(tmp_path / name)]) == 0
    one, two = (load_taught(tmp_path / name) for name in ("one", "two"))
    for language in LANGUAGES:
        assert torch.equal(one.lines[language].weights, two.lines[language].weights)
        assert one.trust == two.trust


def test_a_line_that_is_no_description_is_named(tmp_path, capsys):
    (tmp_path / "a.tsv").write_text("happy\tA party\t파티\t派对\nblue\tA lake\t호수\t湖\n", encoding="utf-8")
    assert main(["train-scenes", "--descriptions", str(tmp_path)]) == 2
    assert "a.tsv, line 2" in capsys.readouterr().err


def test_an_empty_folder_teaches_nothing_and_says_so(tmp_path, capsys):
    assert main(["train-scenes", "--descriptions", str(tmp_path)]) == 2
    assert "there are no descriptions" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"nonsense"])
def test_a_missing_or_broken_file_says_what_to_do(tmp_path, content):
    path = tmp_path / "lines.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReaderRefused, match="train-scenes"):
        load_taught(path)


def test_what_reads_texts_stays_under_twenty_megabytes():
    assert (
        sum(path.stat().st_size for path in (SERVED_SCENES, SERVED_SCENES.with_name("text_reader.safetensors"))) < 20e6
    )
