"""The readers of the environment: what they take, and that a strange value names itself."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from emotionmusic import env


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)]
)
def test_a_flag_is_read_in_any_case(monkeypatch, value, meant):
    monkeypatch.setenv("LIGHT", value)
    assert env.flag("LIGHT", not meant) is meant


@pytest.mark.parametrize("value", ["", "   "])
def test_a_blank_value_is_as_good_as_none(monkeypatch, value):
    monkeypatch.setenv("THING", value)
    assert env.flag("THING", True) is True
    assert env.integer("THING", 7, minimum=1, maximum=9) == 7
    assert env.text("THING", "else") == "else"
    assert env.words("THING", ["a"]) == ["a"]
    assert env.path("THING", Path("/x")) == Path("/x")


@pytest.mark.parametrize("value", ["maybe", "2", "truee"])
def test_a_strange_flag_names_variable_value_and_what_would_be_right(monkeypatch, value):
    monkeypatch.setenv("LIGHT", value)
    with pytest.raises(ImproperlyConfigured, match=f"LIGHT is '{value}'; it must be 1, true, yes or on"):
        env.flag("LIGHT")


@pytest.mark.parametrize("value", ["0", "10", "5.5", "five", "1e3"])
def test_a_number_out_of_bounds_or_none_at_all_is_refused(monkeypatch, value):
    monkeypatch.setenv("COUNT", value)
    with pytest.raises(ImproperlyConfigured, match=f"COUNT is '{value}'; it must be a whole number from 1 to 9"):
        env.integer("COUNT", 5, minimum=1, maximum=9)


@pytest.mark.parametrize("value", ["1", "9"])
def test_the_bounds_of_a_number_belong_to_it(monkeypatch, value):
    monkeypatch.setenv("COUNT", value)
    assert env.integer("COUNT", 5, minimum=1, maximum=9) == int(value)


def test_a_list_loses_blanks_and_empty_items(monkeypatch):
    monkeypatch.setenv("HOSTS", " a.example , ,b.example,")
    assert env.words("HOSTS") == ["a.example", "b.example"]


def test_a_relative_path_is_refused(monkeypatch):
    monkeypatch.setenv("FOLDER", "var/here")
    with pytest.raises(ImproperlyConfigured, match="FOLDER is 'var/here'; it must be an absolute path"):
        env.path("FOLDER", Path("/x"))


def test_a_choice_outside_the_list_is_refused(monkeypatch):
    monkeypatch.setenv("EMAIL", "pigeon")
    with pytest.raises(ImproperlyConfigured, match="EMAIL is 'pigeon'; it must be one of console, smtp"):
        env.choice("EMAIL", "console", allowed=("console", "smtp"))
