"""The whole application with a Twilio that remembers, and a midwife who can sign in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.accounts.service import Accounts
from api.channels.sms.rooms import make_worker
from api.conversations.assembly import Parts
from api.main import create_app
from api.settings import Settings
from tests.sms.conftest import sms_settings
from tests.sms.fake_twilio import FakeTwilio
from tests.sms.serving import served

PASSWORD = "three words suffice"
MIDWIFE, COLLEAGUE = "midwife@example.org", "colleague@example.org"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass
class Office:
    """A midwife's view: pages, and what reaches families."""

    client: TestClient
    twilio: FakeTwilio

    @property
    def parts(self) -> Parts:
        assembled: Parts = self.app.state.parts
        return assembled

    @property
    def app(self) -> FastAPI:
        app = self.client.app
        assert isinstance(app, FastAPI)
        return app

    def sign_in(self, email: str = MIDWIFE) -> None:
        self.client.cookies.clear()
        done = self.client.post("/sign-in", data={"email": email, "password": PASSWORD}, follow_redirects=False)
        assert done.status_code == 303

    def post(self, path: str, data: dict[str, Any]) -> Any:
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/account").text)
        return self.client.post(path, data={"csrf": csrf[1] if csrf else "", **data}, follow_redirects=False)

    def work(self) -> None:
        """Everything that waits goes out, at noon."""
        worker = make_worker(self.parts)
        worker.outbox.clock = lambda: NOON
        while worker.run_once():
            pass
        worker.close()


def office_settings(database_url: str, twilio: FakeTwilio, address: str, **more: Any) -> Settings:
    plain = {
        "public_base_url": "http://bumpline.test",
        "database_url": database_url,
        "bot_url": "http://127.0.0.1:9",
        "worker_embedded": False,
    }
    return sms_settings(twilio, twilio_api_url=address, **{**plain, **more})


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def office(database_url: str, twilio: FakeTwilio) -> Iterator[Office]:
    with served(twilio.app()) as address:
        app = create_app(office_settings(database_url, twilio, address))
        with TestClient(app, base_url="http://bumpline.test", headers={"Sec-Fetch-Site": "same-origin"}) as client:
            add_people(app)
            yield Office(client, twilio)


def add_people(app: FastAPI) -> None:
    accounts = Accounts(app.state.parts.database, is_production=False)
    for email in (MIDWIFE, COLLEAGUE):
        accounts.add(email=email, name=email.split("@")[0].title(), roles=["professional"], password=PASSWORD)
