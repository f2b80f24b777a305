"""Texts as numbers."""

import pytest

from generator.brief.subwords import UNKNOWN, SubWords
from generator.brief.text_ratings import SIGNS, rating, signs
from generator.brief.tokens import LONGEST, english_words, hashes, jamo, normalise, pieces

RATINGS = {"happy": (0.8, 0.5), "cry": (-0.5, 0.1), "run": (0.2, 0.4), "bake": (0.4, -0.1)}


def test_a_text_is_normalised_to_one_spelling():
    assert normalise("  Ｈello\x00\tWORLD!!!!!  ㅋㅋㅋㅋㅋ") == "ｈello world!! ㅋㅋ"
    assert normalise("\u1112\u1161\u11ab") == "한"
    assert normalise("") == normalise("\x07\u200b") == ""
    assert len(normalise("ab" * LONGEST)) == LONGEST


def test_a_text_that_is_normalised_again_stays_as_it_is():
    for text in ("AAAAa ㅠㅠㅠㅠ", "ＳＴＲＡＳＳＥ ß ŒŒ", "x\u0301\u0301\u0301", "1 \n 2"):
        assert normalise(normalise(text)) == normalise(text)


def test_syllables_are_taken_apart_into_their_letters():
    assert jamo("한글 a뷁") == "ㅎㅏㄴㄱㅡㄹ aㅂㅞㄺ"


def test_pieces_are_of_one_script_and_mark_where_words_begin():
    assert pieces("영화ㅋㅋ 2편 good!") == ["_영화", "ㅋㅋ", "_2", "편", "_good", "!"]


def test_english_words_keep_their_apostrophes_and_signs_stand_apart():
    assert english_words("don’t stop!! 3rd") == ["don't", "stop", "!!", "3rd"]


@pytest.mark.parametrize(("language", "text"), [("en", "so happy"), ("ko", "정말 좋다")])
def test_hashes_are_distinct_ascending_and_of_32_bits(language, text):
    found = hashes(text, language)
    assert found == sorted(set(found))
    assert all(0 <= number < 2**32 for number in found)
    assert hashes(f"{text} {text}", language) != found


def test_the_hashes_of_a_word_are_those_that_the_checkpoint_was_trained_on():
    # Written down once: another way of hashing needs another version in READING.
    assert sum(hashes("so happy", "en")) % 1_000_003 == 83_739
    assert sum(hashes("정말 좋다", "ko")) % 1_000_003 == 6_266


def test_misspelled_words_share_most_hashes_with_the_right_ones():
    right, wrong, other = (set(hashes(word, "ko")) for word in ("재미있었다", "재미잇었다", "지루했음"))
    assert len(right & wrong) > 3 * len(right & other)


def test_sub_words_join_what_was_learned_first_and_spell_what_is_unknown():
    subwords = SubWords(list("_abㅂㅞ"), [("a", "b"), ("_", "ab")])
    assert subwords.numbers("ab") == [len(subwords) - 1]
    assert subwords.numbers("b a") == [2, 4, 2, 3]
    assert subwords.numbers("뷁") == [2, 5, 6, UNKNOWN]
    assert subwords.numbers("") == []


def test_a_word_without_a_rating_takes_that_of_the_word_it_is_a_form_of():
    assert rating("happy", RATINGS) == RATINGS["happy"]
    for form, word in (("cries", "cry"), ("cried", "cry"), ("running", "run"), ("baking", "bake"), ("runs", "run")):
        assert rating(form, RATINGS) == RATINGS[word], form
    assert rating("stone", RATINGS) is None
    assert rating("s", RATINGS) is None


def test_rated_words_and_marks_are_told_apart():
    plain, denied = (signs(english_words(text), RATINGS) for text in ("i am happy !", "i am not happy ?"))
    assert len(plain) == SIGNS
    assert plain[0] == pytest.approx(0.8)
    assert plain[9] == 0 < denied[9]
    assert plain[11] > 0 == denied[11]
    assert not signs([], RATINGS).any()
