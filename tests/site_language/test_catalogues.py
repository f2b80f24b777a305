"""The catalogues: complete, true to their placeholders, and compiled as they are written."""

import re
from functools import cache

import pytest

from emotionmusic import words
from generator.arranging.performance import INSTRUMENT_NAMES
from generator.brief.refusal import TEMPLATES
from generator.mood import MOODS
from generator.rendering.formats import FORMATS
from generator.request import Ending
from generator.styles import STYLES
from scripts import catalogues
from scripts.catalogues import LANGUAGES, translations

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}|</?\w+>")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def found():
    """The strings of code and templates; read once, the reading takes seconds."""
    return catalogues.found()


def key(message):
    """What tells a message from others."""
    return message.id if isinstance(message.id, str) else message.id[0], message.context


@every_language
def test_every_string_is_translated_and_none_is_left_over(language):
    written = {key(message) for message in catalogues.written(language) if message.id and all(translations(message))}
    assert written == {key(message) for message in found() if message.id}


@every_language
def test_no_translation_is_a_guess(language):
    assert [message.id for message in catalogues.written(language) if message.fuzzy] == []


@every_language
def test_a_translation_has_the_placeholders_and_the_tags_of_its_string(language):
    for message in catalogues.written(language):
        for said in filter(None, translations(message) if message.id else ()):
            several = key(message)[0] if isinstance(message.id, str) else message.id[1]
            assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(several)), message.id


@every_language
def test_the_compiled_catalogue_is_the_written_one(language):
    assert catalogues.mo_file(language).read_bytes() == catalogues.compiled(catalogues.written(language))


def test_every_word_that_the_generator_says_on_pages_is_collected():
    said = {word for kind in (MOODS, STYLES) for thing in kind.values() for word in (thing.name, thing.sentence)}
    said |= {player.name for style in STYLES.values() for player in style.players} | set(INSTRUMENT_NAMES.values())
    said |= set(TEMPLATES.values()) | {audio.name for audio in FORMATS.values()} | {ending.value for ending in Ending}
    collected = (words.MOODS, words.STYLES, words.PARTS, words.REFUSALS, words.FORMATS, words.ENDINGS)
    assert said == {word for part in collected for word in part}
