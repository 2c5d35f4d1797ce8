"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.errors import NoDayError
from handlers.process_days import read_day, read_days

TODAY = date(2026, 11, 25)
SENSIBLE = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@given(day=SENSIBLE, form=st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"]))
def test_a_day_with_its_year_is_read_in_each_form(day: date, form: str) -> None:
    assert read_day(f"Op {day.strftime(form)}.", TODAY) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("25/11", [TODAY]),
        ("24.11.", [date(2027, 11, 24)]),
        ("1/12 - 14/1", [date(2026, 12, 1), date(2027, 1, 14)]),
        ("29/2", [date(2028, 2, 29)]),
        ("1/12/26", [date(2026, 12, 1)]),
    ],
)
def test_a_day_without_its_year_is_the_next_one_to_come(text: str, days: list[date]) -> None:
    assert read_days(text, TODAY) == days


@given(st.text(max_size=30))
def test_whatever_else_is_written_is_no_day(text: str) -> None:
    try:
        found = read_days(text, TODAY)
    except NoDayError:
        return
    assert all(isinstance(day, date) for day in found)


@pytest.mark.parametrize("text", ["", "morgen", "31/2", "1/13/2026", "1/1/1900", "99/99", "1/12 en 2/12"])
def test_what_is_no_one_day_is_refused(text: str) -> None:
    with pytest.raises(NoDayError):
        read_day(text, TODAY)
