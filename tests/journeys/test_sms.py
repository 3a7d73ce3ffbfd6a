"""The whole path of a text: signed by Twilio, stored, understood by real Rasa, sent, and its delivery kept."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from api.channels.sms.models import OutboundSms
from api.database import Database
from api.launch.processes import Stack
from tests.conftest import whole_stack
from tests.journeys.test_contract import BED, BLUE
from tests.sms.fake_twilio import FakeTwilio, SignedRequest, Taken
from tests.sms.serving import served

PUBLIC = "https://texts.example.org"
NUMBERS = {"en": "+447700900111", "gu": "+447700900112", "ur": "+447700900113", "pl": "+447700900114"}


class Texting:
    """A running Bumpline with Twilio beside it."""

    def __init__(self, stack: Stack, twilio: FakeTwilio) -> None:
        self.stack, self.twilio = stack, twilio

    def post(self, request: SignedRequest) -> int:
        answer = httpx2.post(self.stack.url + request.path, content=request.body, headers=request.headers, timeout=20)
        if answer.status_code == 200:
            assert "<Response" in answer.text
            assert "<Message" not in answer.text
        return answer.status_code

    def waits_for(self, number: str, count: int) -> list[Taken]:
        until = time.monotonic() + 20
        while len(self.twilio.to(number)) < count and time.monotonic() < until:
            time.sleep(0.1)
        return self.twilio.to(number)

    def settles(self, number: str) -> list[Taken]:
        time.sleep(2.5)
        return self.twilio.to(number)

    def states(self) -> dict[str | None, str]:
        database = Database(self.stack.extra["DATABASE_URL"])
        with database.read() as session:
            found = {row.message_sid: row.state for row in session.scalars(select(OutboundSms))}
        database.close()
        return found


@pytest.fixture(scope="module")
def texting(model: None, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texting]:
    twilio = FakeTwilio()
    with served(twilio.app()) as address:
        environment = {
            "TWILIO_ACCOUNT_SID": twilio.account_sid,
            "TWILIO_AUTH_TOKEN": twilio.auth_token,
            "TWILIO_MESSAGING_SERVICE_SID": "MG" + "b" * 32,
            "TWILIO_API_URL": address,
            "PUBLIC_BASE_URL": PUBLIC,
        }
        with whole_stack(tmp_path_factory.mktemp("texting"), sqlite_template, environment) as stack:
            yield Texting(stack, twilio)


@pytest.mark.parametrize("language", NUMBERS)
def test_a_question_by_text_is_answered_and_its_delivery_stored(texting: Texting, language: str) -> None:
    number = NUMBERS[language]
    assert texting.post(texting.twilio.text_from(number, BED[language], PUBLIC)) == 200
    sent = texting.waits_for(number, 1)
    script = {"en": "a", "gu": "\u0aac", "ur": "\u0628", "pl": "a"}[language]
    assert script in sent[0].body
    assert texting.post(texting.twilio.report_on(sent[0], "delivered")) == 200
    assert texting.post(texting.twilio.report_on(sent[0], "sent")) == 200
    assert texting.states()[sent[0].sid] == "delivered"


def test_danger_by_text_is_answered_first_with_the_number(texting: Texting) -> None:
    number = "+447700900121"
    assert texting.post(texting.twilio.text_from(number, BLUE["ur"], PUBLIC)) == 200
    assert "999" in texting.waits_for(number, 1)[0].body[:25]


def test_the_same_message_twice_gives_one_reply(texting: Texting) -> None:
    number = "+447700900122"
    request = texting.twilio.text_from(number, "hello", PUBLIC)
    assert [texting.post(request), texting.post(request)] == [200, 200]
    texting.waits_for(number, 2)
    bodies = [text.body for text in texting.settles(number)]
    assert texting.post(request) == 200
    assert [text.body for text in texting.settles(number)] == bodies
    assert len(bodies) == len(set(bodies)) == 2, "the answer, and once who we are and how to stop"


def test_a_wrong_signature_is_refused(texting: Texting) -> None:
    request = texting.twilio.text_from("+447700900123", "hello", "https://elsewhere.example.org")
    assert texting.post(request) == 403
    assert texting.settles("+447700900123") == []


def test_stop_is_honoured_and_start_begins_again(texting: Texting) -> None:
    number = "+447700900124"
    texting.post(texting.twilio.text_from(number, "બંધ કરો", PUBLIC))
    assert len(texting.waits_for(number, 1)) == 1
    texting.post(texting.twilio.text_from(number, "can my baby sleep in our bed", PUBLIC))
    assert len(texting.settles(number)) == 1
    texting.post(texting.twilio.text_from(number, "START", PUBLIC))
    assert "STOP" in texting.waits_for(number, 2)[1].body
