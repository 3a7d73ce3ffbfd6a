"""When a text that nobody asked for may go out: 8am to 8pm in Leicester. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(8), time(20)


def next_decent_moment(moment: datetime) -> datetime:
    """`moment` itself when it is decent, otherwise the next 8am in London, in UTC."""
    local = moment.astimezone(LONDON)
    if OPENS <= local.time() < CLOSES:
        return moment
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON).astimezone(UTC)
