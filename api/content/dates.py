"""Dates as families write them, always with digits 0 to 9."""

from datetime import date

from babel.core import UnknownLocaleError
from babel.dates import format_date

LONG = "d MMMM y"


def spoken_date(day: date, language: str) -> str:
    """ "3 March 2027" in `language`."""
    try:
        return format_date(day, LONG, locale="en_GB" if language == "en" else language)
    except UnknownLocaleError:
        return format_date(day, LONG, locale="en_GB")


def spoken(value: str, language: str) -> str:
    """`value` as it is, or as a date in words when it is an ISO date."""
    try:
        return spoken_date(date.fromisoformat(value), language)
    except ValueError:
        return value
