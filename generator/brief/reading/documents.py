"""The words of a Word document (.docx): an archive of XML (ECMA-376), of which only the text part is unpacked."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from generator.brief.material import Material, Passage
from generator.brief.reading.cleaning import clean, material, one_line
from generator.brief.reading.limits import LARGEST_DOCUMENT, MOST_CHARACTERS, MOST_PARTS
from generator.brief.refusal import BriefRefused, Refusal

_BODY = "word/document.xml"
_SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}


def read_document(data: bytes) -> Material:
    """A passage a paragraph, those inside tables too; deleted text, notes, headers and pictures are left out.

    Raises:
        BriefRefused: it is another archive, damaged, unsafe or too large.
    """
    try:
        return material("text", (Passage(paragraph) for paragraph in _paragraphs(_unpacked(data))))
    except DefusedXmlException:
        raise BriefRefused(Refusal.UNSAFE_DOCUMENT) from None
    except (ParseError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError):
        # The directory of an archive stands at its end, and is gone with it.
        broken_off = not zipfile.is_zipfile(io.BytesIO(data))
        raise BriefRefused(Refusal.TRUNCATED if broken_off else Refusal.UNREADABLE) from None


def _unpacked(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise BriefRefused(Refusal.TOO_MANY_PARTS, most=MOST_PARTS)
        if _BODY not in archive.namelist():
            raise BriefRefused(Refusal.NOT_A_DOCUMENT)
        # What the archive says of a part's size may be a lie, so no more than the limit is unpacked.
        with archive.open(_BODY) as part:
            body = part.read(LARGEST_DOCUMENT + 1)
    if len(body) > LARGEST_DOCUMENT:
        raise BriefRefused(Refusal.DOCUMENT_TOO_LARGE, largest_mb=LARGEST_DOCUMENT // 1_000_000)
    return body


def _paragraphs(body: bytes) -> list[str]:
    paragraphs: list[str] = []
    words: list[str] = []
    length = 0
    element: Element
    for _, element in iterparse(io.BytesIO(body), events=("end",), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if name == "t":
            words.append(element.text or "")
            length += len(words[-1])
            if length > 4 * MOST_CHARACTERS:
                raise BriefRefused(Refusal.TOO_MANY_CHARACTERS, most=MOST_CHARACTERS)
        elif name == "p":
            paragraphs.append(one_line(clean("".join(words))))
            words.clear()
        else:
            words.append(_SPACES.get(name, ""))
        element.clear()
    return paragraphs
