"""A theme in a digest: its name, its words, its numbers, and an idea that stands for it."""

import re
from html import escape

from cocreation.ideas.digest import ThemeNews
from cocreation.ideas.ids import Language
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.town import Town
from handlers.digest_usual import usually
from handlers.quoting import on_one_line, units
from locales import Translator

LABEL = 60
WORD = 30
KEYWORDS = 2
QUOTE = 140

_LONG_ENOUGH = 40
"""Units of a quote that says something, though what follows is left out."""

_ENDS = re.compile(r"""(?:(?<=\w{4})\.|[!?])["'”’»)]*(?=\s+["“«„]?[^\s\W_a-zß-ÿ])""")
"""The end of a sentence that another follows. What comes before a full stop has to be a word, and not 'St.'
or 'nr.', and what comes after it begins with a capital or a digit."""


def theme_line(news: ThemeNews, town: Town, t: Translator) -> str:
    """'Safe cycling (school, zebra) · 62 ideas, 31 new, usually 4 to 9', and a quote below it, as HTML."""
    theme = news.theme
    facts = [t.ngettext("{n} idea", "{n} ideas", theme.size)]
    if theme.arrived == 0:
        facts.append(t.gettext("none new"))
    elif theme.arrived < theme.size:
        facts.append(t.ngettext("{n} new", "{n} new", theme.arrived))
    if news.usual is not None and theme.arrived:
        facts.append(usually(news.usual, t))
    words = ", ".join(keywords(theme, t.language))
    named = f"{_name(theme, town, t)} ({escape(words)})" if words else _name(theme, town, t)
    quote = f"\n{quoted(news.quote, t)}" if news.quote else ""
    return f"{named} · {escape(', '.join(facts))}{quote}"


def size_line(theme: ThemeActivity, town: Town, t: Translator) -> str:
    """The theme and its size alone."""
    facts = [t.ngettext("{n} idea", "{n} ideas", theme.size)]
    if 0 < theme.arrived < theme.size:
        facts.append(t.ngettext("{n} new", "{n} new", theme.arrived))
    return f"{_name(theme, town, t)} · {escape(', '.join(facts))}"


def keywords(theme: ThemeActivity, language: str) -> list[str]:
    """Two words of the theme that its name does not have, in the language where there are any."""
    name = theme.label.casefold()
    words = theme.keywords_of.get(Language(language)) or theme.keywords
    new = [word for word in words if word.casefold() not in name]
    return [on_one_line(word, WORD) for word in new[:KEYWORDS]]


def quoted(words: str, t: Translator) -> str:
    """People's words between quotation marks, as HTML."""
    return f"<i>{escape(t.gettext('“{words}”', words=cut_at_sentence(words, QUOTE)))}</i>"


def cut_at_sentence(text: str, limit: int) -> str:
    """The text on one line, of at most `limit` UTF-16 units: whole sentences where they say enough, else
    whole words and an ellipsis."""
    line = " ".join(text.split())
    if units(line) <= limit:
        return on_one_line(line, limit)
    ends = [found.end() for found in _ENDS.finditer(line) if units(line[: found.end()]) <= limit]
    if ends and units(line[: ends[-1]]) >= _LONG_ENOUGH:
        return on_one_line(line[: ends[-1]], limit)
    return on_one_line(line, limit)


def _name(theme: ThemeActivity, town: Town, t: Translator) -> str:
    name = escape(on_one_line(theme.label, LABEL))
    if town.board_url is not None:
        link = f"{town.board_url}/{t.language}/themes/{theme.id}"
        name = f'<a href="{escape(link)}">{name}</a>'
    return f"<b>{name}</b>"
