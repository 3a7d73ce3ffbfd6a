"""Opening hours as a week: what has ended is left out, what is not weekly names its next dates."""

from datetime import date
from typing import Any

from api.directory.entry import Hours, SpecialDay
from api.directory.weeks import week

THURSDAY = date(2026, 11, 26)


def rule(**changed: Any) -> Hours:
    return Hours.model_validate({"byday": ["MO"], "opens_at": "09:00", "closes_at": "17:00", **changed})


def test_a_day_has_its_hours_in_order_and_a_closed_day_none() -> None:
    found = week([rule(opens_at="18:00", closes_at="20:00"), rule(byday=["MO", "TU"])], [], THURSDAY)
    assert [[hours.opens_at for hours in day] for day in found.days] == [
        ["09:00", "18:00"],
        ["09:00"],
        [],
        [],
        [],
        [],
        [],
    ]
    assert found.is_regular
    assert found.irregular == ()


def test_what_has_ended_is_left_out_and_what_ends_today_is_not() -> None:
    ended, ends = rule(valid_to=date(2026, 11, 25)), rule(valid_to=THURSDAY)
    assert week([ended, ends], [], THURSDAY).days[0] == (ends,)
    assert not week([ended], [], THURSDAY).is_regular


def test_what_is_not_weekly_names_the_dates_it_falls_on() -> None:
    second = rule(byday=["2TH"], freq="MONTHLY")
    other = rule(byday=["TU"], interval=2, starts_on=date(2026, 12, 1))
    found = week([second, other], [], THURSDAY)
    assert not found.is_regular
    assert [one.dates for one in found.irregular] == [
        (date(2026, 12, 10), date(2027, 1, 14), date(2027, 2, 11)),
        (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29)),
    ]


def test_a_rule_that_falls_on_no_day_soon_names_none() -> None:
    assert week([rule(byday=["TU"], interval=2, starts_on=date(2028, 1, 4))], [], THURSDAY).irregular[0].dates == ()


def test_days_that_differ_are_those_still_to_come() -> None:
    days = [SpecialDay(on=date(2026, 12, 24)), SpecialDay(on=THURSDAY), SpecialDay(on=date(2026, 11, 25))]
    assert [day.on for day in week([], days, THURSDAY).special_days] == [THURSDAY, date(2026, 12, 24)]
