"""Schedules of a feed into our hours; what our hours cannot hold becomes words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from api.directory.entry import Hours
from api.directory.importing.findings import Finding, warning
from api.directory.importing.records import ScheduleRecord
from api.directory.open_referral import END_OF_DAY
from api.directory.openings import DAYS


@dataclass
class ReadHours:
    """`words`: schedules that only words can say."""

    rows: list[Hours] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_hours(schedules: Sequence[tuple[str, ScheduleRecord]], today: date) -> ReadHours:
    """`schedules`: each with its path in the record."""
    read = ReadHours()
    for path, schedule in schedules:
        row = _row(schedule)
        if row is None:
            read.words.append(_in_words(schedule))
            message = "These hours do not fit our timetable, so they are kept as words. Check them."
            read.findings.append(warning(path, message))
        elif row not in read.rows:
            read.rows.append(row)
            read.findings += _doubts(path, schedule, today)
    read.words = [text for text in dict.fromkeys(read.words) if text]
    return read


def _row(schedule: ScheduleRecord) -> Hours | None:
    freq = (schedule.freq or ("WEEKLY" if schedule.byday else "")).upper()
    if not (schedule.opens_at and schedule.closes_at) or schedule.opens_at == schedule.closes_at:
        return None
    if freq == "DAILY" and not schedule.byday and schedule.interval in (None, 1):
        return _held(schedule, "WEEKLY", DAYS, ())
    if freq == "WEEKLY" and schedule.byday:
        return _held(schedule, freq, schedule.byday, ())
    return _held(schedule, freq, schedule.byday, schedule.bymonthday) if freq == "MONTHLY" else None


def _held(schedule: ScheduleRecord, freq: str, byday: Sequence[str], month_days: Sequence[int]) -> Hours | None:
    starts_on = schedule.dtstart if (schedule.interval or 1) > 1 else None
    try:
        return Hours.model_validate({
            "byday": list(byday),
            "opens_at": schedule.opens_at if schedule.opens_at != "24:00" else "00:00",
            "closes_at": "24:00" if schedule.closes_at in (END_OF_DAY, "00:00") else schedule.closes_at,
            "freq": freq,
            "interval": schedule.interval or 1,
            "bymonthday": list(month_days),
            "starts_on": starts_on,
            "valid_from": schedule.valid_from or (schedule.dtstart if starts_on is None else None),
            "valid_to": schedule.valid_to,
            "note": _note(schedule),
        })  # fmt: skip
    except ValidationError:
        return None


def _doubts(path: str, schedule: ScheduleRecord, today: date) -> list[Finding]:
    found = []
    if (schedule.freq or "WEEKLY").upper() == "WEEKLY" and schedule.bymonthday:
        told = "In a weekly rule days of the month say nothing, so they are left out."
        found.append(warning(f"{path}.bymonthday", told))
    if schedule.valid_to and schedule.valid_to < today:
        found.append(warning(f"{path}.valid_to", f"These hours ended on {schedule.valid_to}. Find out today's hours."))
    if schedule.opens_at and schedule.closes_at and "00:00" < schedule.closes_at < schedule.opens_at:
        found.append(warning(f"{path}.closes_at", "It closes before it opens: read as the next morning. Check it."))
    return found


def _in_words(schedule: ScheduleRecord) -> str:
    days = ", ".join(schedule.byday)
    clock = " to ".join(filter(None, (schedule.opens_at, schedule.closes_at)))
    from_to = [f"from {schedule.dtstart or schedule.valid_from}" if schedule.dtstart or schedule.valid_from else ""]
    from_to += [f"until {schedule.valid_to}"] if schedule.valid_to else []
    facts = " ".join(filter(None, (days, clock, *from_to)))
    return ". ".join(filter(None, (_note(schedule), facts)))


def _note(schedule: ScheduleRecord) -> str | None:
    parts = list(dict.fromkeys(filter(None, (schedule.notes, schedule.description))))
    return " ".join(f"{part.rstrip('.')}." for part in parts) if len(parts) > 1 else (parts[0] if parts else None)
