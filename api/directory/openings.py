"""When is it open? Pure; times are the service's own clock (Europe/London).

Rules are RFC 5545's, read by dateutil; bank holidays are England's, from the `holidays` package.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from holidays import country_holidays

from api.directory.entry import Hours, SpecialDay

LONDON = ZoneInfo("Europe/London")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOOK_AHEAD = 14
"""Days in which the next opening is looked for."""
A_DAY = timedelta(days=1)

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Opening:
    """`is_open` None: not known. `until`: when it closes. `opens`: when it opens next. `always`: day and night."""

    is_open: bool | None = None
    until: datetime | None = None
    opens: datetime | None = None
    always: bool = False
    is_bank_holiday: bool = False


@dataclass(frozen=True)
class Timetable:
    """Everything known of a service's times. `bank_holidays`: open, closed or unknown."""

    hours: Sequence[Hours]
    special_days: Sequence[SpecialDay] = field(default=())
    bank_holidays: str = "unknown"

    def opening(self, moment: datetime) -> Opening:
        """How it stands at `moment` (with a time zone)."""
        if not self.hours and not self.special_days:
            return Opening()
        now = moment.astimezone(LONDON)
        if self._is_unknown(now.date()):
            return Opening(is_open=None, is_bank_holiday=True)
        if self._is_always_open:
            return Opening(is_open=True, always=True)
        until = next((end for begin, end in self._spans_around(now) if begin <= now < end), None)
        if until:
            return Opening(is_open=True, until=until)
        return Opening(is_open=False, opens=self._next(now))

    def is_open_on(self, day: date) -> bool | None:
        """Whether it opens at all on `day`; None when that is not known."""
        if (not self.hours and not self.special_days) or self._is_unknown(day):
            return None
        return bool(self.spans(day))

    def spans(self, day: date) -> list[Span]:
        """When it opens and closes on `day`, in order; an end before its beginning lies on the next day."""
        special = [s for s in self.special_days if s.on == day]
        if special:
            times = [(s.opens_at, s.closes_at) for s in special]
        elif is_bank_holiday(day) and self.bank_holidays != "open":
            times = []
        else:
            times = [(h.opens_at, h.closes_at) for h in self.hours if happens_on(h, day)]
        return sorted(_span(day, begin, end) for begin, end in times if begin and end)

    @property
    def _is_always_open(self) -> bool:
        whole = [h for h in self.hours if (h.opens_at, h.closes_at) == ("00:00", "24:00") and is_weekly(h)]
        is_bounded = self.special_days or self.bank_holidays == "closed"
        return not is_bounded and {day for h in whole for day in h.byday} >= set(DAYS)

    def _is_unknown(self, day: date) -> bool:
        is_special = any(s.on == day for s in self.special_days)
        return is_bank_holiday(day) and self.bank_holidays == "unknown" and not is_special

    def _spans_around(self, now: datetime) -> list[Span]:
        """Yesterday's too: a night shift began then."""
        return [*self.spans(now.date() - A_DAY), *self.spans(now.date())]

    def _next(self, now: datetime) -> datetime | None:
        days = (now.date() + A_DAY * ahead for ahead in range(LOOK_AHEAD))
        return next((begin for day in days for begin, _ in self.spans(day) if begin > now), None)


def happens_on(hours: Hours, day: date) -> bool:
    """Whether the rule of `hours` falls on `day`."""
    if (hours.valid_from and day < hours.valid_from) or (hours.valid_to and day > hours.valid_to):
        return False
    if hours.starts_on and day < hours.starts_on:
        return False
    if is_weekly(hours):
        return DAYS[day.weekday()] in hours.byday
    midnight = datetime.combine(day, time.min)
    return bool(
        _rule(hours, hours.starts_on or hours.valid_from or day.replace(day=1)).between(midnight, midnight, inc=True)
    )


def rule_text(hours: Hours) -> str:
    """The rule as RFC 5545 writes it: "FREQ=WEEKLY;BYDAY=MO,TU"."""
    parts = [f"FREQ={hours.freq}"]
    parts += [f"INTERVAL={hours.interval}"] if hours.interval > 1 else []
    parts += [f"BYDAY={','.join(hours.byday)}"] if hours.byday else []
    parts += [f"BYMONTHDAY={','.join(map(str, hours.bymonthday))}"] if hours.bymonthday else []
    return ";".join(parts)


@cache
def is_bank_holiday(day: date) -> bool:
    """A public holiday in England, those that are moved to a weekday included."""
    return day in country_holidays("GB", subdiv="ENG", years=day.year)


def is_weekly(hours: Hours) -> bool:
    """Whether it happens every week on the same days."""
    return hours.freq == "WEEKLY" and hours.interval == 1 and not hours.bymonthday


def _rule(hours: Hours, first: date) -> rrule:
    made = rrulestr(rule_text(hours), dtstart=datetime.combine(first, time.min))
    assert isinstance(made, rrule)
    return made


def _span(day: date, opens_at: str, closes_at: str) -> Span:
    begin, end = _moment(day, opens_at), _moment(day, closes_at)
    return begin, end if end > begin else _moment(day + A_DAY, closes_at)


def _moment(day: date, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    if hour == 24:
        return datetime.combine(day + A_DAY, time.min, LONDON)
    return datetime.combine(day, time(hour, minute), LONDON)
