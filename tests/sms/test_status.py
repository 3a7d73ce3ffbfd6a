"""What the network reports of a text."""

from itertools import permutations

import pytest
from sqlalchemy import func, select

from api.channels.sms.models import DeliveryEvent
from api.channels.sms.numbers import Mobile
from api.channels.sms.outbox import enqueue
from api.channels.sms.texts import Text
from tests.sms import fake_twilio
from tests.sms.conftest import FAMILY, PUBLIC, Room
from tests.sms.fake_twilio import Taken


def sent(room: Room, number: str = FAMILY) -> Taken:
    with room.parts.database.write() as session:
        enqueue(session, room.worker.inbound.keeper, to=Mobile(number), texts=[Text("a text")], batch="one")
    room.work()
    return room.twilio.to(number)[-1]


def report(room: Room, text: Taken, status: str, error_code: int | None = None) -> None:
    answer = room.post(room.twilio.report_on(text, status, error_code))
    assert (answer.status_code, answer.text) == (200, '<?xml version="1.0" encoding="UTF-8"?><Response/>')


def state(room: Room) -> str:
    return room.outbox()[-1].state


@pytest.mark.parametrize("order", list(permutations(("queued", "sent", "delivered"))))
def test_reports_in_any_order_and_twice_end_in_delivered(room: Room, order: tuple[str, ...]) -> None:
    text = sent(room)
    for status in (*order, *order):
        report(room, text, status)
    assert state(room) == "delivered"
    with room.parts.database.read() as session:
        assert session.scalar(select(func.count()).select_from(DeliveryEvent)) == 3


def test_a_failure_is_kept_with_its_code(room: Room) -> None:
    text = sent(room)
    report(room, text, "undelivered", 30003)
    report(room, text, "sent")
    assert (state(room), room.outbox()[-1].error_code) == ("undelivered", 30003)


def test_a_report_that_the_person_opted_out_suppresses_the_number(room: Room) -> None:
    report(room, sent(room), "failed", 21610)
    assert room.is_suppressed()


@pytest.mark.parametrize(("status", "ends"), [("sent", "sent"), ("delivered", "delivered"), ("failed", "failed")])
def test_a_text_of_unknown_fate_is_found_by_our_own_name_for_it(room: Room, status: str, ends: str) -> None:
    text = sent(room, fake_twilio.TOO_SLOW)
    assert (state(room), room.outbox()[-1].message_sid) == ("unknown", None)
    report(room, text, status)
    assert (state(room), room.outbox()[-1].message_sid) == (ends, text.sid)


def test_a_report_cannot_be_turned_to_another_text(room: Room) -> None:
    request = room.twilio.report_on(sent(room), "failed")
    elsewhere = request.__class__(request.path.replace("o=", "o=9"), request.body, request.headers)
    assert room.post(elsewhere).status_code == 403
    assert state(room) == "sent"


def test_a_report_that_comes_before_the_answer_to_our_request_is_not_lost(room: Room) -> None:
    with room.parts.database.write() as session:
        enqueue(session, room.worker.inbound.keeper, to=Mobile(FAMILY), texts=[Text("a text")], batch="one")
    outbox = room.worker.outbox
    [row] = outbox._ready(outbox._claimed())
    attempt = outbox._attempt(row)
    report(room, room.twilio.to(FAMILY)[0], "delivered")
    outbox._write_results({row.id: attempt})
    assert state(room) == "delivered"


def test_a_report_without_our_name_that_comes_before_the_answer_is_kept_for_it(room: Room) -> None:
    with room.parts.database.write() as session:
        enqueue(session, room.worker.inbound.keeper, to=Mobile(FAMILY), texts=[Text("a text")], batch="one")
    outbox = room.worker.outbox
    [row] = outbox._ready(outbox._claimed())
    attempt = outbox._attempt(row)
    fields = {"MessageSid": attempt.message_sid or "", "MessageStatus": "delivered"}
    assert room.post(room.twilio.signed(f"{PUBLIC}/sms/twilio/status", fields)).status_code == 200
    outbox._write_results({row.id: attempt})
    assert state(room) == "delivered"


@pytest.mark.parametrize("query", ["?o=999999", "?o=", "?o=x", "?o=-1", "?o=99999999999999999999", ""])
def test_a_report_on_a_text_we_do_not_know_changes_nothing(room: Room, query: str) -> None:
    fields = {"MessageSid": "SMunknown", "MessageStatus": "delivered"}
    assert room.post(room.twilio.signed(f"{PUBLIC}/sms/twilio/status{query}", fields)).status_code == 200
    assert room.outbox() == []


def test_a_report_without_a_status_is_refused(room: Room) -> None:
    fields = {"MessageSid": "SM1"}
    assert room.post(room.twilio.signed(f"{PUBLIC}/sms/twilio/status", fields)).status_code == 400
