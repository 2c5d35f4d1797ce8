"""One language: its words, and how it writes numbers, dates and lists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import NullTranslations

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from locales import dates

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Translator:
    """Words and formats of one language. Nothing here raises at a person: a translation whose placeholders
    are not those of the English gives way to the English.
    """

    language: str
    locale: Locale
    _words: NullTranslations

    def gettext(self, msgid: str, /, **values: object) -> str:
        """The message in this language, its `{name}` placeholders filled."""
        return _filled(self._words.gettext(msgid), msgid, values)

    def ngettext(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The message in the form that `n` asks for; `{n}` is the number as this language writes it."""
        known = {**values, "n": self.number(n)}
        source = singular if n == 1 else plural
        return _filled(self._words.ngettext(singular, plural, n), source, known)

    def pgettext(self, context: str, msgid: str, /, **values: object) -> str:
        """The message, where the same English says two things: `context` tells which."""
        return _filled(self._words.pgettext(context, msgid), msgid, values)

    def number(self, n: float) -> str:
        """'1,234' as this language groups digits."""
        return format_decimal(n, locale=self.locale)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in whole percents: '42%'."""
        return format_percent(share, locale=self.locale)

    def day(self, day: date) -> str:
        """'Thursday 3 December'."""
        return dates.day(day, self.locale)

    def day_and_year(self, day: date) -> str:
        """'3 December 2026'."""
        return dates.day_and_year(day, self.locale)

    def month(self, day: date) -> str:
        """'December 2026'."""
        return dates.month(day, self.locale)

    def moment(self, local: datetime) -> str:
        """'Thursday 3 December, 16:30', of a datetime that is on the town's clock already."""
        return dates.moment(local, self.locale)

    def short_day(self, day: date) -> str:
        """'3 Dec', where there is little room."""
        return dates.short_day(day, self.locale)

    def short_month(self, day: date) -> str:
        """'Dec', where there is little room."""
        return dates.short_month(day, self.locale)

    def day_range(self, first: date, last: date) -> str:
        """'23–29 November'; both days included."""
        return dates.day_range(first, last, self.locale)

    def relative(self, duration: timedelta) -> str:
        """'19 days': a duration in the unit that people would use."""
        return dates.duration(duration, self.locale)

    def list_of(self, items: Sequence[str]) -> str:
        """'shade, benches and water'."""
        return format_list(items, locale=self.locale)

    def language_name(self, code: str) -> str:
        """What a language calls itself, as on a button: 'Nederlands', 'Français'."""
        name = Locale.parse(code).get_display_name() or code
        return name[:1].upper() + name[1:]


def _filled(text: str, source: str, values: Mapping[str, object]) -> str:
    if set(_PLACEHOLDER.findall(text)) <= values.keys():
        return _fill(text, values)
    return _fill(source, values)


def _fill(text: str, values: Mapping[str, object]) -> str:
    # Not str.format: a translation must be able neither to fail nor to reach into a value's attributes.
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)
