"""What a file is, by what it holds first and by its name second, and the reader for it."""

from pathlib import PurePath

from generator.brief.encodings import decode
from generator.brief.material import Material
from generator.brief.reading.documents import read_document
from generator.brief.reading.info import read_info
from generator.brief.reading.limits import (
    LARGEST_FILE,
    LARGEST_INFO,
    LARGEST_TEXT_FILE,
    LONGEST_DECODED,
    MOST_CHARACTERS,
)
from generator.brief.reading.markup import without_markdown
from generator.brief.reading.shots import read_shots
from generator.brief.reading.subtitles import looks_like_subtitles, read_subtitles
from generator.brief.reading.words import read_words
from generator.brief.refusal import BriefRefused, Refusal

_SIGNATURES = (
    (b"%PDF-", 0, "PDF"),
    (b"{\\rtf", 0, "rich text (RTF) file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "document of Word 97 to 2003"),
    (b"\x89PNG\r\n", 0, "PNG picture"),
    (b"\xff\xd8\xff", 0, "JPEG picture"),
    (b"GIF8", 0, "GIF picture"),
    (b"RIFF", 0, "RIFF recording or picture"),
    (b"ID3", 0, "MP3 recording"),
    (b"OggS", 0, "Ogg recording"),
    (b"MThd", 0, "MIDI file"),
    (b"\x1f\x8b", 0, "gzip archive"),
    (b"7z\xbc\xaf'\x1c", 0, "7-Zip archive"),
    (b"Rar!", 0, "RAR archive"),
    (b"ftyp", 4, "video under another name"),
    (b"\x1a\x45\xdf\xa3", 0, "video under another name"),
)


def read_contents(data: bytes, name: str) -> Material:
    """What the bytes of a file called `name` say, whatever its ending claims.

    A Word document, JSON and subtitles are known by what they hold; .csv and .tsv, .md, and all else as text, by name.

    Raises:
        BriefRefused: it cannot be read.
    """
    ending = PurePath(name.lower()).suffix
    if not data.strip(b" \t\r\n\0"):
        raise BriefRefused(Refusal.EMPTY)
    for signature, offset, found in _SIGNATURES:
        if data.startswith(signature, offset):
            raise BriefRefused(Refusal.WRONG_KIND, found=found)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _refuse_larger(data, LARGEST_FILE)
        return read_document(data)
    is_json = ending == ".json" or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    _refuse_larger(data, LARGEST_INFO if is_json else LARGEST_TEXT_FILE)
    text = decode(data)
    if is_json and (ending == ".json" or text.lstrip()[1:].lstrip().startswith('"')):
        return read_info(text)
    if len(text) > LONGEST_DECODED:
        raise BriefRefused(Refusal.TOO_MANY_CHARACTERS, most=MOST_CHARACTERS)
    if looks_like_subtitles(text):
        return read_subtitles(text)
    if ending in (".csv", ".tsv"):
        return read_shots(text)
    return read_words(without_markdown(text) if ending in (".md", ".markdown") else text)


def _refuse_larger(data: bytes, largest: int) -> None:
    if len(data) > largest:
        raise BriefRefused(Refusal.TOO_LARGE, largest_mb=largest // 1_000_000)
