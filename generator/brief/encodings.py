"""Which encoding a text is in, when nothing says so.

A byte-order mark or valid UTF-8 settles it. Else every encoding that can hold the bytes is tried, and the one under
which the text is most plausible is taken: each character costs what it is worth to a simple model of Korean, Chinese,
Japanese or Western European writing, and the cheapest pair of encoding and language wins (minimum description length;
Rissanen 1978). Measured on subtitle-long sentences this is right more often than charset-normalizer and chardet.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from math import log

from generator.brief.common_characters import COMMON_HANGUL, COMMON_IN_BOTH, SIMPLIFIED_ONLY, TRADITIONAL_ONLY
from generator.brief.refusal import BriefRefused, Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # The four bytes of the little-endian mark begin with the two of UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TRIED = {"utf-8": 0.0, "utf-16-le": 8.0, "utf-16-be": 8.0, "cp949": 0.0, "gb18030": 0.0, "big5": 0.0, "cp950": 1.0,
          "big5hkscs": 2.0, "cp932": 1.0, "cp1252": 1.0}  # fmt: skip
"""The encodings without a mark, and what each costs beforehand, in natural-log units; rare ones cost more."""
_BROKEN_OFF = 12.0
"""What it costs to take the last character for one that was cut in two."""
_DEAREST = 9.5
"""Cost of a character, on average over those beyond ASCII, above which a text is not believed."""
_GLUED = 2.5
"""What an East Asian character right beside a small Latin letter costs: mostly it is an accented letter misread."""
_BESIDE_LATIN = re.compile("(?<=[a-z])[\u1100-\uffff]|[\u1100-\uffff](?=[a-z])")
_MOST_CONTROLS = 0.02
_UNLIKELY = 1e-8

_COMMON_HAN = COMMON_IN_BOTH | SIMPLIFIED_ONLY | TRADITIONAL_ONLY
_PUNCTUATION = frozenset("、。，！？：；「」『』《》〈〉（）“”‘’…—～·　【】♪")
_LATIN_LETTERS = frozenset("áàâäãåçéèêëíìîïñóòôöõúùûüýÿßæøœÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝßÆØŒ")
_LATIN_SIGNS = frozenset("¿¡«»“”‘’–—…€£©®°·ªº½")


def decode(data: bytes) -> str:
    """The text that `data` holds, without its byte-order mark; a last character cut in two is left out.

    Raises:
        BriefRefused: BINARY where it is no text, UNKNOWN_ENCODING where no encoding makes sense of it.
    """
    text = _found(data)[1]
    controls = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 12, 13))
    if controls > _MOST_CONTROLS * len(text):
        raise BriefRefused(Refusal.BINARY)
    return text


def encoding_of(data: bytes) -> str:
    """Python's name of the encoding that `decode` would read `data` in; the same errors."""
    return _found(data)[0]


def _found(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, _marked(data[len(mark) :], encoding)
    if b"\0" not in data:
        try:
            return "utf-8", data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    readings = list(_readings(data))
    if not readings:
        raise BriefRefused(Refusal.BINARY)
    cost, encoding, text = min(readings)
    beyond = sum(character > "\x7f" for character in text)
    ascii_cost = _cost_of_ascii(Counter(text))
    if "\0" in text or (cost - ascii_cost) / max(beyond, 1) > _DEAREST + 14 / max(beyond, 1):
        raise BriefRefused(Refusal.BINARY if _looks_binary(data) else Refusal.UNKNOWN_ENCODING)
    return encoding, text


def _marked(data: bytes, encoding: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        raise BriefRefused(Refusal.UNKNOWN_ENCODING) from None


def _readings(data: bytes) -> Iterator[tuple[float, str, str]]:
    """Cost, encoding and text of each encoding that can hold the bytes."""
    for encoding, cost in _TRIED.items():
        if encoding.startswith("utf-16") and b"\0" in data:
            cost = 0.0
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            try:
                text = codecs.getincrementaldecoder(encoding)().decode(data)
            except UnicodeDecodeError:
                continue
            cost += _BROKEN_OFF
        counted = Counter(text)
        glued = _GLUED * len(_BESIDE_LATIN.findall(text))
        eastern = min(_cost(counted, chance) for chance in _EASTERN) + glued
        yield cost + min(eastern, _cost(counted, _western)), encoding, text


def _cost(counted: Mapping[str, int], chance: Callable[[str], float]) -> float:
    return _cost_of_ascii(counted) - sum(
        count * log(chance(character)) for character, count in counted.items() if character > "\x7f"
    )


def _cost_of_ascii(counted: Mapping[str, int]) -> float:
    return sum(count * _ascii_cost(character) for character, count in counted.items() if character <= "\x7f")


def _ascii_cost(character: str) -> float:
    if character.isalnum() or character in " \n\r\t":
        return 3.2
    return 5.0 if character.isprintable() else 18.0


@cache
def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _elsewhere(character: str) -> float:
    """The chance of a character that a language does not use: others, symbols, what should not be there."""
    category = unicodedata.category(character)
    if category[0] == "C":
        return _UNLIKELY
    return 2e-4 if character in _PUNCTUATION else 3e-6 if category[0] in "SP" else 1e-6


def _korean(character: str) -> float:
    if "\uac00" <= character <= "\ud7a3":
        if character in COMMON_HANGUL:
            return 0.85 / len(COMMON_HANGUL)
        return 0.1 / 2350 if _in(character, "euc_kr") else 0.003 / 8800
    if character in _PUNCTUATION:
        return 1e-3
    return 3e-6 if character in _COMMON_HAN else _elsewhere(character)


def _han(character: str, usual: str) -> float:
    if "\u4e00" <= character <= "\u9fff":
        if character in _COMMON_HAN:
            return 0.65 / 600
        return 0.25 / 5000 if _in(character, usual) else 0.002 / 20000
    return 5e-3 if character in _PUNCTUATION else _elsewhere(character)


def _simplified(character: str) -> float:
    return 1e-6 if character in TRADITIONAL_ONLY else _han(character, "gb2312")


def _traditional(character: str) -> float:
    return 1e-6 if character in SIMPLIFIED_ONLY else _han(character, "big5")


def _japanese(character: str) -> float:
    if "\u3041" <= character <= "\u30fc":
        return 0.55 / 170
    if "\uff66" <= character <= "\uff9f":
        return 1e-6
    return 0.4 * _han(character, "shift_jis")


def _western(character: str) -> float:
    if character in _LATIN_LETTERS:
        return 2e-3 if character.islower() else 2e-4
    return 3e-4 if character in _LATIN_SIGNS else _elsewhere(character)


_EASTERN = (_korean, _simplified, _traditional, _japanese)


def _looks_binary(data: bytes) -> bool:
    sample = data[:20_000]
    return sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in sample) > _MOST_CONTROLS * len(sample)
