"""Reads a period as people type it, in whichever language they do: 'november', '1-15 november', two dates."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from cocreation.errors import PeriodUnclearError
from cocreation.ideas.named_period import Named, named_period, period_of_days
from cocreation.ideas.period import Period
from locales import Translator, known_languages, translator

LONGEST = 80
YEAR = 4
"""Digits."""
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{1,2})[./](\d{1,2})")
_BETWEEN = frozenset(
    re.findall(
        r"\w+",
        "to until from and of the st nd rd th · tot met van en t m de het · au du à le et er jusqu · "
        "bis vom von zum und der",
    )
)
"""What stands between dates and says nothing of its own, in any of the languages."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


def read_period(text: str, now: datetime, zone: ZoneInfo, last_digest: datetime) -> Period:
    """Raises PeriodUnclearError and PeriodAheadError."""
    words = _plain(text)
    named = _names().get(words)
    if named is not None:
        return named_period(named, now, zone, last_digest)
    if not words or len(text) > LONGEST:
        raise PeriodUnclearError
    try:
        first, last = _days(text.casefold(), now.astimezone(zone).date())
    except (ValueError, OverflowError):  # such as a 31 November, or a day with ten digits
        raise PeriodUnclearError from None
    return period_of_days(first, last, now, zone)


def name_of(named: Named, t: Translator) -> str:
    """As a button says it."""
    match named:
        case Named.THIS_WEEK:
            return t.gettext("This week so far")
        case Named.LAST_WEEK:
            return t.gettext("Last week")
        case Named.THIS_MONTH:
            return t.gettext("This month")
        case Named.LAST_MONTH:
            return t.gettext("Last month")
        case Named.SINCE_DIGEST:
            return t.gettext("Since the last digest")


def _typed(named: Named, t: Translator) -> str:
    """Other ways to type it, between bars."""
    match named:
        case Named.THIS_WEEK:
            return t.pgettext("typed", "this week|week")
        case Named.LAST_WEEK:
            return t.pgettext("typed", "last week|previous week")
        case Named.THIS_MONTH:
            return t.pgettext("typed", "this month|month")
        case Named.LAST_MONTH:
            return t.pgettext("typed", "last month|previous month")
        case Named.SINCE_DIGEST:
            return t.pgettext("typed", "since the last one|since last")


@cache
def _names() -> Mapping[str, Named]:
    """Of all languages: who reads Dutch may type English."""
    found: dict[str, Named] = {}
    for code in known_languages():
        t = translator(code)
        for named in Named:
            for name in (name_of(named, t), *_typed(named, t).split("|")):
                found[_plain(name)] = named
    return found


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for code in known_languages():
        for kind in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                found.update({_plain(name): number for number, name in kind[width].items()})
    return found


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _days(text: str, today: date) -> tuple[date, date]:
    """Days (D), months (M) and years (Y) in the order in which they stand. Raises ValueError."""
    form, values, at = "", list[int](), 0
    for found in [*_DATE.finditer(text), None]:
        for word in _WORD.findall(text[at:] if found is None else text[at : found.start()]):
            letter, value = _word(word)
            form += letter
            values += [value] if letter else []
        if found is not None:
            letters, told = _date(found)
            form, at = form + letters, found.end()
            values += told
    if form not in _FORMS:
        raise PeriodUnclearError
    return _FORMS[form](today, *values)


def _word(word: str) -> tuple[str, int]:
    if word.isdecimal():
        return ("Y" if len(word) == YEAR else "D"), int(word)
    if word in _months():
        return "M", _months()[word]
    if word in _BETWEEN:
        return "", 0
    raise PeriodUnclearError


def _date(found: re.Match[str]) -> tuple[str, Sequence[int]]:
    year, month, day, *others = found.groups()
    if year:
        return "DMY", [int(day), int(month), int(year)]
    told = [int(part) for part in others if part]
    return "DMY"[: len(told)], told


def _one_day(day: date) -> tuple[date, date]:
    return day, day


def _within_month(first: date, last_day: int) -> tuple[date, date]:
    return first, first.replace(day=last_day)


def _until(first: date, month: int, day: int) -> tuple[date, date]:
    """To the next such day."""
    last = date(first.year, month, day)
    return first, last if last >= first else date(first.year + 1, month, day)


def _from(day: int, month: int, last: date) -> tuple[date, date]:
    """From the last such day before."""
    first = date(last.year, month, day)
    return first if first <= last else date(last.year - 1, month, day), last


_FORMS: Mapping[str, Callable[..., tuple[date, date]]] = {
    "Y": lambda _, y: (date(y, 1, 1), date(y, 12, 31)),
    "M": lambda today, m: _whole_month(_latest(m, 1, today)),
    "MY": lambda _, m, y: _whole_month(date(y, m, 1)),
    "YD": lambda _, y, m: _whole_month(date(y, m, 1)),
    "DM": lambda today, d, m: _one_day(_latest(m, d, today)),
    "DMY": lambda _, d, m, y: _one_day(date(y, m, d)),
    "DDM": lambda today, d, e, m: _within_month(_latest(m, d, today), e),
    "DDMY": lambda _, d, e, m, y: _within_month(date(y, m, d), e),
    "DMDM": lambda today, d, m, e, n: _until(_latest(m, d, today), n, e),
    "DMDMY": lambda _, d, m, e, n, y: _from(d, m, date(y, n, e)),
    "DMYDMY": lambda _, d, m, y, e, n, z: (date(y, m, d), date(z, n, e)),
}
"""The first and the last day, by what stands there. Each raises ValueError for days that no month has."""


def _latest(month: int, day: int, today: date) -> date:
    """The last such day that is not still to come."""
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _whole_month(first: date) -> tuple[date, date]:
    length = timedelta(days=monthrange(first.year, first.month)[1] - 1)
    return first, first + length
