"""When a text that nobody asked for may go out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.sms.quiet_hours import LONDON, next_decent_moment


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "goes_out"),
    [
        ("2026-11-25T08:00", "2026-11-25T08:00"),
        ("2026-11-25T19:59", "2026-11-25T19:59"),
        ("2026-11-25T20:00", "2026-11-26T08:00"),
        ("2026-11-25T07:59", "2026-11-25T08:00"),
        ("2026-07-01T07:00", "2026-07-01T07:00"),
        ("2026-07-01T19:00", "2026-07-02T07:00"),
        ("2026-10-24T22:00", "2026-10-25T08:00"),
        ("2027-03-27T22:00", "2027-03-28T07:00"),
    ],
)
def test_it_goes_out_between_eight_and_eight_in_london(moment: str, goes_out: str) -> None:
    assert next_decent_moment(at(moment)) == at(goes_out)


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_the_next_decent_moment_is_decent_and_not_in_the_past(moment: datetime) -> None:
    then = next_decent_moment(moment)
    assert then >= moment
    assert 8 <= then.astimezone(LONDON).hour < 20
