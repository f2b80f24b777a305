"""Reading what texts feel like."""

from dataclasses import replace

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from generator.brief.checkpoint_files import ReaderRefused
from generator.brief.reader import SILENT, TextReader, load_reader
from generator.brief.subwords import SubWords
from generator.brief.text_checkpoint import (
    SERVED_TEXT,
    Names,
    TextCheckpoint,
    TextModel,
    load_text_checkpoint,
    save_text_checkpoint,
)
from generator.brief.text_networks import BagConfig, BiLSTMConfig

GOOD, BAD = "정말 최고의 영화 너무 감동적이고 행복했다", "최악의 쓰레기 영화 돈 아깝고 지루하다"
STRANGE = {
    "empty": "",
    "spaces": " \n\t ",
    "emoji": "😀🎉👨‍👩‍👧‍👦❤️",
    "control": "\x00\x07\x1b[31m\u202e\ufeff\u200b",
    "lone surrogate": "\ud83d happy 행복",
    "endless word": "a" * 5_000,
    "long": "슬픈 sad " * 1_200_000,
    "laughter": "ㅋ" * 3_000,
    "combining": "e" + "\u0301" * 3_000,
}


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return load_reader()


@pytest.fixture
def small() -> TextCheckpoint:
    torch.manual_seed(3)
    names = Names(("joy", "fear"), ("기쁨", "슬픔"))
    bag = BagConfig(64, 4, {"nsmc": 1, "goemotions": 2, "kote": 2, "glasgow": 2})
    subwords = SubWords(list("영화_"), [("_", "영"), ("_영", "화")])
    return TextCheckpoint("small", TextModel(BiLSTMConfig(len(subwords), 4, 3), bag, names).eval(), subwords, {}, {})


def test_korean_praise_is_positive_and_korean_blame_negative(reader):
    good, bad = reader.read([GOOD, BAD], "ko")
    assert good.polarity > 0.8
    assert bad.polarity < -0.8
    assert good.valence > bad.valence + 0.2


@pytest.mark.parametrize(
    ("text", "language", "emotion"),
    [
        ("Thank you so much, that was very kind of you", "en", "gratitude"),
        ("I am so sorry, I apologize", "en", "remorse"),
        ("lol that is hilarious", "en", "amusement"),
        ("정말 감사합니다 덕분에 살았어요", "ko", "고마움"),
        ("너무 무서워서 잠을 못 잤다 소름 끼친다", "ko", "공포/무서움"),
    ],
)
def test_a_plain_emotion_is_named(reader, text, language, emotion):
    (reading,) = reader.read([text], language)
    assert reading.emotions[emotion] >= reader.thresholds(language)[emotion]


def test_english_valence_and_arousal_follow_the_words(reader):
    joyful, grim = reader.read(["What a wonderful happy day, we won!", "He died alone in the cold prison."], "en")
    assert joyful.valence > 0 > grim.valence
    excited, calm = reader.read(["The explosion killed dozens, people screamed!", "A chair stands in the room."], "en")
    assert excited.arousal > calm.arousal
    assert joyful.polarity is None


def test_every_number_lies_in_its_range(reader):
    for language, names in (("en", 28), ("ko", 44)):
        for reading in reader.read([GOOD, BAD, "I love this!!!", *STRANGE.values()], language):
            assert -1 <= reading.valence <= 1
            assert -1 <= reading.arousal <= 1
            assert all(0 <= chance <= 1 for chance in reading.emotions.values())
            assert len(reading.emotions) in (0, names)
            assert reading.polarity is None or -1 <= reading.polarity <= 1


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_texts_are_read_without_a_fault_and_twice_alike(reader, text, language):
    assert reader.read([text], language) == reader.read([text], language)


def test_a_text_without_a_sign_is_silent(reader):
    assert reader.read(["", " \x00\n"], "ko") == [SILENT, SILENT]


def test_what_stands_behind_the_part_that_is_read_changes_nothing(reader):
    start = "a lovely day " * 200
    assert reader.read([start], "en") == reader.read([start + "hate hate hate" * 100], "en")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_text_is_read_alike_alone_and_among_others(reader, language):
    texts = [GOOD, "I hate waiting", BAD, "", "영화", "so happy for you", *(f"{GOOD} {n}" for n in range(300))]
    together = reader.read(texts, language)
    for text, there in list(zip(texts, together, strict=True))[:40]:
        (alone,) = reader.read([text], language)
        assert alone.valence == pytest.approx(there.valence, abs=1e-5)
        assert alone.arousal == pytest.approx(there.arousal, abs=1e-5)
        assert alone.polarity == pytest.approx(there.polarity, abs=1e-5)
        assert dict(alone.emotions) == pytest.approx(dict(there.emotions), abs=1e-5)


@pytest.mark.parametrize("language", ["zh", "", "xx", "EN"])
def test_a_language_that_was_not_learned_is_given_silent_readings(reader, language):
    assert reader.read(["开心的一天", "happy"], language) == [SILENT, SILENT]
    assert reader.thresholds(language) == {}


def test_no_texts_give_no_readings(reader):
    assert reader.read([], "en") == reader.read([], "ko") == []


def test_the_reader_is_loaded_once_and_ships_in_twenty_megabytes():
    assert load_reader() is load_reader()
    shipped = [path for path in SERVED_TEXT.parent.glob("text*") if path.suffix in (".safetensors", ".json")]
    assert SERVED_TEXT in shipped
    assert sum(path.stat().st_size for path in shipped) <= 20_000_000


def test_a_checkpoint_reads_alike_before_it_is_saved_and_after(small, tmp_path):
    path = tmp_path / "text_reader.safetensors"
    rated = replace(small, ratings={"sunny": (0.5, 0.25)})
    save_text_checkpoint(path, rated.model, rated.subwords, rated.ratings, {"seed": 1})
    loaded = load_text_checkpoint(path)
    assert loaded.ratings == rated.ratings
    assert loaded.training == {"seed": 1}
    assert loaded.subwords.numbers("영화") == rated.subwords.numbers("영화")
    for language in ("en", "ko"):
        (before,), (after,) = (TextReader(one).read(["영화 sunny"], language) for one in (rated, loaded))
        assert after.valence == pytest.approx(before.valence, abs=2e-3)
        assert dict(after.emotions) == pytest.approx(dict(before.emotions), abs=2e-3)


def test_a_large_table_is_kept_in_eight_bits_within_half_a_step(small, tmp_path):
    model = TextModel(BiLSTMConfig(6, 4, 3), BagConfig(1 << 14, 4, small.model.bag.config.heads), small.model.names)
    path = tmp_path / "text_reader.safetensors"
    save_text_checkpoint(path, model, small.subwords, {}, {})
    assert path.stat().st_size < (1 << 14) * 4 * 2
    before, after = model.bag.table.weight, load_text_checkpoint(path).model.bag.table.weight
    assert ((before - after).abs() <= before.abs().amax(1, keepdim=True) / 127 * 0.6).all()


def test_a_missing_reader_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(ReaderRefused, match="make train-text"):
        load_reader(tmp_path / "text_reader.safetensors")


def test_foreign_and_broken_files_are_refused(small, tmp_path):
    path = tmp_path / "text_reader.safetensors"
    path.write_bytes(b"\x80\x04 a pickle, say")
    with pytest.raises(ReaderRefused, match="no safetensors file"):
        load_text_checkpoint(path)
    save_file({"x": torch.zeros(1)}, path)
    with pytest.raises(ReaderRefused, match="no reader of texts"):
        load_text_checkpoint(path)
    save_text_checkpoint(path, small.model, small.subwords, {}, {})
    tensors = load_file(path)
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata()
    save_file(tensors, path, metadata | {"reading": '{"version": 0}'})
    with pytest.raises(ReaderRefused, match="other numbers"):
        load_text_checkpoint(path)
    save_file(tensors | {"mix": torch.zeros(7)}, path, metadata)
    with pytest.raises(ReaderRefused, match="no reader of texts"):
        load_text_checkpoint(path)
