"""Opening hours: rules, exceptions, bank holidays, nights and the clocks that change."""

from datetime import date, datetime

import pytest

from api.directory.entry import Hours, SpecialDay
from api.directory.openings import LONDON, Timetable, is_bank_holiday

WEEKDAYS = Hours(byday=["MO", "TU", "WE", "TH", "FR"], opens_at="09:00", closes_at="17:00")
ALWAYS = Hours(byday=["MO", "TU", "WE", "TH", "FR", "SA", "SU"], opens_at="00:00", closes_at="24:00")
NIGHT = Hours(byday=["FR"], opens_at="22:00", closes_at="06:00")
SECOND_MONDAY = Hours(byday=["2MO"], freq="MONTHLY", opens_at="10:00", closes_at="12:00")
FORTNIGHT = Hours(byday=["TH"], interval=2, starts_on=date(2026, 11, 5), opens_at="10:00", closes_at="12:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (WEEKDAYS, "2026-11-25T08:59", False),
        (WEEKDAYS, "2026-11-25T09:00", True),
        (WEEKDAYS, "2026-11-25T17:00", False),
        (WEEKDAYS, "2026-11-28T12:00", False),
        (ALWAYS, "2026-11-29T23:59", True),
        (NIGHT, "2026-11-28T05:59", True),
        (NIGHT, "2026-11-28T06:00", False),
        (NIGHT, "2026-11-27T05:00", False),
        (SECOND_MONDAY, "2026-12-14T11:00", True),
        (SECOND_MONDAY, "2026-12-07T11:00", False),
        (FORTNIGHT, "2026-11-19T11:00", True),
        (FORTNIGHT, "2026-11-12T11:00", False),
        (FORTNIGHT, "2026-10-22T11:00", False),
    ],
)
def test_a_rule_says_when_it_is_open(hours: Hours, moment: str, is_open: bool) -> None:
    assert Timetable([hours]).opening(at(moment)).is_open is is_open


def test_it_says_until_when_and_when_next() -> None:
    table = Timetable([WEEKDAYS])
    assert table.opening(at("2026-11-25T10:00")).until == at("2026-11-25T17:00")
    assert table.opening(at("2026-11-27T18:00")).opens == at("2026-11-30T09:00")
    assert Timetable([ALWAYS]).opening(at("2026-11-27T18:00")).always


def test_christmas_day_is_closed_open_or_unknown_as_the_service_says() -> None:
    christmas = at("2026-12-25T10:00")
    assert is_bank_holiday(date(2026, 12, 28))  # moved, because 26 December is a Saturday
    assert Timetable([WEEKDAYS], bank_holidays="open").opening(christmas).is_open is True
    assert Timetable([WEEKDAYS], bank_holidays="closed").opening(christmas).is_open is False
    unknown = Timetable([WEEKDAYS]).opening(christmas)
    assert (unknown.is_open, unknown.is_bank_holiday) == (None, True)


def test_a_special_day_goes_before_the_rule_and_before_the_bank_holiday() -> None:
    closed = SpecialDay(on=date(2026, 11, 25))
    short = SpecialDay(on=date(2026, 12, 25), opens_at="10:00", closes_at="11:00")
    table = Timetable([WEEKDAYS], [closed, short])
    assert table.opening(at("2026-11-25T10:00")).is_open is False
    assert table.opening(at("2026-12-25T10:30")).is_open is True
    assert table.is_open_on(date(2026, 11, 25)) is False


def test_without_hours_nothing_is_claimed() -> None:
    assert Timetable([]).opening(at("2026-11-25T10:00")).is_open is None


def test_the_night_in_which_the_clocks_go_back() -> None:
    opening = Timetable([Hours(byday=["SA"], opens_at="22:00", closes_at="06:00")]).opening(at("2026-10-25T01:30"))
    assert opening.until == at("2026-10-25T06:00")
