"""Words for people: one `.po` per language beside this file, English in the code.

Code says `t = translator("nl")` and then `t.gettext("Theme: {theme}", theme=label)` or
`t.ngettext("{n} idea", "{n} ideas", count)`. Placeholders are `{name}` and nothing else; what fills them is
plain text, and the result is escaped where it is shown.

Templates say `{{ _("Theme: {theme}", theme=label) }}` and `{{ ngettext("{n} idea", "{n} ideas", count) }}`;
who renders them passes `gettext=t.gettext, ngettext=t.ngettext` beside the i18n extension. The result is a
plain `str`, so that Jinja2 escapes it like every other value.

`python -m locales.extract` collects the messages. A new language is one new file: `<code>.po`, whose header
`Language` (such as `nl_BE`) also names the region by which dates and numbers are written.
"""

from functools import cache
from pathlib import Path

from locales.catalog import SOURCE_LANGUAGE, read_translator
from locales.translator import Translator

__all__ = ["SOURCE_LANGUAGE", "Translator", "known_languages", "translator"]

_HERE = Path(__file__).parent


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of the languages that there are words in: English, then the others by code."""
    return (SOURCE_LANGUAGE, *sorted(file.stem for file in _HERE.glob("*.po")))


def translator(language: str) -> Translator:
    """The words of a language such as 'nl', of English where it is not known."""
    return _kept(language if language in known_languages() else SOURCE_LANGUAGE)


@cache
def _kept(language: str) -> Translator:
    return read_translator(language, _HERE)
