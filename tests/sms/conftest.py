"""The SMS room with real peers around it: a Twilio that remembers, a bot that understands a few messages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.channels.sms import outbound_repository, repository
from api.channels.sms.models import InboundSms, OutboundSms
from api.channels.sms.numbers import number_keeper
from api.channels.sms.rooms import add_routes, make_worker
from api.channels.sms.worker import SmsWorker
from api.conversations import assembly
from api.conversations.assembly import Parts, assemble
from api.middleware import add_error_handlers
from api.safety import Approved, RedFlagScreen, load_screen
from api.settings import Settings
from tests.sms import fake_bot
from tests.sms.fake_twilio import FakeTwilio, SignedRequest
from tests.sms.serving import served

PUBLIC = "https://texts.example.org"
FAMILY = "+447700900101"
OTHER_FAMILY = "+447700900102"


@dataclass
class Room:
    """What a test sees: families text in, the worker works, texts arrive at Twilio."""

    client: TestClient
    parts: Parts
    worker: SmsWorker
    twilio: FakeTwilio

    def post(self, request: SignedRequest) -> httpx2.Response:
        return self.client.post(request.path, content=request.body, headers=request.headers)

    def text_in(self, body: str, number: str = FAMILY, **more: str) -> httpx2.Response:
        return self.post(self.twilio.text_from(number, body, PUBLIC, **more))

    def work(self) -> None:
        while self.worker.run_once():
            pass

    def answer(self, body: str, number: str = FAMILY, **more: str) -> list[str]:
        """The texts that a text brings."""
        before = len(self.twilio.to(number))
        assert self.text_in(body, number, **more).status_code == 200
        self.work()
        return self.twilio.bodies(number)[before:]

    def outbox(self) -> list[OutboundSms]:
        """Oldest first."""
        with self.parts.database.read() as session:
            return outbound_repository.newest(session, 1000)[::-1]

    def inbox(self) -> list[InboundSms]:
        with self.parts.database.read() as session:
            return repository.newest_texts(session, 1000)[::-1]

    def keys_sent(self) -> list[list[str]]:
        """The keys in each text of the outbox."""
        return [[said["key"] for said in row.said] for row in self.outbox()]

    def is_suppressed(self, number: str = FAMILY) -> bool:
        keeper = number_keeper(self.parts.settings.secret_key)
        with self.parts.database.read() as session:
            return bool(repository.suppressed_among(session, [keeper.hash(number)]))


@pytest.fixture(scope="session", autouse=True)
def red_flags_read_once() -> Iterator[None]:
    """The real screen of the files: reading it for every test would be most of their time."""
    of_files = cache(load_screen)

    def load(folder: Path, approved: Approved | None = None) -> RedFlagScreen:
        return load_screen(folder, approved) if approved else of_files(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "load_screen", load)
        yield


@pytest.fixture(scope="session")
def bot_address() -> Iterator[str]:
    with served(fake_bot.app()) as address:
        yield address


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def twilio_address(twilio: FakeTwilio) -> Iterator[str]:
    with served(twilio.app()) as address:
        yield address


def sms_settings(twilio: FakeTwilio, **more: Any) -> Settings:
    values: dict[str, Any] = {
        "secret_key": "a secret for tests only, long enough",
        "public_base_url": PUBLIC,
        "twilio_account_sid": twilio.account_sid,
        "twilio_auth_token": f"{twilio.auth_token},an-older-token",
        "twilio_messaging_service_sid": "MG" + "b" * 32,
        "twilio_timeout": 1.0,
        "sms_allow_fiction_numbers": True,
        "worker_embedded": False,
        **more,
    }
    return Settings(_env_file=None, **values)


@pytest.fixture
def settings(database_url: str, twilio: FakeTwilio, twilio_address: str, bot_address: str) -> Settings:
    return sms_settings(twilio, database_url=database_url, twilio_api_url=twilio_address, bot_url=bot_address)


def sms_app(parts: Parts) -> FastAPI:
    """The SMS room alone, with the errors of the whole application."""
    app = FastAPI()
    app.state.parts = parts
    add_routes(app, parts.settings)
    add_error_handlers(app)
    return app


@pytest.fixture
def room(settings: Settings, twilio: FakeTwilio) -> Iterator[Room]:
    parts = assemble(settings)
    worker = make_worker(parts)
    with TestClient(sms_app(parts), base_url=PUBLIC, raise_server_exceptions=False) as client:
        yield Room(client, parts, worker, twilio)
    worker.close()
    parts.close()
