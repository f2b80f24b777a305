"""Scripts have no words of their own: pages hand them theirs."""

import re

import pytest

from scripts.catalogues import ROOT

COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
LITERAL = re.compile(r'"[^"\n]*"|`[^`]*`')
SENTENCE = re.compile(r"^[A-Z][a-z]+|[a-z]{2,} [a-z]{2,} [a-z]{2,}")
NAMES = {"Escape", "Enter", "Home", "End", "AbortError"}


@pytest.mark.parametrize("path", sorted((ROOT / "static/js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_says_nothing_of_its_own(path):
    literals = {literal[1:-1] for literal in LITERAL.findall(COMMENT.sub("", path.read_text()))}
    assert {words for words in literals - NAMES if SENTENCE.search(words)} == set()
