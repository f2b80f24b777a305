"""Templates say nothing that is not marked for translation."""

import pytest
from django.template.base import Lexer, TokenType

from scripts.catalogues import FOR_STAFF, ROOT, TEMPLATES
from tests.site_language.reading import english_words

SAME_EVERYWHERE = {"EmotionMusic", "summary_large_image", "noindex", "nofollow"}
ALL = [path for path in sorted(TEMPLATES.rglob("*.html")) if not path.is_relative_to(ROOT / FOR_STAFF)]


TRANSLATED = {"blocktranslate": True, "endblocktranslate": False, "endblock": False}


def unmarked(source: str) -> str:
    """The template without what stands in its tags, in what is translated, and in blocks of class names."""
    kept, unread = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name, *rest = token.split_contents()
            unread = TRANSLATED.get(name, unread) or (name == "block" and rest[0].endswith("_class"))
        elif token.token_type == TokenType.TEXT and not unread:
            kept.append(token.contents)
    return "".join(kept)


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_word_of_a_template_is_marked(path):
    assert english_words(unmarked(path.read_text())) - SAME_EVERYWHERE == set()
