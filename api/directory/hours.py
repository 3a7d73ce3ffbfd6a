"""Is it open now? Pure; times are the service's own clock (Europe/London)."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def is_open(schedules: Sequence[dict[str, Any]], moment: datetime) -> bool | None:
    """Whether any schedule covers `moment`; None when no hours are known.

    A schedule is `{"byday": ["MO", …], "opens_at": "09:00", "closes_at": "17:00"}`; "24:00" is the end of the day.
    """
    if not schedules:
        return None
    today = DAYS[moment.weekday()]
    return any(today in s["byday"] and _covers(s["opens_at"], s["closes_at"], moment.time()) for s in schedules)


def _covers(opens_at: str, closes_at: str, clock: time) -> bool:
    return _minutes(opens_at) <= clock.hour * 60 + clock.minute < _minutes(closes_at)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
