"""Weeks of pregnancy from what a person writes. Pure.

A pregnancy is counted from the first day of the last period; 40 weeks is 280 days. Booking is by 10 weeks and 0 days
(NICE NG201, 1.1).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from actions.months import month_named

TERM = timedelta(days=280)
BOOK_BY = timedelta(weeks=10)
LONGEST = timedelta(weeks=43)

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY_MONTH_YEAR = re.compile(r"\b(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?\b")
_DAY_NAME = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?([^\W\d_][\w\u0300-\u036f\u0900-\u0dff]*)\W*(\d{4})?"
)
_NAME_DAY = re.compile(r"([^\W\d_][\w\u0900-\u0dff]*)\s+(\d{1,2})(?:st|nd|rd|th)?\b\W*(\d{4})?")
_NUMBER = re.compile(r"\d")
_WEEKS = re.compile(r"\b(\d{1,2})\s*(?:\+\s*([0-6])\b)?")


@dataclass(frozen=True)
class Dates:
    """Where a pregnancy stands on a day: whole weeks, the days over, and the two dates that matter."""

    weeks: int
    days: int
    due_date: date
    book_by: date

    @property
    def is_past_booking(self) -> bool:
        return (self.weeks, self.days) >= (10, 0)


def from_last_period(first_day: date, today: date) -> Dates | None:
    """None when no pregnancy fits: the day is to come, or more than 43 weeks ago."""
    passed = today - first_day
    if not timedelta(0) <= passed <= LONGEST:
        return None
    weeks, days = divmod(passed.days, 7)
    return Dates(weeks, days, first_day + TERM, first_day + BOOK_BY)


def read(text: str, today: date) -> date | None:
    """The first day of the last period that `text` means, or None when it names no date and no weeks.

    A past date is a last period, a coming one a due date, a small number alone is weeks ("7", "12+3").
    """
    plain = _with_latin_digits(text)
    day = _date_in(plain, today)
    if day is not None:
        return day - TERM if day > today else day
    weeks = _WEEKS.search(plain)
    if weeks is None or _NUMBER.search(plain.replace(weeks[0], " ", 1)):
        return None
    return today - timedelta(weeks=int(weeks[1]), days=int(weeks[2] or 0))


def _date_in(text: str, today: date) -> date | None:
    iso = _ISO.search(text)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    named = _named(text)
    if named:
        return _nearest_year(*named, today)
    found = _DAY_MONTH_YEAR.search(text)
    if found and "+" not in found[0]:
        return _nearest_year(int(found[1]), int(found[2]), found[3], today)
    return None


def _named(text: str) -> tuple[int, int, str | None] | None:
    for found in _DAY_NAME.finditer(text):
        month = month_named(found[2])
        if month:
            return int(found[1]), month, found[3]
    for found in _NAME_DAY.finditer(text):
        month = month_named(found[1])
        if month:
            return int(found[2]), month, found[3]
    return None


def _nearest_year(day: int, month: int, year: str | None, today: date) -> date | None:
    """A date without a year is the last one that can be a period, else the next one that can be a due date."""
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    past = [made for y in (today.year, today.year - 1) if (made := _made(y, month, day)) and made <= today]
    if past and today - past[0] <= timedelta(weeks=20):
        return past[0]
    coming = [made for y in (today.year, today.year + 1) if (made := _made(y, month, day)) and made > today]
    return coming[0] if coming else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_latin_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)
