from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dates import from_last_period, read

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(today=DAYS, passed=st.integers(0, 43 * 7))
def test_weeks_and_days_add_up_to_the_days_since_the_last_period(today: date, passed: int) -> None:
    dates = from_last_period(today - timedelta(days=passed), today)
    assert dates is not None
    assert dates.weeks * 7 + dates.days == passed
    assert 0 <= dates.days <= 6
    assert dates.due_date - dates.book_by == timedelta(weeks=30)
    assert dates.due_date == today - timedelta(days=passed) + timedelta(days=280)


@given(today=DAYS, passed=st.integers(0, 43 * 7))
def test_the_booking_deadline_is_past_exactly_from_ten_weeks_on(today: date, passed: int) -> None:
    dates = from_last_period(today - timedelta(days=passed), today)
    assert dates is not None
    assert dates.is_past_booking == (today >= dates.book_by)


@given(today=DAYS, passed=st.one_of(st.integers(-500, -1), st.integers(43 * 7 + 1, 2000)))
def test_a_date_no_pregnancy_fits_gives_nothing(today: date, passed: int) -> None:
    assert from_last_period(today - timedelta(days=passed), today) is None


@given(today=DAYS, passed=st.integers(1, 280))
def test_an_iso_date_and_its_due_date_mean_the_same_pregnancy(today: date, passed: int) -> None:
    first = today - timedelta(days=passed)
    assert read(first.isoformat(), today) == first
    due = first + timedelta(days=280)
    if due > today:
        assert read(due.isoformat(), today) == first


@given(text=st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert read(text, TODAY) is None or isinstance(read(text, TODAY), date)


@pytest.mark.parametrize(
    ("text", "first_day"),
    [
        ("I am 7 weeks", TODAY - timedelta(weeks=7)),
        ("12+3", TODAY - timedelta(weeks=12, days=3)),
        ("7", TODAY - timedelta(weeks=7)),
        ("હું ૭ અઠવાડિયાની છું", TODAY - timedelta(weeks=7)),
        ("main 7 hafte ki hoon", TODAY - timedelta(weeks=7)),
        ("3 October 2026", date(2026, 10, 3)),
        ("3rd oct", date(2026, 10, 3)),
        ("october 3", date(2026, 10, 3)),
        ("03/10/2026", date(2026, 10, 3)),
        ("3.10.26", date(2026, 10, 3)),
        ("3 ઓક્ટોબર 2026", date(2026, 10, 3)),
        ("3 ઑક્ટોબર 2026", date(2026, 10, 3)),
        ("3 اکتوبر 2026", date(2026, 10, 3)),
        ("3 października 2026", date(2026, 10, 3)),
        ("3 pazdziernika", date(2026, 10, 3)),
        ("due 10 July 2027", date(2027, 7, 10) - timedelta(days=280)),
    ],
)
def test_dates_are_read_as_families_write_them(text: str, first_day: date) -> None:
    assert read(text, TODAY) == first_day


@pytest.mark.parametrize("text", ["", "when is my baby due", "31/02/2026", "3 blorp 2026", "soon"])
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert read(text, TODAY) is None
