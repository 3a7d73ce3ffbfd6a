"""Reports move a text forward, never back."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.sms.outcomes import Outcome, attempt_refused
from api.channels.sms.results import back_off
from api.channels.sms.states import OutboundState, moved_by

LIFE = ("accepted", "queued", "sending", "sent", "delivered")


@pytest.mark.parametrize("order", list(permutations(LIFE)))
def test_a_delivered_text_ends_delivered_in_whatever_order_it_is_told(order: tuple[str, ...]) -> None:
    state: str = OutboundState.UNKNOWN
    for status in order:
        state = moved_by(state, status)
    assert state == OutboundState.DELIVERED


@given(st.sampled_from(list(OutboundState)), st.text(max_size=20) | st.sampled_from([*LIFE, "read", "failed"]))
def test_a_report_told_twice_changes_nothing_more(state: OutboundState, status: str) -> None:
    once = moved_by(state, status)
    assert moved_by(once, status) == once


def test_a_delivered_text_is_not_undelivered_later() -> None:
    assert moved_by("delivered", "undelivered") == "delivered"
    assert moved_by("undelivered", "sent") == "undelivered"


def test_a_text_that_was_read_was_delivered_after_all() -> None:
    assert moved_by("undelivered", "read") == "delivered"


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (400, 21610, Outcome.OPTED_OUT), (400, 21211, Outcome.REFUSED), (400, 21614, Outcome.REFUSED),
        (429, 20429, Outcome.TRY_LATER), (429, None, Outcome.TRY_LATER), (503, 20503, Outcome.TRY_LATER),
        (401, 20003, Outcome.NOT_SIGNED_IN), (403, 20003, Outcome.NOT_SIGNED_IN),
        (500, None, Outcome.UNKNOWN), (502, None, Outcome.UNKNOWN), (504, None, Outcome.UNKNOWN),
    ],
)  # fmt: skip
def test_only_what_surely_was_not_sent_is_tried_again(status: int, code: int | None, outcome: Outcome) -> None:
    assert attempt_refused(status, code).outcome is outcome


def test_the_wait_doubles_and_has_an_end() -> None:
    waits = [back_off(n, 1.0).total_seconds() for n in range(1, 15)]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == 600
    assert back_off(4, 0.0).total_seconds() == 4
