"""Which language a text is in, as far as the music asks: by its letters, and among Latin ones by its small words."""

import re
from collections import Counter

from generator.brief.common_characters import SIMPLIFIED_ONLY, TRADITIONAL_ONLY
from generator.brief.small_words import ENGLISH, OTHERS, SHARED, UNENGLISH_ENDINGS

ENGLISH_CODE, KOREAN, SIMPLIFIED, TRADITIONAL, OTHER, NOTHING = "en", "ko", "zh", "zh-Hant", "other", ""

_READ = 20_000
"""Characters; the rest of a longer text is not looked at."""
_LETTERS_OF_A_SYLLABLE = 2.5
"""Latin letters that count as much as one Hangul syllable, Chinese character or kana."""
_KANA_SHARE = 0.05
"""Of a text's kana and Chinese characters, the kana that make it Japanese; borrowed の stands in Chinese texts too."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


def language_of(text: str) -> str:
    """'en', 'ko', 'zh' (simplified), 'zh-Hant' (traditional), 'other', or '' where there is no letter at all.

    The script with most letters decides, a syllable of Hangul or a Chinese character counting as much as 2.5 Latin
    letters. Characters that both ways of writing Chinese share are called simplified. A Latin text is English
    unless its function words, its letters beyond a to z or its endings speak more for another language, so a
    single unknown word in plain letters is called English. Links are left out.
    """
    text = _LINK.sub(" ", text[:_READ])
    scripts = Counter(script for script in map(_script, text) if script)
    if not scripts:
        return NOTHING
    east_asian = scripts["hangul"] + scripts["han"] + scripts["kana"]
    latin, foreign = scripts["latin"] / _LETTERS_OF_A_SYLLABLE, scripts["foreign"] / _LETTERS_OF_A_SYLLABLE
    if foreign >= max(latin, east_asian):
        return OTHER
    if latin > east_asian:
        return ENGLISH_CODE if _is_english(text) else OTHER
    if scripts["hangul"] >= scripts["han"] + scripts["kana"]:
        return KOREAN
    if scripts["kana"] > max(1, _KANA_SHARE * (scripts["han"] + scripts["kana"])):
        return OTHER
    traditional = sum(character in TRADITIONAL_ONLY for character in text)
    return TRADITIONAL if traditional > sum(character in SIMPLIFIED_ONLY for character in text) else SIMPLIFIED


def _script(character: str) -> str:
    if character < "\u0250":
        return "latin" if character.isalpha() else ""
    if "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff" or "\u3130" <= character <= "\u318f":
        return "hangul"
    if "\u3041" <= character <= "\u30fa" or "\uff66" <= character <= "\uff9d":
        return "kana"
    if (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    ):
        return "han"
    if "\u1e00" <= character <= "\u1eff" or "\uff21" <= character <= "\uff5a":
        return "latin"
    return "foreign" if character.isalpha() else ""


def _is_english(text: str) -> bool:
    """Whether a text in Latin letters has more marks of English than of any one other language."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    english, others, strange = 0.0, Counter[str](), 0.0
    for word in words:
        mark = 0.5 if word in SHARED else 1.0
        english += mark * (word in ENGLISH)
        for language, small in OTHERS.items():
            others[language] += mark * (word in small)  # type: ignore[assignment]
        strange += not word.isascii() or 0.5 * bool(UNENGLISH_ENDINGS.search(word))
    most = max(others.values())
    # A name or a borrowed word ("café") has such letters, a language has them everywhere.
    return english >= most and english + len(words) / 4 >= most + strange
