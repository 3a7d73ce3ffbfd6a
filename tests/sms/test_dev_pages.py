"""The developer's page."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.channels.sms.dev_pages import is_allowed
from api.channels.sms.rooms import make_worker
from api.channels.sms.worker import SmsWorker
from api.conversations.assembly import assemble
from tests.sms.conftest import sms_app, sms_settings
from tests.sms.fake_twilio import FakeTwilio

NO_TWILIO = {"twilio_account_sid": "", "twilio_auth_token": "", "twilio_messaging_service_sid": ""}


@pytest.fixture
def page(database_url: str, bot_address: str) -> Iterator[tuple[TestClient, SmsWorker]]:
    parts = assemble(sms_settings(FakeTwilio(), database_url=database_url, bot_url=bot_address, **NO_TWILIO))
    worker = make_worker(parts)
    with TestClient(sms_app(parts)) as client:
        yield client, worker
    worker.close()
    parts.close()


def test_a_text_sent_in_is_answered_on_the_page_with_what_it_costs(page: tuple[TestClient, SmsWorker]) -> None:
    client, worker = page
    sent = client.post("/dev/sms", data={"phone": "07700900121", "text": "can my baby <b>sleep</b> in our bed"})
    assert sent.status_code == 200
    assert 'http-equiv="refresh"' in sent.text
    assert "&lt;b&gt;" in sent.text
    while worker.run_once():
        pass
    shown = client.get("/dev/sms").text
    assert "conversation/welcome" in shown
    assert "delivered, GSM-7, 2 segments" in shown or "delivered, GSM-7, 1 segment" in shown
    assert "http-equiv" not in shown


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(page: tuple[TestClient, SmsWorker]) -> None:
    client, _ = page
    shown = client.get("/dev/sms").text
    assert not any(mark in shown for mark in ("<script", "<style", "style=", "onclick", "//"))
    assert client.get("/dev/sms.css").headers["content-type"].startswith("text/css")


def test_only_numbers_of_the_page_may_text(page: tuple[TestClient, SmsWorker]) -> None:
    client, _ = page
    assert client.post("/dev/sms", data={"phone": "07700900200", "text": "hello"}).status_code == 422


def test_another_site_cannot_send_the_form(page: tuple[TestClient, SmsWorker]) -> None:
    client, _ = page
    form, headers = {"phone": "07700900121", "text": "hello"}, {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/dev/sms", data=form, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "more",
    [{}, {**NO_TWILIO, "bumpline_env": "production"}],
)
def test_where_real_texts_go_out_there_is_no_such_page(more: dict[str, Any]) -> None:
    assert not is_allowed(sms_settings(FakeTwilio(), **more))
    assert is_allowed(sms_settings(FakeTwilio(), **NO_TWILIO))
