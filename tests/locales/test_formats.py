"""Dates, numbers and lists as each language writes them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import known_languages, translator

DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Thursday 3 December"),
        ("nl", "donderdag 3 december"),
        ("fr", "jeudi 3 décembre"),
        ("de", "Donnerstag, 3. Dezember"),
    ],
)
def test_a_day_has_its_weekday_and_no_year(language: str, expected: str) -> None:
    assert translator(language).day(DAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Thursday 3 December, 16:30"),
        ("nl", "donderdag 3 december, 16:30"),
        ("fr", "jeudi 3 décembre, 16:30"),
        ("de", "Donnerstag, 3. Dezember, 16:30"),
    ],
)
def test_a_moment_shows_the_clock_that_it_is_on(language: str, expected: str) -> None:
    local = datetime(2026, 12, 3, 16, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    assert translator(language).moment(local) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "3 December 2026"),
        ("nl", "3 december 2026"),
        ("fr", "3 décembre 2026"),
        ("de", "3. Dezember 2026"),
    ],
)
def test_a_day_of_another_year_can_say_so(language: str, expected: str) -> None:
    assert translator(language).day_and_year(DAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "23–29 November"),
        ("nl", "23–29 november"),
        ("fr", "23–29 novembre"),
        ("de", "23.–29. November"),
    ],
)
def test_a_week_names_its_month_once(language: str, expected: str) -> None:
    assert translator(language).day_range(date(2026, 11, 23), date(2026, 11, 29)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 30), date(2026, 12, 6), "30 november – 6 december"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 december 2026 – 3 januari 2027"),
        (DAY, DAY, "3 december"),
    ],
)
def test_a_range_says_what_differs_and_no_more(first: date, last: date, expected: str) -> None:
    assert translator("nl").day_range(first, last).replace("\N{THIN SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "19 days"), ("nl", "19 dagen"), ("fr", "19 jours"), ("de", "19 Tage")],
)
def test_days_are_not_rounded_to_weeks(language: str, expected: str) -> None:
    shown = translator(language).relative(timedelta(days=19, hours=23))
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=6), "6 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=59), "59 days"),
        (timedelta(days=95), "3 months"),
    ],
)
def test_a_duration_has_the_unit_that_people_use(duration: timedelta, expected: str) -> None:
    assert translator("en").relative(duration) == expected


def test_lists_and_shares_follow_the_language() -> None:
    t = translator("nl")
    assert (t.list_of(["a", "b", "c"]), t.percent(0.42)) == ("a, b en c", "42%")


def test_languages_call_themselves_by_their_own_name() -> None:
    names = [translator("en").language_name(code) for code in ("nl", "fr", "de", "en")]
    assert names == ["Nederlands", "Français", "Deutsch", "English"]


@given(
    st.sampled_from(known_languages()),
    st.dates(),
    st.dates(),
    st.timedeltas(),
    st.integers(-(2**63), 2**63 - 1),
)
def test_every_date_and_number_can_be_written(
    language: str, one: date, other: date, duration: timedelta, n: int
) -> None:
    t = translator(language)
    assert all([t.day(one), t.day_range(min(one, other), max(one, other)), t.relative(duration), t.number(n)])
