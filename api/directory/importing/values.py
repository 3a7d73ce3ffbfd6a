"""Single values of a record, each read strictly, with a sentence that says how to mend it. Pure."""

import re
from datetime import date, datetime
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BeforeValidator

from api.directory.entry import Status
from api.directory.ids import is_uuid
from api.directory.importing.findings import shown

LATITUDES, LONGITUDES = (49.8, 60.9), (-8.7, 1.8)
"""The United Kingdom, Northern Ireland and the islands included."""
STATUSES: tuple[str, ...] = get_args(Status)
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_DAY = re.compile(r"^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")
_DAY_NAMES = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_LINK = re.compile(r"^https?://[^\s/]+\.[^\s]+$")
_EMAIL = re.compile(r"^[^\s@]+@[^\s@]+\.[^\s@]+$")


def _identifier(text: str) -> str:
    if not is_uuid(text.lower()):
        raise ValueError(f"{shown(text)} is not a UUID. Write one like ac148810-d857-441c-9679-408f346de14b.")
    return text.lower()


def _status(text: str) -> str:
    if text.casefold() not in STATUSES:
        raise ValueError(f"{shown(text)} is none of: {', '.join(STATUSES)}. Choose one of them.")
    return text.casefold()


def _day(value: Any) -> Any:
    """A day, also when written with a time behind it."""
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    raise ValueError(f"{shown(value)} is not a date. Write year, month and day like 2026-11-26.")


def _clock(text: str) -> str:
    found = _CLOCK.match(text)
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 99)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(f"{shown(text)} is not a time. Write hours and minutes like 09:30.")
    return f"{hour:02d}:{minute:02d}"


def _days(value: Any) -> Any:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list):
        raise ValueError("Write days like MO,TU.")
    days = [str(part).strip() for part in parts if str(part).strip()]
    codes = tuple(day[:2].upper() if day.casefold() in _DAY_NAMES else day.upper() for day in days)
    strange = [day for day, code in zip(days, codes, strict=True) if not _DAY.match(code)]
    if strange:
        raise ValueError(f"{shown(', '.join(strange))} is not a day. Write MO, TU, WE, TH, FR, SA, SU; 2MO monthly.")
    return codes


def _month_days(value: Any) -> Any:
    parts = str(value).strip("[]").split(",")
    try:
        days = tuple(int(part) for part in parts if part.strip())
    except ValueError:
        days = (0,)
    if any(not 1 <= abs(day) <= 31 for day in days):
        raise ValueError(f"{shown(value)} is not a day of the month. Write numbers from 1 to 31, like 2,16.")
    return days


def _link(text: str) -> str:
    if len(text) > 500 or not _LINK.match(text):
        raise ValueError(f"{shown(text)} is not a link. Write it whole, like https://www.example.org.")
    return text


def _email(text: str) -> str:
    if len(text) > 200 or not _EMAIL.match(text):
        raise ValueError(f"{shown(text)} is not an e-mail address. Write one like team@example.org.")
    return text


def _age(years: float) -> float:
    if not 0 <= years <= 120:
        raise ValueError(f"{years:g} is no age. Write years from 0 to 120.")
    return years


def _week(weeks: int) -> int:
    if not 0 <= weeks <= 42:
        raise ValueError(f"{weeks} is no week of pregnancy. Write 0 to 42.")
    return weeks


def _interval(every: int) -> int:
    if not 1 <= every <= 52:
        raise ValueError(f"{every} is no interval. Write 1 for every week or month, 2 for every second.")
    return every


def _amount(pounds: float) -> float:
    if pounds < 0:
        raise ValueError(f"{pounds:g} is below nothing. Write the amount in pounds, 0 when it is free.")
    return pounds


def _latitude(degrees: float) -> float:
    return _inside(degrees, LATITUDES, LONGITUDES)


def _longitude(degrees: float) -> float:
    return _inside(degrees, LONGITUDES, LATITUDES)


def _inside(degrees: float, wanted: tuple[float, float], other: tuple[float, float]) -> float:
    if wanted[0] <= degrees <= wanted[1]:
        return degrees
    is_swapped = other[0] <= degrees <= other[1] and degrees != 0
    mend = "Latitude and longitude are swapped." if is_swapped else "Write degrees, or leave both out."
    raise ValueError(f"{degrees:g} lies outside the United Kingdom ({wanted[0]} to {wanted[1]}). {mend}")


Uuid = Annotated[str, AfterValidator(_identifier)]
StatusText = Annotated[str, AfterValidator(_status)]
Day = Annotated[date, BeforeValidator(_day)]
ClockText = Annotated[str, AfterValidator(_clock)]
Days = Annotated[tuple[str, ...], BeforeValidator(_days)]
MonthDays = Annotated[tuple[int, ...], BeforeValidator(_month_days)]
LinkText = Annotated[str, AfterValidator(_link)]
EmailText = Annotated[str, AfterValidator(_email)]
Age = Annotated[float, AfterValidator(_age)]
Week = Annotated[int, AfterValidator(_week)]
Interval = Annotated[int, AfterValidator(_interval)]
Amount = Annotated[float, AfterValidator(_amount)]
Latitude = Annotated[float, AfterValidator(_latitude)]
Longitude = Annotated[float, AfterValidator(_longitude)]
