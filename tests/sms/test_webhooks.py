"""Twilio's webhooks: verify, store, answer."""

import dataclasses
from contextlib import suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from api.channels.sms.forms import FormNotReadable, inbound_text, read_form, status_report
from api.conversations.assembly import assemble
from api.database import Database
from tests.sms.conftest import FAMILY, PUBLIC, Room, sms_app, sms_settings
from tests.sms.fake_twilio import FakeTwilio

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
DANGER = "my baby is not breathing"


def test_a_text_is_stored_and_answered_with_an_empty_response(room: Room) -> None:
    answer = room.text_in("can my baby sleep in our bed")
    assert (answer.status_code, answer.text) == (200, EMPTY)
    assert answer.headers["content-type"].startswith("text/xml")
    [stored] = room.inbox()
    assert stored.state == "queued"
    assert "baby" not in stored.body_encrypted
    assert "7700" not in stored.from_encrypted + stored.from_hash


def test_the_same_text_twice_is_stored_once(room: Room) -> None:
    request = room.twilio.text_from(FAMILY, "hello", PUBLIC)
    assert [room.post(request).status_code for _ in range(3)] == [200, 200, 200]
    assert len(room.inbox()) == 1


def test_a_text_with_a_wrong_signature_is_refused_and_not_stored(room: Room) -> None:
    request = room.twilio.text_from(FAMILY, "hello", PUBLIC)
    for headers in (
        {**request.headers, "X-Twilio-Signature": "wrong"},
        {"Content-Type": request.headers["Content-Type"]},
    ):
        assert room.post(dataclasses.replace(request, headers=headers)).status_code == 403
    assert room.post(dataclasses.replace(request, body=request.body + b"&One=more")).status_code == 403
    assert room.inbox() == []


def test_the_newer_signature_is_let_in(room: Room) -> None:
    fields = {"MessageSid": "SM1", "From": FAMILY, "Body": "hello"}
    request = room.twilio.signed(f"{PUBLIC}/sms/twilio/inbound", fields, "HMAC_SHA256")
    assert room.post(request).status_code == 200


def test_without_a_token_there_is_nothing_here(tmp_path: Path) -> None:
    none = {"twilio_account_sid": "", "twilio_auth_token": ""}
    settings = sms_settings(FakeTwilio(), **none, database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    parts = assemble(settings)
    with TestClient(sms_app(parts)) as client:
        assert client.post("/sms/twilio/inbound").status_code == 404
        assert client.post("/sms/twilio/status").status_code == 404
    parts.close()


@pytest.mark.parametrize("path", ["inbound", "status"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x=" + b"a" * 70_000, 413),
        (b"Body=%FF%FE", 400),
        (b"\xff\xfe=1", 400),
        (b"a&b", 400),
        (b"", 403),
        (b"a=1&" * 300, 400),
    ],
)
def test_what_cannot_be_read_is_the_sender_s_error(room: Room, path: str, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "x"}
    answer = room.client.post(f"/sms/twilio/{path}", content=body, headers=headers)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message"}


def test_another_kind_of_body_is_refused(room: Room) -> None:
    assert room.client.post("/sms/twilio/inbound", json={"Body": "hello"}).status_code == 415
    assert room.client.post("/sms/twilio/inbound", files={"Body": b"hello"}).status_code == 415


def test_a_body_without_an_announced_length_is_limited_too(room: Room) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = room.client.post("/sms/twilio/inbound", content=(b"a" * 1000 for _ in range(100)), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_a_signed_text_without_a_name_or_a_sender_is_refused(room: Room, missing: str) -> None:
    fields = {"MessageSid": "SM1", "From": FAMILY, "Body": "hello"}
    del fields[missing]
    assert room.post(room.twilio.signed(f"{PUBLIC}/sms/twilio/inbound", fields)).status_code == 400


AWKWARD = [
    "",
    "\x00",
    "/restart",
    "'; DROP TABLE inbound_sms; --",
    "<b>bold</b>",
    "\u202eabc",
    "😀" * 800,
    "a" * 1600,
    "\ufeff",
]


@pytest.mark.parametrize("body", AWKWARD)
def test_an_awkward_text_is_stored_and_answered(room: Room, body: str) -> None:
    assert len(room.answer(body)) >= 1
    assert [row.state for row in room.inbox()] == ["handled"]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@hypothesis_settings(suppress_health_check=list(HealthCheck))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(FormNotReadable):
        form = read_form(body)
        inbound_text(form)
        status_report(form, "1")


def make_read_only(room: Room) -> None:
    """Every write fails from now on, as on a full disk."""
    with room.parts.database.engine.connect() as connection:
        connection.execute(sql("DROP TABLE inbound_sms"))
        connection.commit()


def test_danger_is_answered_in_the_response_when_the_database_cannot_be_written(room: Room) -> None:
    make_read_only(room)
    answer = room.text_in(DANGER)
    assert answer.status_code == 200
    assert answer.text.startswith('<?xml version="1.0" encoding="UTF-8"?><Response><Message>')
    assert "999" in answer.text


def test_an_ordinary_text_is_asked_for_again_when_the_database_cannot_be_written(room: Room) -> None:
    make_read_only(room)
    assert room.text_in("hello").status_code == 503


def test_danger_is_answered_while_another_program_holds_the_database(
    room: Room, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL lets several write at once")
    monkeypatch.setattr("api.channels.sms.endpoints.STORED_WITHIN", 0.3)
    holder = Database(database_url)
    with holder.write() as session:
        session.execute(sql("UPDATE contact SET welcomed = welcomed"))
        assert "999" in room.text_in(DANGER).text
    holder.close()
