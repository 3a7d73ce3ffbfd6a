"""What may become of a reminder, and when. Pure."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from api.directory.openings import LONDON

HOUR = time(8)
AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 240, 720, 1440))
"""How long after each failed attempt the next one is made; after the last there is none."""
KEPT = timedelta(weeks=26)


class State(StrEnum):
    """`NOTHING`: there was nothing to do. `FAILED`: given up. `UNKNOWN`: perhaps it went out, so it is not repeated."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    NOTHING = "nothing"
    FAILED = "failed"
    UNKNOWN = "unknown"


def week_of(moment: datetime) -> date:
    """The Monday of the week that it is in Leicester."""
    day = moment.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def begins(week: date) -> datetime:
    """Monday, 08:00 by the clock in Leicester."""
    return datetime.combine(week, HOUR, LONDON)


def next_attempt(attempts: int, moment: datetime) -> datetime | None:
    """When to try again after `attempts` that failed; None to give up."""
    return moment + AGAIN_AFTER[attempts - 1] if attempts <= len(AGAIN_AFTER) else None
