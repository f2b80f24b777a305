"""The scene lexicon itself: large enough, written as its header says, and near to what people rate."""

import pytest

from generator.brief.lexicon import LANGUAGES, SCENES, BadLexicon, backing, entries
from generator.brief.lexicon import _read as read_lexicon
from generator.brief.lexicon.check import APART, implied, outliers
from generator.mood import MOODS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_has_six_hundred_entries_and_every_mood_has_its_share(language):
    names = [entry for entry in entries(language) if entry.kind in SCENES]
    assert len(names) >= 600
    for mood in MOODS:
        assert sum(mood in dict(entry.moods) for entry in names) >= 100, mood


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("feel\tjolly 3\t\tglee", "no mood named 'jolly'"),
        ("feel\thappy\t\tglee", "moods are written"),
        ("feel\thappy 9\t\tglee", "at most 3"),
        ("mood\thappy 3\t\tglee", "no kind 'mood'"),
        ("feel\thappy 3\tglee", "3 columns"),
        ("feel\thappy 3\tx+1\tglee", "nudge"),
        ("feel\thappy 3\t\tglee, glee", "stands in line 1 already"),
        ("feel\thappy 3\t\tglee,", "empty"),
    ],
)
def test_a_bad_line_of_the_lexicon_is_refused_with_its_number(tmp_path, line, wrong):
    path = tmp_path / "en.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadLexicon, match=f"en.tsv, line 1: .*{wrong}"):
        list(read_lexicon(path))


def test_english_entries_lie_on_the_side_where_people_rate_the_word():
    rated = [text for text in implied() if abs(backing()[text][0]) >= APART]
    assert len(rated) >= 500
    assert len(outliers()) / len(rated) < 0.06
