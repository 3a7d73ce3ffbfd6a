"""Opening hours as people read them: a week, what does not happen every week, and days that differ. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from api.directory.entry import Hours, SpecialDay
from api.directory.openings import DAYS, happens_on, is_weekly

AHEAD, DATES = 120, 3
"""Days in which dates are looked for, and how many are named."""


@dataclass(frozen=True)
class Irregular:
    """A rule that does not happen every week, and the next dates on which it does."""

    hours: Hours
    dates: tuple[date, ...]


@dataclass(frozen=True)
class Week:
    """`days`: Monday first, the hours of each; `special_days`: those still to come, in order."""

    days: tuple[tuple[Hours, ...], ...]
    irregular: tuple[Irregular, ...]
    special_days: tuple[SpecialDay, ...]

    @property
    def is_regular(self) -> bool:
        """Whether anything happens every week."""
        return any(self.days)


def week(hours: Iterable[Hours], special_days: Iterable[SpecialDay], today: date) -> Week:
    """What holds from `today`: rules that have ended and days that are past are left out."""
    current = [rule for rule in hours if rule.valid_to is None or rule.valid_to >= today]
    weekly = sorted(filter(is_weekly, current), key=lambda rule: (rule.valid_from or today, rule.opens_at))
    return Week(
        days=tuple(tuple(rule for rule in weekly if day in rule.byday) for day in DAYS),
        irregular=tuple(Irregular(rule, _next(rule, today)) for rule in current if not is_weekly(rule)),
        special_days=tuple(sorted((day for day in special_days if day.on >= today), key=lambda day: day.on)),
    )


def _next(rule: Hours, today: date) -> tuple[date, ...]:
    days = (today + timedelta(days=n) for n in range(AHEAD))
    return tuple(day for day in days if happens_on(rule, day))[:DATES]
