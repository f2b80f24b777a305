"""Markdown without its marks."""

import re

# Every repetition is bounded, so that no text takes more than its length times a constant.
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~).*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.{0,5000}?\n(?:---|\.\.\.)\n", re.DOTALL)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)")
_LINE_START = re.compile(
    r"^[ \t]{0,12}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,3}[.)][ \t]+)", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]{0,3}(?:[-*_=][ \t]?){3,80}$|^[|: \t-]{3,300}$", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|<!--.{0,2000}?-->", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~|`{1,2})(?=\S)|(?<=\S)(\*{1,3}|_{1,3}|~~|`{1,2})(?!\w)")


def without_markdown(text: str) -> str:
    """The words of a Markdown text; links and pictures leave their texts, headings and items become paragraphs."""
    text = _FRONT_MATTER.sub("", text)
    text = _FENCE.sub("", text)
    text = _TAG.sub("", text)
    text = _RULE.sub("", text)
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _LINE_START.sub("\n", text)
    return _EMPHASIS.sub("", text).replace("|", " ")
