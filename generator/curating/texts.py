"""Texts found inside files, made fit to be shown and stored."""

import unicodedata

from generator.curating.limits import LONGEST_TITLE


def clean_text(raw: bytes) -> str:
    """`raw` as one line of at most LONGEST_TITLE characters, perhaps none.

    MIDI names no encoding: what is not UTF-8 is read as Windows-1252. Control, formatting (such as the
    reversal of direction) and unassigned characters are taken out.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return clean_line(text)


def clean_line(text: str) -> str:
    """`text` as one line without unprintable characters, cut to LONGEST_TITLE characters."""
    # Cut first: the time that normalising takes can grow with the square of the length.
    spaced = " ".join(unicodedata.normalize("NFC", text[: 10 * LONGEST_TITLE]).split())
    shown = "".join(character for character in spaced if not unicodedata.category(character).startswith("C"))
    return shown[:LONGEST_TITLE].strip()
