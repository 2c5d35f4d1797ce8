"""Reads a language's `.po` at its first use. There are no compiled files."""

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from locales.translator import Translator

SOURCE_LANGUAGE = "en"
SOURCE_LOCALE = Locale("en", "GB")


def read_catalog(path: Path) -> Catalog:
    """The messages of a `.po` file. Raises PoFileError, with the line, for one that does not parse."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def read_translator(language: str, folder: Path) -> Translator:
    """The words of a language, from its file in `folder`; English needs none."""
    if language == SOURCE_LANGUAGE:
        return Translator(SOURCE_LANGUAGE, SOURCE_LOCALE, NullTranslations())
    catalog = read_catalog(folder / f"{language}.po")
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translator(language, catalog.locale or Locale.parse(language), GNUTranslations(compiled))
