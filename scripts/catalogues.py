"""The catalogues of the site's words: `make translations` finds the strings and writes locale/, without GNU gettext.

Each .po file keeps what is translated already, gains what is new with an empty translation, and loses what is gone;
the .mo file beside it, which Django reads, is written anew.
"""

import io
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ko", "zh_Hans", "zh_Hant")
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "gettext_noop": None, "ngettext_lazy": (1, 2)}
CODE, TEMPLATES = ROOT / "emotionmusic", ROOT / "templates"
FOR_STAFF = "templates/admin/"
"""Stays English."""


def found() -> Catalog:
    """Every string of the code and the templates that is marked for translation."""
    catalog = Catalog(charset="utf-8")
    for path in _sources():
        place = path.relative_to(ROOT).as_posix()
        method = "python" if path.suffix == ".py" else extract_template
        with path.open("rb") as file:
            for line, message, comments, context in extract(method, file, KEYWORDS, ["Translators:"]):
                catalog.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return catalog


def extract_template(
    file: Any, keywords: Any, comment_tags: Collection[str], options: object
) -> Iterator[tuple[Any, ...]]:
    """The strings of a Django template, by way of the code that Django makes of it for xgettext."""
    # A template's indentation would mean something in code.
    code = "\n".join(line.strip() for line in templatize(file.read().decode()).splitlines())
    return extract_python(io.BytesIO(code.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def po_file(language: str) -> Path:
    """Where translators write."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def mo_file(language: str) -> Path:
    """Where Django reads."""
    return po_file(language).with_suffix(".mo")


def written(language: str) -> Catalog:
    """What the .po file of a language holds."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def update(language: str, template: Catalog) -> int:
    """Bring the files of a language up to date; how many translations are missing."""
    catalog = written(language)
    template.creation_date = catalog.creation_date
    catalog.update(template, no_fuzzy_matching=True)
    with po_file(language).open("wb") as file:
        write_po(file, catalog, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    catalog = written(language)
    mo_file(language).write_bytes(compiled(catalog))
    return sum(not all(translations(message)) for message in catalog if message.id)


def translations(message: Message) -> tuple[str, ...]:
    """What stands for the string: one translation, or one a plural form."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _sources() -> list[Path]:
    templates = [path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt")]
    shown = [path for path in templates if not path.relative_to(ROOT).as_posix().startswith(FOR_STAFF)]
    return sorted([*CODE.rglob("*.py"), *shown])


def main() -> int:
    """Update all languages; 1 if translations are missing."""
    template = found()
    missing = {language: update(language, template) for language in LANGUAGES}
    for language, count in missing.items():
        print(f"{po_file(language).relative_to(ROOT)}: {len(template)} strings, {count} without a translation")
    return int(any(missing.values()))


if __name__ == "__main__":
    sys.exit(main())
