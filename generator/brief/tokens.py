"""Texts as numbers: hashed n-grams for the bag, and what sub-words are made from.

Hashed character n-grams after Joulin et al., Bag of Tricks for Efficient Text Classification (2017), and Bojanowski
et al., Enriching Word Vectors with Subword Information (2017); Hangul is read by syllables and by the letters (jamo)
within them.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Literal
from zlib import crc32

Language = Literal["ko", "en"]

LONGEST = 2_000
"""Characters of a text that are read; what follows is left unread."""

_SPACES = re.compile(r"\s+")
_REPEATED = re.compile(r"(.)\1{2,}")
_PIECE = re.compile(r"[가-힣]+|[ㄱ-ㅎㅏ-ㅣ]+|[^\W\d_]+(?:'[a-z]+)?|\d+|[^\w\s]|_")
_ENGLISH = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]+|_")
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_KOREAN_SIZES, _JAMO_SIZES, _ENGLISH_SIZES = (1, 2, 3, 4), (5,), (3, 4, 5)

READING: dict[str, Any] = {
    "version": 1,
    "longest": LONGEST,
    "korean": [*_KOREAN_SIZES],
    "jamo": [*_JAMO_SIZES],
    "english": [*_ENGLISH_SIZES],
}
"""How texts are written as numbers. A checkpoint trained on another way is refused; `version` counts all changes."""


def normalise(text: str) -> str:
    """The text in small letters, with single spaces, no control characters, and no sign more than twice in a row.

    Only the first LONGEST characters are looked at. An empty text stays empty; nothing is refused.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST]).casefold()
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return _SPACES.sub(" ", _REPEATED.sub(r"\1\1", text)).strip()


def jamo(text: str) -> str:
    """Every Hangul syllable taken apart into its two or three letters; all other signs as they are."""
    return "".join(_letters(sign) for sign in text)


def pieces(text: str) -> list[str]:
    """A normalised text in runs of one script, the first of each word marked by a leading low line.

    Sub-words never cross the border of a piece.
    """
    return [
        ("_" if number == 0 else "") + piece
        for word in text.split()
        for number, piece in enumerate(_PIECE.findall(word))
    ]


def english_words(text: str) -> list[str]:
    """The words of a normalised text, and its runs of punctuation and signs."""
    return [word.replace("’", "'") for word in _ENGLISH.findall(text)]


def hashes(text: str, language: Language) -> list[int]:
    """The distinct n-grams of a normalised text, each hashed to 32 bits, in ascending order.

    Korean: one to four syllables across words, words and pairs of words, and five jamo in a row within a word.
    English: one to three words in a row, and three to five characters within a word. The languages share no hash but
    by chance. The same text gives the same numbers on every machine.
    """
    return _hashed(_korean_grams(text) if language == "ko" else _english_grams(text))


def plain_hashes(text: str, language: Language) -> list[int]:
    """Fewer of them: in English words and pairs of words, in Korean one to three syllables and words."""
    if language == "en":
        words = english_words(text)
        return _hashed([*(f"W{word}" for word in words), *_pairs(words)])
    return _hashed([*_syllables(text, _KOREAN_SIZES[:3]), *(f"w{word}" for word in text.split())])


def character_hashes(text: str, sizes: Sequence[int]) -> list[int]:
    """Runs of so many characters of a normalised text, hashed to 32 bits, the distinct ones in ascending order."""
    return _hashed(_syllables(text, sizes))


def _hashed(grams: Iterable[str]) -> list[int]:
    return sorted({crc32(gram.encode("utf-8", "surrogatepass")) for gram in grams})


def _syllables(text: str, sizes: Sequence[int]) -> list[str]:
    line = f" {text} "
    return [f"s{line[i : i + size]}" for size in sizes for i in range(len(line) - size + 1)]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"V{first} {second}" for first, second in itertools.pairwise(words)]


def _korean_grams(text: str) -> list[str]:
    words = text.split()
    grams = _syllables(text, _KOREAN_SIZES)
    grams += [f"w{word}" for word in words]
    grams += [f"v{first} {second}" for first, second in itertools.pairwise(words)]
    for word in words:
        letters = f"<{jamo(word)}>"
        grams += [f"j{letters[i : i + size]}" for size in _JAMO_SIZES for i in range(len(letters) - size + 1)]
    return grams


def _english_grams(text: str) -> list[str]:
    words = english_words(text)
    grams = [f"W{word}" for word in words]
    grams += _pairs(words)
    grams += [f"U{' '.join(words[i : i + 3])}" for i in range(len(words) - 2)]
    for word in words:
        marked = f"<{word}>"
        grams += [f"C{marked[i : i + size]}" for size in _ENGLISH_SIZES for i in range(len(marked) - size + 1)]
    return grams


def _letters(sign: str) -> str:
    code = ord(sign)
    if not _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return sign
    initial, rest = divmod(code - _FIRST_SYLLABLE, len(_VOWELS) * len(_FINALS))
    vowel, final = divmod(rest, len(_FINALS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
