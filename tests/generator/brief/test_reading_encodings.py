"""Texts in every encoding that creators' files come in, found out without a word from them."""

import random

import pytest

from generator.brief.encodings import decode, encoding_of
from generator.brief.refusal import BriefRefused, Refusal
from tests.generator.brief.files import cue, srt

KOREAN = (
    "바다 위로 해가 진다", "우리는 다시 만날 수 있을까?", "괜찮아, 다 잘될 거야.", "엄마!", "그녀가 웃었다", "고마워",
    "잠깐만요!",
    "똠방각하", "뭐라고?", "여름방학이 끝났다",
)  # fmt: skip
SIMPLIFIED = (
    "夕阳下的海边", "我们还会再见面吗？", "没关系，一切都会好的。", "雨天的小巷", "她笑了", "妈妈！", "你好",
    "等一下！", "加油",
    "城市夜景延时摄影", "我做了一个很长的梦。",
)  # fmt: skip
TRADITIONAL = (
    "夕陽下的海邊", "我們還會再見面嗎？", "沒關係，一切都會好的。", "雨天的小巷", "她笑了", "媽媽！", "你好",
    "等一下！", "加油",
    "城市夜景縮時攝影", "咖啡館的早晨",
)  # fmt: skip
WESTERN = ("el niño", "über den Wolken", "café olé", "¿Dónde está?")
JAPANESE = ("さようなら", "海に沈む夕日", "また会おうね。")

LEGACY = [
    (sentence, encoding)
    for sentences, encodings in (
        (KOREAN, ("cp949",)),
        (SIMPLIFIED, ("gb18030",)),
        (TRADITIONAL, ("big5", "gb18030")),
        (JAPANESE, ("cp932",)),
        (WESTERN, ("cp1252",)),
    )
    for sentence in sentences
    for encoding in encodings
]


@pytest.mark.parametrize(("sentence", "encoding"), LEGACY)
def test_a_sentence_is_read_as_it_was_written(sentence: str, encoding: str) -> None:
    assert decode(sentence.encode(encoding)) == sentence


@pytest.mark.parametrize(("sentence", "encoding"), LEGACY)
def test_so_is_a_subtitle_file_of_it_alone(sentence: str, encoding: str) -> None:
    text = srt(cue(1, sentence))
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("sentence", [KOREAN[0], SIMPLIFIED[1], TRADITIONAL[2], WESTERN[1], "plain words"])
def test_unicode_is_read_with_and_without_its_mark(sentence: str, encoding: str) -> None:
    if encoding == "utf-32":
        assert decode(sentence.encode(encoding)) == sentence
        return
    text = srt(cue(1, sentence))
    assert decode(text.encode(encoding)) == text


def test_plain_words_of_even_length_are_not_taken_for_utf_16() -> None:
    assert decode(b"Bush hid the facts") == "Bush hid the facts"


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_a_text_cut_in_the_middle_of_a_character_loses_only_that(encoding: str) -> None:
    whole = " ".join(KOREAN)
    assert decode(whole.encode(encoding)[:-1]) in (whole[:-1], whole)


def test_a_long_text_of_each_encoding_is_named(tmp_path) -> None:
    for sentences, encoding in ((KOREAN, "cp949"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5")):
        assert encoding_of("\n".join(sentences).encode(encoding)) == encoding


def test_bytes_that_are_no_text_are_refused_rather_than_guessed() -> None:
    for seed in range(20):
        with pytest.raises(BriefRefused) as refused:
            decode(random.Random(seed).randbytes(2000))
        assert refused.value.reason in (Refusal.BINARY, Refusal.UNKNOWN_ENCODING)
