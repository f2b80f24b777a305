"""Which language a creator wrote in, short texts included."""

import pytest

from generator.brief.language import language_of

TEXTS = {
    "en": (
        "sunset at the beach", "sunset", "a lonely robot", "golden hour drone shots", "my dog Rex discovers snow!",
        "café vibes in Paris", "she said yes 💍", "lo-fi study session", "jeju island vlog",
        "Mia and José get married",
        "Grandma teaches us to bake bread", "Why I left", "tech review, 4K", "Eiffel Tower tour",
    ),
    "ko": ("바다", "해 질 녘의 바닷가", "제주도 여행 vlog", "ㅋㅋㅋ 우리 강아지", "혼자 걷는 밤길 night walk"),
    "zh": ("夕阳", "海边的日落", "我的第一次旅行vlog", "城市夜景延时摄影", "毕业典礼", "妈妈做的饭"),
    "zh-Hant": ("夕陽", "海邊的日落與我們", "臺北夜景縮時攝影", "畢業典禮", "媽媽做的飯", "颱風過後的海岸線"),
    "other": (
        "puesta de sol en la playa", "atardecer", "La vie est belle", "Une promenade à vélo",
        "Ein Tag in meinem Leben",
        "Im Regen allein durch die Stadt", "Der alte Mann und das Meer", "hoàng hôn trên biển", "Cà phê sữa đá",
        "matahari terbenam di pantai", "Perjalanan ke Bali bersama teman", "tramonto sulla spiaggia",
        "ひとりぼっちの夜",
        "海に沈む夕日", "закат на пляже", "غروب الشمس", "ชายหาด", "güneş batımı",
    ),
    "": ("", "123 456", "🎉🎉", "https://youtu.be/abc", "... !!!", "\n\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "language"), [(text, name) for name, texts in TEXTS.items() for text in texts])
def test_a_short_text_is_told_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_script_with_most_letters_decides_in_a_mixed_text() -> None:
    assert language_of("우리의 여름 바다 여행 summer") == "ko"
    assert language_of("A long walk through the old town of Seoul 서울") == "en"
    assert language_of("今天我们去海边 vlog") == "zh"


def test_a_borrowed_kana_does_not_make_a_chinese_text_japanese() -> None:
    assert language_of("這是一個關於夏天の海邊與我們的故事，還有外婆的家") == "zh-Hant"


def test_a_very_long_text_is_told_at_once() -> None:
    assert language_of("the sea and the sky " * 100_000) == "en"
