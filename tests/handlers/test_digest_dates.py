"""A period is typed as people say it, in any of the languages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.errors import MorgenError, PeriodAheadError, PeriodUnclearError
from cocreation.ideas.named_period import Named, named_period
from cocreation.ideas.period import Period
from handlers.digest_dates import name_of, read_period
from handlers.digest_token import period_from, token_of
from locales import known_languages, translator

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
DIGEST = datetime(2026, 11, 23, 7, tzinfo=UTC)


def read(text: str) -> Period:
    return read_period(text, NOW, ZONE, DIGEST)


def days(text: str) -> tuple[str, str]:
    """The first and the last day."""
    period = read(text)
    last = period.end if period.is_open else period.end - timedelta(seconds=1)
    return period.start.astimezone(ZONE).date().isoformat(), last.astimezone(ZONE).date().isoformat()


@pytest.mark.parametrize(
    ("texts", "first", "last"),
    [
        (
            ("october", "Oktober", "octobre", "oct", "okt.", "october 2026", "2026-10"),
            "2026-10-01",
            "2026-10-31",
        ),
        (("november", "November 2026", "novembre", "nov"), "2026-11-01", "2026-11-25"),
        (("december", "décembre", "Dezember"), "2025-12-01", "2025-12-31"),
        (
            (
                "2026-11-01 2026-11-15",
                "1/11/2026 - 15/11/2026",
                "1.11.2026 bis 15.11.2026",
                "01-11-2026 tot 15-11-2026",
                "1/11 15/11",
                "1-15 november",
                "1 – 15 November 2026",
                "van 1 tot en met 15 november",
                "1 november t/m 15 november",
                "du 1er au 15 novembre",
                "vom 1. bis zum 15. November",
                "from the 1st to the 15th of november",
                "2026-11-15 2026-11-01",
            ),
            "2026-11-01",
            "2026-11-15",
        ),
        (("20 december 10 januari", "20 december - 10 januari 2026"), "2025-12-20", "2026-01-10"),
        (("20 november 10 december", "20 november 2026 10 december 2026"), "2026-11-20", "2026-11-25"),
        (("3 november", "2026-11-03", "3/11", "le 3 novembre", "3. November"), "2026-11-03", "2026-11-03"),
        (("2025",), "2025-01-01", "2025-12-31"),
    ],
)
def test_days_months_and_years(texts: tuple[str, ...], first: str, last: str) -> None:
    assert {text: days(text) for text in texts} == dict.fromkeys(texts, (first, last))


@pytest.mark.parametrize("language", known_languages())
def test_names_of_periods_are_read_as_the_buttons_say_them(language: str) -> None:
    for named in Named:
        expected = named_period(named, NOW, ZONE, DIGEST)
        assert read(name_of(named, translator(language)).upper()) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("this week", Named.THIS_WEEK),
        ("deze week", Named.THIS_WEEK),
        ("vorige maand", Named.LAST_MONTH),
        ("la semaine dernière", Named.LAST_WEEK),
        ("ce mois-ci", Named.THIS_MONTH),
        ("letzte Woche", Named.LAST_WEEK),
        ("diesen Monat", Named.THIS_MONTH),
        ("since the last one", Named.SINCE_DIGEST),
    ],
)
def test_names_of_periods_are_read_as_people_say_them(text: str, named: Named) -> None:
    assert read(text) == named_period(named, NOW, ZONE, DIGEST)


@pytest.mark.parametrize(
    "text", ["31 november", "29/2/2026", "yesterweek", "1 2 3", "15", "1999", "november " * 20, "–", "0000"]
)
def test_what_cannot_be_read_says_what_can(text: str) -> None:
    with pytest.raises(PeriodUnclearError):
        read(text)


def test_what_is_to_come_is_refused() -> None:
    with pytest.raises(PeriodAheadError):
        read("2027")


@given(st.text(max_size=90) | st.from_regex(r"[0-9 ./-]{1,30}"))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        period = read(text)
    except MorgenError:
        return
    assert period.start < period.end <= NOW


@given(
    st.integers(0, 90 * 365 * 86_400_000_000).map(
        lambda step: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=step)
    ),
    st.timedeltas(timedelta(), timedelta(days=9000)),
    st.booleans(),
)
def test_a_button_names_its_period_to_the_microsecond(
    start: datetime, length: timedelta, is_open: bool
) -> None:
    period = Period(start, start + length, is_open)
    assert period_from(token_of(period)) == period
    assert len(f"1:J:m:{token_of(period)}:html".encode()) <= 64


def test_a_leap_day_is_read_in_its_year() -> None:
    assert days("29/2/2024")[0] == date(2024, 2, 29).isoformat()
