"""No number and no word of a family in anything that is logged."""

import logging

import pytest
from sqlalchemy import inspect, text

from tests.sms import fake_twilio
from tests.sms.conftest import FAMILY, PUBLIC, Room

SECRET_WORDS = "our neighbour Zebedee shouts at night"
NUMBERS = (
    FAMILY,
    fake_twilio.OPTED_OUT,
    fake_twilio.NOT_VALID,
    fake_twilio.TOO_MANY,
    fake_twilio.BROKEN,
    fake_twilio.TOO_SLOW,
)


def test_nothing_logged_holds_a_number_or_what_a_family_wrote(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for number in NUMBERS:
        room.text_in(SECRET_WORDS, number)
        room.text_in("stop", number)
    room.text_in(SECRET_WORDS, "+441134960123")
    room.client.post("/sms/twilio/inbound", content=room.twilio.text_from(FAMILY, SECRET_WORDS, PUBLIC).body)
    room.work()
    room.twilio.knows_us = False
    room.text_in("start")
    room.work()
    logged = "\n".join(caplog.handler.format(record) for record in caplog.records)
    assert "sending text" in logged
    for number in (*NUMBERS, "+441134960123"):
        assert number.removeprefix("+44") not in logged
    assert "Zebedee" not in logged


def test_no_table_of_ours_holds_a_number_or_what_a_family_wrote_in_the_clear(room: Room) -> None:
    room.answer(SECRET_WORDS)
    engine = room.parts.database.engine
    with engine.connect() as connection:
        for table in ("inbound_sms", "outbound_sms", "delivery_event", "suppression", "contact"):
            assert table in inspect(engine).get_table_names()
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert "7700900101" not in str(rows)
            assert "Zebedee" not in str(rows)
