"""Dates as families write them, always with digits 0 to 9."""

from datetime import date

from babel.dates import format_date

from api.content.interface import locale

LONG = "d MMMM y"


def spoken_date(day: date, language: str) -> str:
    """ "3 March 2027" in `language`."""
    return format_date(day, LONG, locale=locale(language))


def spoken(value: str, language: str) -> str:
    """`value` as it is, or as a date in words when it is an ISO date."""
    try:
        return spoken_date(date.fromisoformat(value), language)
    except ValueError:
        return value
