"""The forms of a Korean verb or adjective, as far as its stem is written otherwise before some endings."""

_FIRST, _LAST = 0xAC00, 0xD7A3
_FINALS = 28
_VOWELS = 21
_NIEUN, _TIKEUT, _RIEUL, _MIEUM, _BIEUP, _SIOT, _SSANGSIOT = 4, 7, 8, 16, 17, 19, 20
_A, _AE, _EO, _E, _YEO, _O, _WA, _U, _WO, _EU, _I = 0, 1, 4, 5, 6, 8, 9, 13, 14, 18, 20
_BRIGHT = (_A, _O)
"""Vowels after which an ending begins with 아 rather than 어."""
_SOFTENING = {_TIKEUT: frozenset("걷듣싣닫긷"), _SIOT: frozenset("짓낫붓긋잇젓")}
"""Last syllables whose ㄷ becomes ㄹ, and whose ㅅ falls away, before a vowel."""
_CONTRACTED = {_A: _A, _AE: _AE, _EO: _EO, _E: _E, _O: _WA, _U: _WO, _I: _YEO}


def forms(stem: str) -> list[tuple[str, bool]]:
    """What words of this stem begin with, and whether an ending is part of it already.

    The stem itself, with ㄴ, ㄹ, ㅁ, ㅂ joined to it, contracted with 아 or 어 (달리 -> 달려), without its ㄹ
    (놀 -> 노는), and the irregular stems on 하, ㄷ, ㅂ, ㅅ, 르 and ㅡ. A form that no such word has does no harm: it
    is not written.
    """
    initial, vowel, final = _letters(stem[-1])
    before = stem[:-1]
    found = [(stem, False)]
    if final == _BIEUP:
        open_stem = before + _syllable(initial, vowel, 0)
        found += [(open_stem + ending, True) for ending in ("운", "울", "움", "우", "워", "웠", "와", "왔")]
    if final == _RIEUL:
        found += [(before + _syllable(initial, vowel, 0) + "는", True)]
        found += [(before + _syllable(initial, vowel, _NIEUN) + "다", True)]
    if stem[-1] in _SOFTENING.get(final, ()):
        softened = before + _syllable(initial, vowel, _RIEUL if final == _TIKEUT else 0)
        open_vowel = "아" if vowel in _BRIGHT else "어"
        past = "았" if vowel in _BRIGHT else "었"
        found += [(softened + ending, True) for ending in ("으", open_vowel, past)]
    if final:
        return found
    found += [(before + _syllable(initial, vowel, one), True) for one in (_NIEUN, _RIEUL, _MIEUM, _BIEUP)]
    contracted = [(initial, _CONTRACTED[vowel])] if vowel in _CONTRACTED else []
    if stem[-1] == "하":
        contracted = [(initial, _AE)]
    if vowel == _EU:
        after_bright = bool(before.strip()) and before[-1] != " " and _letters(before[-1])[1] in _BRIGHT
        contracted = [(initial, _A if after_bright else _EO)]
        if stem[-1] == "르" and before and before[-1] != " ":
            first, middle, _ = _letters(before[-1])
            before = before[:-1] + _syllable(first, middle, _RIEUL)
    for first, middle in contracted:
        found += [(before + _syllable(first, middle, one), True) for one in (0, _SSANGSIOT)]
    return list(dict(reversed(found)).items())


def _letters(syllable: str) -> tuple[int, int, int]:
    """The numbers of its initial, vowel and final; no final is 0."""
    code = ord(syllable)
    if not _FIRST <= code <= _LAST:
        raise ValueError(f"{syllable!r} is no Korean syllable")
    code -= _FIRST
    return code // _FINALS // _VOWELS, code // _FINALS % _VOWELS, code % _FINALS


def _syllable(initial: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (initial * _VOWELS + vowel) * _FINALS + final)
