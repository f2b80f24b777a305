"""What a visitor reads on a page: its text, and the attributes that are shown or read aloud."""

import re
from html.parser import HTMLParser

SHOWN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
A_SENTENCE = re.compile(r"[A-Z]|\S+\s")
"""What words for scripts look like, in data- attributes, beside names for scripts."""
NOT_A_WORD = re.compile(r"\{\w+\}|[0-9a-f]{8}-[0-9a-f-]{27}")
"""A place for a script's number; a track's number."""
WORD = re.compile(r"[A-Za-z]{3,}")
NOT_READ = {"script", "style"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = [tag]
        shown = {name: value or "" for name, value in attrs}
        for name, value in shown.items():
            if name in SHOWN_ATTRIBUTES or (name.startswith("data-") and A_SENTENCE.match(value)):
                self.read.append(value)
        if tag == "meta" and shown.get("name", shown.get("property", "")).endswith("description"):
            self.read.append(shown["content"])

    def handle_endtag(self, tag: str) -> None:
        self._inside = []

    def handle_data(self, data: str) -> None:
        if not NOT_READ.intersection(self._inside):
            self.read.append(data)


def read(page: str) -> list[str]:
    """The texts of a page."""
    reader = _Reader()
    reader.feed(page)
    return [text.strip() for text in reader.read if text.strip()]


def english_words(page: str) -> set[str]:
    """The words in Latin letters that a page shows."""
    return {word for text in read(page) for word in WORD.findall(NOT_A_WORD.sub("", text))}
